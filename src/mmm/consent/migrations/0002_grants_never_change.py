"""The database itself holds that a grant never changes, but for being taken back once."""

from collections.abc import Sequence
from typing import Any

from django.db import migrations

FIXED = (
    "id",
    "share_id",
    "owner_id",
    "vault_id",
    "kind",
    "thing_id",
    "data_class",
    "reader_id",
    "membership_id",
    "until",
    "created_at",
    "purpose",
)
REASON = "a grant never changes"


def install(apps: Any, schema_editor: Any, fixed: Sequence[str] = FIXED) -> None:
    if schema_editor.connection.vendor == "postgresql":
        changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in fixed)
        schema_editor.execute(
            f"""
            CREATE OR REPLACE FUNCTION consent_grant_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF OLD.revoked_at IS NOT NULL OR {changed} THEN
                    RAISE EXCEPTION '{REASON}' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$;
            DROP TRIGGER IF EXISTS consent_grant_fixed ON consent_grant;
            CREATE TRIGGER consent_grant_fixed BEFORE UPDATE ON consent_grant
                FOR EACH ROW EXECUTE FUNCTION consent_grant_fixed();
            """
        )
        return
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in fixed)
    schema_editor.execute("DROP TRIGGER IF EXISTS consent_grant_fixed")
    schema_editor.execute(
        f"""
        CREATE TRIGGER consent_grant_fixed BEFORE UPDATE ON consent_grant
        WHEN OLD.revoked_at IS NOT NULL OR {changed}
        BEGIN SELECT RAISE(ABORT, '{REASON}'); END
        """
    )


def remove(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS consent_grant_fixed() CASCADE")
    else:
        schema_editor.execute("DROP TRIGGER IF EXISTS consent_grant_fixed")


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
