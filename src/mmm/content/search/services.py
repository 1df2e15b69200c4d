"""Building the index, whole or one page at a time. For rooms above: `put`, `remove`, `rebuild`.

Nobody acts here: what is public was decided by the room that tells of it, and these run in its transaction.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.urls import reverse
from django.utils import translation

from mmm.content.search import models, words
from mmm.content.search.engines import engine
from mmm.content.search.engines.shapes import Entry
from mmm.foundation import doors, public

BATCH = 500


@transaction.atomic
def rebuild() -> dict[str, int]:
    """Throw the index away and build it from what rooms tell now; how many pages of each kind there are."""
    engine().erase_all()
    with connection.cursor() as cursor:
        # Not Django's delete: Wagtail listens to each, so every row would be read before it goes.
        for model in (models.Gram, models.Word, models.Document):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608 - a name of our own
    counted: dict[str, int] = {}
    for language in words.LANGUAGES:
        uses: Counter[str] = Counter()
        with translation.override(language):
            for door in doors.searchable:
                rows = [_row(door.kind, language, document) for document in door.documents(language)]
                counted[door.kind] = counted.get(door.kind, 0) + len(rows)
                _write(language, rows)
                for row in rows:
                    uses.update(_vocabulary(row))
        _count_words(language, uses)
    engine().finish()
    models.Looked.objects.update_or_create(pk=1, defaults={"mark": public.edition()})
    return counted


@transaction.atomic
def keep_up() -> int:
    """Put in, change and take out what changed since the last time; how many pages that were.

    Looks only when something public changed at all. For rooms whose publishing knows nothing of searching.
    """
    mark = public.edition()
    if models.Looked.objects.filter(pk=1, mark=mark).exists():
        return 0
    changed = 0
    for language in words.LANGUAGES:
        rows = models.Document.objects.filter(language=language)
        there = {(row.kind, row.key): row for row in rows}
        with translation.override(language):
            for door in doors.searchable:
                for document in door.documents(language):
                    old = there.pop((door.kind, document.key), None)
                    if old is None or _differs(old, _row(door.kind, language, document)):
                        put(door.kind, language, document)
                        changed += 1
        for kind, key in there:
            remove(kind, key, languages=[language])
            changed += 1
    models.Looked.objects.update_or_create(pk=1, defaults={"mark": mark})
    return changed


def _differs(old: models.Document, new: models.Document) -> bool:
    fields = ("path", "title", "intro", "text", "facets", "date", "until")
    return any(getattr(old, name) != getattr(new, name) for name in fields)


@transaction.atomic
def put(kind: str, language: str, document: doors.Document) -> None:
    """This page is public, as it is now. Call it in the transaction that makes it so.

    Raises KeyError when no room told of the kind.
    """
    doors.searchable[kind]
    _take_out(kind, document.key, [language])
    with translation.override(language):
        row = _row(kind, language, document)
    _write(language, [row])
    _count_words(language, Counter(_vocabulary(row)))


@transaction.atomic
def remove(kind: str, key: str, *, languages: Sequence[str] = words.LANGUAGES) -> None:
    """This page is no longer public: nothing of it stays in the index. No error when it was not there."""
    _take_out(kind, key, languages)


def _row(kind: str, language: str, document: doors.Document) -> models.Document:
    facets = [f"voor:{each}" for each in document.audiences] + [f"thema:{each}" for each in document.themes]
    return models.Document(
        kind=kind,
        language=language,
        key=document.key,
        path=document.path or reverse(document.view, args=list(document.args)),
        title=_clean(document.title),
        intro=_clean(document.intro),
        text=_clean(document.text),
        facets=f" {' '.join(sorted(facets))} " if facets else "",
        date=document.date,
        until=document.until,
    )


def _clean(text: doors.Text) -> str:
    """Accents as part of their letter, so a word is one word; no null, which PostgreSQL does not keep."""
    return unicodedata.normalize("NFC", str(text)).replace("\0", "")


def _write(language: str, rows: Sequence[models.Document]) -> None:
    models.Document.objects.bulk_create(rows, batch_size=BATCH)
    for first in range(0, len(rows), BATCH):
        engine().write(language, [_entry(row) for row in rows[first : first + BATCH]])


def _entry(row: models.Document) -> Entry:
    title, intro, text = (words.lexemes(each, row.language) for each in (row.title, row.intro, row.text))
    return Entry(row.pk, title, intro, text)


def _vocabulary(row: models.Document) -> set[str]:
    """Words of this page that somebody may have meant."""
    found = {*words.split(row.title), *words.split(row.intro)} - words.stop_words(row.language)
    return {word for word in found if words.allowed(word) and not word.isdigit()}


def _take_out(kind: str, key: str, languages: Iterable[str]) -> None:
    for row in models.Document.objects.filter(kind=kind, key=key, language__in=languages):
        engine().erase(row.language, [row.pk])
        _uncount_words(row.language, _vocabulary(row))
        row.delete()


def _count_words(language: str, uses: Counter[str]) -> None:
    rows = [(language, word, count) for word, count in uses.items()]
    with connection.cursor() as cursor:
        # EXCLUDED is the row that could not be inserted; the same in both databases.
        cursor.executemany(
            "INSERT INTO search_word (language, word, uses) VALUES (%s, %s, %s) "
            "ON CONFLICT (language, word) DO UPDATE SET uses = search_word.uses + EXCLUDED.uses",
            rows,
        )
    known = models.Word.objects.filter(language=language)
    if len(uses) < BATCH:
        known = known.filter(word__in=list(uses))
    ids = dict(known.values_list("word", "id"))
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_gram (language, gram, word_id) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [
                (language, gram, ids[word])
                for word in uses
                for gram in sorted(words.grams(word, language) | words.misses(word, language))
            ],
        )


def _uncount_words(language: str, gone: set[str]) -> None:
    known = models.Word.objects.filter(language=language, word__in=gone)
    for word in known.select_for_update() if connection.vendor == "postgresql" else known:
        if word.uses > 1:
            models.Word.objects.filter(pk=word.pk).update(uses=word.uses - 1)
        else:
            word.delete()
