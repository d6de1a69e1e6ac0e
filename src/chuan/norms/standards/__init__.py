"""The clauses of TCVN ISO 9001 in three editions."""
