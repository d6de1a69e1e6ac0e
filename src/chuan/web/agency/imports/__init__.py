"""Importing written procedures: files in, a worklist of doubts, each file beside its original, then accepted."""
