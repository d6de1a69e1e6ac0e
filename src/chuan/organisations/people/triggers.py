"""The triggers that refuse overlapping holdings, for both databases. Used by migration 0001.

An exclusion constraint would say the same on PostgreSQL, but needs an extension there and does not exist on SQLite. A
migration that changes the table of holdings on SQLite makes it anew, without its triggers: install them again after it.
"""

from typing import Any

_ANOTHER = """SELECT 1 FROM organisations_holding h
  WHERE h.position_id = NEW.position_id AND h.person_id = NEW.person_id AND h.id <> NEW.id
    AND (h.until_on IS NULL OR h.until_on >= NEW.from_on) AND (NEW.until_on IS NULL OR NEW.until_on >= h.from_on)"""
SQLITE = tuple(
    f"""CREATE TRIGGER holding_never_overlaps_{name} BEFORE {event} ON organisations_holding WHEN EXISTS ({_ANOTHER})
       BEGIN SELECT RAISE(ABORT, 'holding_never_overlaps'); END"""
    for name, event in (("insert", "INSERT"), ("update", "UPDATE"))
)
# The lock makes two that are entered at the same moment come one after the other.
POSTGRESQL = (
    f"""CREATE FUNCTION holding_refuse_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         PERFORM 1 FROM organisations_position WHERE id = NEW.position_id FOR NO KEY UPDATE;
         IF EXISTS ({_ANOTHER}) THEN
           RAISE EXCEPTION 'holding_never_overlaps' USING ERRCODE = 'exclusion_violation';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER holding_never_overlaps BEFORE INSERT OR UPDATE ON organisations_holding
       FOR EACH ROW EXECUTE FUNCTION holding_refuse_overlap()""",
)


def install(apps: Any, schema_editor: Any) -> None:
    """Create the triggers of the database at hand (a RunPython operation)."""
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)
