"""Working calendars of agencies, and when a limit ends."""
