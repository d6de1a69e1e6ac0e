"""The triggers that make the trail append-only, for both databases. Used by migration 0001."""

from typing import Any

# The chain is checked on INSERT as well, so INSERT OR REPLACE (which deletes without firing triggers) gets nowhere.
SQLITE = (
    """CREATE TRIGGER trail_entry_no_update BEFORE UPDATE ON trail_entry
       BEGIN SELECT RAISE(ABORT, 'trail: entries are never changed'); END""",
    """CREATE TRIGGER trail_entry_no_delete BEFORE DELETE ON trail_entry
       BEGIN SELECT RAISE(ABORT, 'trail: entries are never deleted'); END""",
    """CREATE TRIGGER trail_entry_chain BEFORE INSERT ON trail_entry
       WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM trail_entry)
         OR NEW.previous <> coalesce((SELECT hash FROM trail_entry ORDER BY seq DESC LIMIT 1), '{none}')
       BEGIN SELECT RAISE(ABORT, 'trail: an entry must continue the chain'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION trail_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         RAISE EXCEPTION 'trail: entries are never changed or deleted' USING ERRCODE = 'integrity_constraint_violation';
       END $$""",
    """CREATE TRIGGER trail_entry_no_change BEFORE UPDATE OR DELETE ON trail_entry
       FOR EACH ROW EXECUTE FUNCTION trail_entry_refuse()""",
    """CREATE TRIGGER trail_entry_no_truncate BEFORE TRUNCATE ON trail_entry
       FOR EACH STATEMENT EXECUTE FUNCTION trail_entry_refuse()""",
    """CREATE FUNCTION trail_entry_continue() RETURNS trigger LANGUAGE plpgsql AS $$
       DECLARE last trail_entry%ROWTYPE;
       BEGIN
         SELECT * INTO last FROM trail_entry ORDER BY seq DESC LIMIT 1;
         IF NEW.seq <> coalesce(last.seq, 0) + 1 OR NEW.previous <> coalesce(last.hash, '{none}') THEN
           RAISE EXCEPTION 'trail: an entry must continue the chain' USING ERRCODE = 'integrity_constraint_violation';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER trail_entry_chain BEFORE INSERT ON trail_entry
       FOR EACH ROW EXECUTE FUNCTION trail_entry_continue()""",
)


def install(apps: Any, schema_editor: Any) -> None:
    """Create the triggers of the database at hand (a RunPython operation)."""
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
    for statement in statements:
        schema_editor.execute(statement.replace("{none}", "0" * 64), params=None)
