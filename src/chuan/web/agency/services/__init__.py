"""Pages of the catalogue of public services."""
