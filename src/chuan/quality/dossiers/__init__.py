"""Living dossiers: received, handled step by step, returned; each act is written once and never changed.

Decided in docs/adr/0003-living-dossiers.md. What the acts come to is `chuan.rules.handling.reckoning`; here they are
kept, numbered and guarded, and the columns that lists sort by are written with them.
"""
