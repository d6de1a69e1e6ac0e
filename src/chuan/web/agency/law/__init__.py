"""Legal instruments and the clauses of the standard."""
