"""Files that were handed in: stored under their checksum, told apart by their content. Knows nobody."""
