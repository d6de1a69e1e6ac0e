"""The triggers that make the acts of dossiers append-only, for both databases. Used by the migration of the table.

A migration that changes the table on SQLite makes it anew, without its triggers: install them again after it.
"""

from typing import Any

SQLITE = (
    """CREATE TRIGGER dossier_act_no_update BEFORE UPDATE ON quality_dossieract
       BEGIN SELECT RAISE(ABORT, 'dossier_act: acts are never changed'); END""",
    """CREATE TRIGGER dossier_act_no_delete BEFORE DELETE ON quality_dossieract
       BEGIN SELECT RAISE(ABORT, 'dossier_act: acts are never deleted'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION dossier_act_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         RAISE EXCEPTION 'dossier_act: acts are never changed or deleted'
           USING ERRCODE = 'integrity_constraint_violation';
       END $$""",
    """CREATE TRIGGER dossier_act_no_change BEFORE UPDATE OR DELETE ON quality_dossieract
       FOR EACH ROW EXECUTE FUNCTION dossier_act_refuse()""",
)


def install(apps: Any, schema_editor: Any) -> None:
    """Create the triggers of the database at hand (a RunPython operation)."""
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)
