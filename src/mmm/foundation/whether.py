"""EXISTS in a query that is asked at every read, put into SQL once instead of every time.

Django writes a subquery anew at each use; on the page of a reader that was a third of all work (measured:
4 of 10 ms). `Whether` asks the same of the database, from the same queryset, and keeps the words.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import connections
from django.db.models import BooleanField, Expression, F, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.sql.compiler import SQLCompiler

Rows = Callable[..., QuerySet[Any]]


class Whether(Expression):
    """`Whether(rows, "owner_id", "reader_id")`: are there rows in `rows(owner_id, reader_id)`?

    `rows` is a function of its module that takes as many columns as there are paths, and gives a queryset in
    whose filters they stand. It must depend on nothing else: it is called once per engine. What differs from
    one moment to the next, such as today, is a column as well: a `Value`.
    """

    output_field = BooleanField()
    conditional = True

    def __init__(self, rows: Rows, *paths: str | Value) -> None:
        super().__init__()
        self._rows = rows
        self._columns: list[Any] = [F(path) if isinstance(path, str) else path for path in paths]

    def get_source_expressions(self) -> list[Any]:
        return list(self._columns)

    def set_source_expressions(self, exprs: Any) -> None:
        self._columns = list(exprs)

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        words, slots = _in_words(self._rows, len(self._columns), connection.alias)
        columns = [compiler.compile(column) for column in self._columns]
        params: list[Any] = []
        for column, param in slots:
            params += [param] if column is None else columns[column][1]
        return words.format(*(sql for sql, _params in columns)), tuple(params)


@cache
def _in_words(rows: Rows, columns: int, alias: str) -> tuple[str, list[tuple[int | None, Any]]]:
    """The SQL with `{0}` for the first column, and what goes in at each place, in order: a column's own
    parameters, or a value of the queryset.
    """
    places = [RawSQL(f"{{{number}}}", ()) for number in range(columns)]  # noqa: S611 - numbers of ours
    query = rows(*places).query.exists()
    # Names of its own: a column of the asking query must never be taken for one of these tables.
    query.change_aliases({name: f"whether{number}" for number, name in enumerate(query.alias_map)})
    words, params = query.get_compiler(connection=connections[alias]).as_sql()
    values = iter(params)
    slots: list[tuple[int | None, Any]] = [
        (None, next(values)) if found[0] == "%s" else (int(found[1]), None)
        for found in re.finditer(r"%s|\{(\d+)\}", words)
    ]
    return f"EXISTS({words})", slots
