"""The index of words, in the one way each database has for it. Both are given the same stems.

An engine has `install` and `remove` (for the migration), `write` and `erase` (rows of the index), `condition`
(the words of a question in the engine's own notation), and `page`, `count` and `groups` (the questions
themselves).
"""

from types import ModuleType

from django.db import connection

from mmm.content.search.engines import postgresql, sqlite


def engine() -> ModuleType:
    """The engine of the default database."""
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]
