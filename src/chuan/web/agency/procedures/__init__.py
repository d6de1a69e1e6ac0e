"""Pages of written procedures: list, procedure, moves, comparison, adoption, coverage, downloads."""
