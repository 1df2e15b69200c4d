"""Called from migrations: what each database has for words, made and dropped."""

from typing import Any

from mmm.content.search.engines import postgresql, sqlite

ENGINES = {"sqlite": sqlite, "postgresql": postgresql}


def install(apps: Any, schema_editor: Any) -> None:
    """Make it, in the database that is migrated."""
    ENGINES[schema_editor.connection.vendor].install(apps, schema_editor)


def remove(apps: Any, schema_editor: Any) -> None:
    """Drop it."""
    ENGINES[schema_editor.connection.vendor].remove(apps, schema_editor)


def install_titles(apps: Any, schema_editor: Any) -> None:
    """What PostgreSQL needs to look in titles alone; FTS5 can do that by itself."""
    if schema_editor.connection.vendor == "postgresql":
        postgresql.install_titles(schema_editor)


def remove_titles(apps: Any, schema_editor: Any) -> None:
    """Take it away."""
    if schema_editor.connection.vendor == "postgresql":
        postgresql.remove_titles(schema_editor)
