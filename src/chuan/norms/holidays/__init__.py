"""Working calendars: the shipped ones as editions, and each agency's own hours and closures."""
