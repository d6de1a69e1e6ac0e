"""Legal instruments as rows, and what a text cites."""
