"""Guards around a request: what it may write, how many questions it may ask the database.

with guards.no_writes():                 # a GET
    client.get("/mijn-verhaal/")
with guards.questions() as asked:
    client.get("/regios/")
assert len(asked) <= 5 and not asked.repeated()
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import connections

# House rule for GET: the look log, the cache, and the session row when its expiry slides.
MAY_WRITE_ON_GET = (
    "audit_look",
    "audit_head",
    "audit_machinecount",
    "limits_",
    "django_session",
    "accounts_session",
)
WRITE = re.compile(
    r"^\s*(?:WITH\b.*?\)\s*)?(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?)"
    r"\s+(?:ONLY\s+)?[\"`]?([\w.]+)",
    re.I | re.S,
)
COUNTED = re.compile(r"^\s*(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH)\b", re.I)

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


class GetWrote(AssertionError):
    """A GET changed a table it may not change."""


@contextmanager
def _around(wrapper: Callable[[Execute, str, Any, bool, dict[str, Any]], Any]) -> Iterator[None]:
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(wrapper))
        yield


def written_table(statement: str) -> str | None:
    """The table that a statement writes to, or None when it only reads."""
    found = WRITE.match(statement)
    return found.group(1).lower() if found else None


@contextmanager
def no_writes(*also: str) -> Iterator[None]:
    """A write raises GetWrote, but to what a GET may write and to tables whose names begin with `also`."""
    allowed = (*MAY_WRITE_ON_GET, *also)

    def guard(execute: Execute, statement: str, parameters: Any, many: bool, context: dict[str, Any]) -> Any:
        table = written_table(statement)
        if table and not table.startswith(allowed):
            raise GetWrote(f"a GET writes to {table}: {statement[:200]}")
        return execute(statement, parameters, many, context)

    with _around(guard):
        yield


class Questions(list[tuple[str, str]]):
    """(statement, database and parameters) of every SELECT, INSERT, UPDATE and DELETE, in order."""

    def repeated(self) -> list[str]:
        """Statements that were asked more than once with the same parameters."""
        return [statement for (statement, _), count in Counter(self).items() if count > 1]


@contextmanager
def questions() -> Iterator[Questions]:
    """Collect what is asked of all three databases; transaction statements are not counted."""
    asked = Questions()

    def note(execute: Execute, statement: str, parameters: Any, many: bool, context: dict[str, Any]) -> Any:
        if COUNTED.match(statement):
            asked.append((statement, repr((context["connection"].alias, parameters))))
        return execute(statement, parameters, many, context)

    with _around(note):
        yield asked
