"""What was done, by whom and when: append-only, sealed entry by entry. Knows nobody."""
