"""Three databases: `keys` and `cache` are apart from everything else (see docs/architecture.md)."""

from typing import Any

HOMES = {"crypto": "keys", "limits": "cache"}


class ThreeDatabases:
    """Routes each app to its one home; relations never cross."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return HOMES.get(model._meta.app_label, "default")

    db_for_write = db_for_read

    def allow_relation(self, obj1: Any, obj2: Any, **hints: Any) -> bool:
        return self.db_for_read(obj1) == self.db_for_read(obj2)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return HOMES.get(app_label, "default") == db
