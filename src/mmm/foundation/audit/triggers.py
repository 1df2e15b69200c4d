"""The database itself refuses to change or remove a look.

Called from migrations. SQLite drops triggers when a later migration remakes the table: such a migration ends
with `RunPython(triggers.install, triggers.remove)` too.
"""

from typing import Any

SQLITE = {
    "audit_look_no_update": """
        CREATE TRIGGER audit_look_no_update BEFORE UPDATE ON audit_look
        BEGIN SELECT RAISE(ABORT, 'the look log is append-only'); END""",
    "audit_look_no_delete": """
        CREATE TRIGGER audit_look_no_delete BEFORE DELETE ON audit_look
        WHEN NOT EXISTS (SELECT 1 FROM audit_gate)
        BEGIN SELECT RAISE(ABORT, 'the look log is append-only'); END""",
}
POSTGRESQL = """
    CREATE OR REPLACE FUNCTION audit_look_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM audit_gate) THEN
            RETURN OLD;
        END IF;
        -- Emptying an empty table changes nothing.
        IF TG_OP = 'TRUNCATE' AND NOT EXISTS (SELECT 1 FROM audit_look) THEN
            RETURN NULL;
        END IF;
        RAISE EXCEPTION 'the look log is append-only' USING ERRCODE = 'integrity_constraint_violation';
    END $$;
    DROP TRIGGER IF EXISTS audit_look_rows ON audit_look;
    CREATE TRIGGER audit_look_rows BEFORE UPDATE OR DELETE ON audit_look
        FOR EACH ROW EXECUTE FUNCTION audit_look_append_only();
    DROP TRIGGER IF EXISTS audit_look_table ON audit_look;
    CREATE TRIGGER audit_look_table BEFORE TRUNCATE ON audit_look
        FOR EACH STATEMENT EXECUTE FUNCTION audit_look_append_only();
"""


def install(apps: Any, schema_editor: Any) -> None:
    """Put the triggers on the look table (again)."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for name, statement in SQLITE.items():
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
        schema_editor.execute(statement)


def remove(apps: Any, schema_editor: Any) -> None:
    """Take the triggers off."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS audit_look_append_only() CASCADE")
        return
    for name in SQLITE:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
