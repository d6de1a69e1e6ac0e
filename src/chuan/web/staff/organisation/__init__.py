"""Pages that write the organisation: agencies, their mergers and units."""
