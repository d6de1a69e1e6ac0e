"""Logs of dossiers and what they say of the written procedures: sources, procedure and reality, dossiers, choices."""
