"""SQLite's FTS5: a table of words for each language. https://www.sqlite.org/fts5.html

Nothing of FTS5's own query language can come from outside: a stem is quoted, and only letters and digits.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connection

from mmm.content.search.engines.shapes import UNLESS_ENOUGH, Asked, Entry, Narrowed, Row
from mmm.content.search.words import LANGUAGES

# A word in a title weighs more than any number of them in the text: a score grows ever slower with it.
WEIGHTS: Final = "bm25(2000000.0, 5000.0, 1.0)"
_COLUMNS: Final = "d.kind, d.key, d.path, d.title, d.intro, d.text, d.date, d.until"
_FACETS: Final = "CROSS JOIN search_document d INDEXED BY search_facets ON d.id = f.rowid"


def install(apps: Any, schema_editor: Any) -> None:
    """Make the tables."""
    for language in LANGUAGES:
        table = f"search_words_{language}"
        schema_editor.execute(
            f"CREATE VIRTUAL TABLE {table} USING fts5("
            "title, intro, text, tokenize = 'unicode61 remove_diacritics 2', prefix = '3')"
        )
        schema_editor.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('rank', '{WEIGHTS}')")  # noqa: S608


def remove(apps: Any, schema_editor: Any) -> None:
    """Drop the tables."""
    for language in LANGUAGES:
        schema_editor.execute(f"DROP TABLE IF EXISTS search_words_{language}")


def write(language: str, entries: Iterable[Entry]) -> None:
    """Put rows in the index that are not there yet."""
    rows = [(each.id, each.title, each.intro, each.text) for each in entries]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {_table(language)} (rowid, title, intro, text) VALUES (%s, %s, %s, %s)",  # noqa: S608
            rows,
        )


def erase(language: str, ids: Sequence[int]) -> None:
    """Take rows out. FTS5 keeps what was taken out until it merges, so it merges now: gone is gone."""
    table = _table(language)
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(each,) for each in ids])  # noqa: S608
        cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608


def erase_all() -> None:
    """Empty the index."""
    with connection.cursor() as cursor:
        for language in LANGUAGES:
            cursor.execute(f"DELETE FROM {_table(language)}")  # noqa: S608


def finish() -> None:
    """After everything was written: one sorted part, the fastest to read."""
    with connection.cursor() as cursor:
        for language in LANGUAGES:
            table = _table(language)
            cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608


def condition(asked: Sequence[Asked], *, every: bool) -> str:
    """The question: every word, or any of them."""
    words = []
    for each in asked:
        ways = [f'"{stem}"' for stem in each.stems] + ([f'"{each.word}" *'] if each.beginning else [])
        words.append(f"({' OR '.join(ways)})")
    return (" AND " if every else " OR ").join(words)


def page(language: str, question: str, narrowed: Narrowed, *, first: int, size: int) -> list[Row]:
    """At most `size` documents from number `first` (0 is the best). One question.

    First those with the whole question in their title. Only when they are too few are the others ranked: to
    rank a word that stands on every page costs more than all the rest of a search.
    """
    enough = first + size
    titles = f"{{title}} : ({question})"
    best = _ranked(language, narrowed)
    others = _ranked(language, narrowed, UNLESS_ENOUGH.format(id="f.rowid"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH best AS MATERIALIZED ({best}) SELECT {_COLUMNS} FROM ("  # noqa: S608 - parts of our own
            f"SELECT 0 AS part, id, score FROM best UNION ALL SELECT 1, id, score FROM ({others}) "
            "ORDER BY part, score, id LIMIT %s OFFSET %s"
            ") found JOIN search_document d ON d.id = found.id ORDER BY found.part, found.score, found.id",
            [
                titles,
                *narrowed.parameters,
                enough,
                question,
                *narrowed.parameters,
                enough,
                enough,
                size,
                first,
            ],
        )
        return [Row(*row) for row in cursor.fetchall()]


def count(language: str, question: str, narrowed: Narrowed) -> int:
    """How many documents there are. One question."""
    table = _table(language)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {table} f {_joined(narrowed)} WHERE {table} MATCH %s{narrowed.sql}",  # noqa: S608
            [question, *narrowed.parameters],
        )
        return int(cursor.fetchone()[0])


def groups(language: str, question: str, narrowed: Narrowed) -> list[tuple[str, str, int]]:
    """(kind, facets, how many) of everything that was found. One question."""
    table = _table(language)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT d.kind, d.facets, count(*) FROM {table} f "  # noqa: S608
            f"{_FACETS} WHERE {table} MATCH %s{narrowed.sql} GROUP BY d.kind, d.facets",
            [question, *narrowed.parameters],
        )
        return list(cursor.fetchall())


def _ranked(language: str, narrowed: Narrowed, condition: str = "") -> str:
    """The best of one question. By `rank` alone FTS5 would rank all of them before it looks further."""
    table = _table(language)
    return (
        f"SELECT f.rowid AS id, f.rank AS score FROM {table} f {_joined(narrowed)} "  # noqa: S608
        f"WHERE {table} MATCH %s{narrowed.sql}{condition} ORDER BY f.rank, f.rowid LIMIT %s"
    )


def _joined(narrowed: Narrowed) -> str:
    """The documents, when something is asked about them."""
    return _FACETS if narrowed.sql else ""


def _table(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"There is no index of {language!r}.")
    return f"search_words_{language}"
