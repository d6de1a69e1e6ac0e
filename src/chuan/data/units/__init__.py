"""Administrative units of Viet Nam since 01/07/2025: see README.md for source and licence."""
