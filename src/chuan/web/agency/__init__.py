"""Pages of an agency's people: their work, search."""
