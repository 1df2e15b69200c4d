"""The database itself holds that a letter is opened once and ended once, and never changes otherwise."""

from typing import Any

from django.db import migrations

FIXED = (
    "id",
    "owner_id",
    "vault_id",
    "code",
    "things",
    "data_class",
    "for_employer",
    "until",
    "created_at",
    "reader",
)
REASON = "a letter never changes"


def install(apps: Any, schema_editor: Any) -> None:
    server = schema_editor.connection.vendor == "postgresql"
    differs = "IS DISTINCT FROM" if server else "IS NOT"
    cast = "::text" if server else ""  # PostgreSQL compares no JSON
    changed = " OR ".join(f"NEW.{name}{cast} {differs} OLD.{name}{cast}" for name in FIXED)
    for name in ("opened_at", "ended_at"):
        changed += f" OR (OLD.{name} IS NOT NULL AND NEW.{name} {differs} OLD.{name})"
    changed += f" OR (OLD.ended_at IS NOT NULL AND NEW.opened_at {differs} OLD.opened_at)"
    changed += f" OR (OLD.opened_at IS NOT NULL AND NEW.view {differs} OLD.view)"
    if server:
        schema_editor.execute(
            f"""
            CREATE OR REPLACE FUNCTION consent_letter_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF {changed} THEN
                    RAISE EXCEPTION '{REASON}' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$;
            DROP TRIGGER IF EXISTS consent_letter_fixed ON consent_letter;
            CREATE TRIGGER consent_letter_fixed BEFORE UPDATE ON consent_letter
                FOR EACH ROW EXECUTE FUNCTION consent_letter_fixed();
            """
        )
        return
    schema_editor.execute("DROP TRIGGER IF EXISTS consent_letter_fixed")
    schema_editor.execute(
        f"""
        CREATE TRIGGER consent_letter_fixed BEFORE UPDATE ON consent_letter WHEN {changed}
        BEGIN SELECT RAISE(ABORT, '{REASON}'); END
        """
    )


def remove(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS consent_letter_fixed() CASCADE")
    else:
        schema_editor.execute("DROP TRIGGER IF EXISTS consent_letter_fixed")


class Migration(migrations.Migration):
    dependencies = [("consent", "0003_letters")]
    operations = [migrations.RunPython(install, remove)]
