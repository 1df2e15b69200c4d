"""PostgreSQL's tsvector, in a column of its own beside the document, with a GIN index.

Vectors and questions are written out here instead of by to_tsvector, so that PostgreSQL stems nothing itself
(https://www.postgresql.org/docs/15/datatype-textsearch.html). A stem holds letters and digits only.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connection

from mmm.content.search.engines.shapes import UNLESS_ENOUGH, Asked, Entry, Narrowed, Row
from mmm.content.search.words import LANGUAGES

# Of D, C, B and A: a word in a title weighs more than any number of them in the text.
WEIGHTS: Final = "{0.0005, 0.001, 0.02, 1.0}"
TITLES: Final = "ts_filter(words, '{a}')"
_COLUMNS: Final = "d.kind, d.key, d.path, d.title, d.intro, d.text, d.date, d.until"
_PLACES: Final = 16_383  # a tsvector knows no place beyond this one
_TIMES: Final = 20  # of one word in one field; more of them say nothing new


def install(apps: Any, schema_editor: Any) -> None:
    """Make the column and an index on it for each language."""
    schema_editor.execute("ALTER TABLE search_document ADD COLUMN words tsvector NOT NULL DEFAULT ''")
    for language in LANGUAGES:
        schema_editor.execute(
            f"CREATE INDEX search_words_{language} ON search_document USING gin (words) "
            f"WITH (fastupdate = off) WHERE language = '{language}'"
        )


def install_titles(schema_editor: Any) -> None:
    """Make an index on the words of titles alone, for each language."""
    for language in LANGUAGES:
        schema_editor.execute(
            f"CREATE INDEX search_titles_{language} ON search_document USING gin ({TITLES}) "
            f"WITH (fastupdate = off) WHERE language = '{language}'"
        )


def remove_titles(schema_editor: Any) -> None:
    """Drop those indexes."""
    for language in LANGUAGES:
        schema_editor.execute(f"DROP INDEX IF EXISTS search_titles_{language}")


def remove(apps: Any, schema_editor: Any) -> None:
    """Drop the column, and with it the indexes."""
    schema_editor.execute("ALTER TABLE search_document DROP COLUMN IF EXISTS words")


def write(language: str, entries: Iterable[Entry]) -> None:
    """Put rows in the index; their documents are there already."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE search_document SET words = %s::tsvector WHERE id = %s",
            [(_vector(each), each.id) for each in entries],
        )


def erase(language: str, ids: Sequence[int]) -> None:
    """Nothing: the column goes with its row, and vacuum takes the rest."""


def erase_all() -> None:
    """Nothing: the column goes with its rows."""


def finish() -> None:
    """Let the planner know how many rows there are."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_document")


def condition(asked: Sequence[Asked], *, every: bool) -> str:
    """The question: every word, or any of them."""
    words = []
    for each in asked:
        ways = [f"'{stem}'" for stem in each.stems] + ([f"'{each.word}':*"] if each.beginning else [])
        words.append(f"({' | '.join(ways)})")
    return (" & " if every else " | ").join(words)


def page(language: str, question: str, narrowed: Narrowed, *, first: int, size: int) -> list[Row]:
    """At most `size` documents from number `first` (0 is the best). One question.

    First those with the whole question in their title. Only when they are too few are the others ranked: to
    rank a word that stands on every page costs more than all the rest of a search.
    """
    enough = first + size
    best = _ranked(language, narrowed, f"{TITLES} @@ %s::tsquery")
    others = _ranked(language, narrowed, f"words @@ %s::tsquery{UNLESS_ENOUGH.format(id='d.id')}")
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH best AS MATERIALIZED ({best}) SELECT {_COLUMNS} FROM ("  # noqa: S608 - parts of our own
            f"SELECT 0 AS part, * FROM best UNION ALL SELECT 1, * FROM ({others}) others "
            "ORDER BY part, score DESC, long, id LIMIT %s OFFSET %s"
            ") found JOIN search_document d USING (id) ORDER BY part, score DESC, long, id",
            [
                question,
                question,
                *narrowed.parameters,
                enough,
                question,
                question,
                enough,
                *narrowed.parameters,
                enough,
                size,
                first,
            ],
        )
        return [Row(*row) for row in cursor.fetchall()]


def count(language: str, question: str, narrowed: Narrowed) -> int:
    """How many documents there are. One question."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM search_document d "  # noqa: S608 - as above
            f"WHERE d.language = '{_known(language)}' AND d.words @@ %s::tsquery{narrowed.sql}",
            [question, *narrowed.parameters],
        )
        return int(cursor.fetchone()[0])


def groups(language: str, question: str, narrowed: Narrowed) -> list[tuple[str, str, int]]:
    """(kind, facets, how many) of everything that was found. One question."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.kind, d.facets, count(*) FROM search_document d "  # noqa: S608 - as above
            f"WHERE d.language = '{_known(language)}' AND d.words @@ %s::tsquery{narrowed.sql} GROUP BY 1, 2",
            [question, *narrowed.parameters],
        )
        return list(cursor.fetchall())


def _ranked(language: str, narrowed: Narrowed, condition: str) -> str:
    """The best of one question: a word in a title first, then the shortest."""
    return (
        f"SELECT d.id, ts_rank('{WEIGHTS}', words, %s::tsquery) AS score, length(words) AS long "  # noqa: S608
        f"FROM search_document d WHERE d.language = '{_known(language)}' AND {condition}{narrowed.sql} "
        "ORDER BY score DESC, long, d.id LIMIT %s"
    )


def _vector(entry: Entry) -> str:
    """A tsvector as text: each stem with its places and the weight of the field."""
    places: dict[tuple[str, str], list[str]] = {}
    place = 0
    for weight, lexemes in (("A", entry.title), ("B", entry.intro), ("D", entry.text)):
        for stem in lexemes.split():
            place = min(place + 1, _PLACES)
            known = places.setdefault((stem, weight), [])
            if len(known) < _TIMES:
                known.append(f"{place}{weight}")
    merged: dict[str, list[str]] = {}
    for (stem, _weight), each in places.items():
        merged.setdefault(stem, []).extend(each)
    return " ".join(f"'{stem}':{','.join(each)}" for stem, each in merged.items())


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"There is no index of {language!r}.")
    return language
