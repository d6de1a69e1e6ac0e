"""The headings of lists that come in from Excel: staff and public services."""
