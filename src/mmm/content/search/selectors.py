"""Finding. At most six questions to the database, two when the words are there as they were typed."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.utils.translation import gettext_lazy as _

from mmm.content.search import asking, words
from mmm.content.search.asking import Question
from mmm.content.search.engines import engine
from mmm.content.search.engines.shapes import Asked, Narrowed, Row
from mmm.foundation import clock, doors
from mmm.foundation.doors import Text

SIZE = 10  # results on a page
CANDIDATES = 24  # words that are compared with a mistyped one
SUGGESTED = 3
AUDIENCES: Mapping[str, Text] = {
    "workers": _("people who look for work or work"),
    "professionals": _("professionals"),
    "employers": _("employers"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to one question.

    `corrected` is what was searched for when nothing was found for what was typed; `any_word`: no page
    has all words; `suggestions` are other words that may be meant. `counts` gives for each facet how many
    pages have each value, and is empty unless it was asked for; `total` is all of them.
    """

    asked: Sequence[Asked] = ()
    rows: Sequence[Row] = ()
    total: int = 0
    number: int = 1
    corrected: str = ""
    any_word: bool = False
    suggestions: Sequence[str] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages of results there are."""
        return math.ceil(self.total / SIZE)


def find(
    question: Question, language: str, narrowed: Narrowed, *, number: int = 1, counted: bool = False
) -> Found:
    """Page `number` of what was found for this question, with the facets counted when that is asked for.

    First with every word; then with mistyped words put right; then with any of the words.
    """
    if not question.counting:
        return Found()
    asked = asking.asked(question.counting, language)
    if found := _try(asked, language, narrowed, number, counted=counted):
        return found
    right, others = _meant(question.counting, language)
    corrected = list(right) != list(question.counting)
    if corrected:
        asked = asking.asked(right, language)
        if found := _try(
            asked, language, narrowed, 1, counted=counted, corrected=" ".join(right), suggestions=others
        ):
            return found
    if len(right) > 1 and (
        found := _try(
            asked,
            language,
            narrowed,
            number,
            counted=counted,
            every=False,
            corrected=" ".join(right) if corrected else "",
        )
    ):
        return found
    near = ([" ".join(right)] if corrected else []) + [*others]
    return Found(asked=asked, suggestions=near[:SUGGESTED])


def _try(
    asked: Sequence[Asked],
    language: str,
    narrowed: Narrowed,
    number: int,
    *,
    counted: bool,
    every: bool = True,
    corrected: str = "",
    suggestions: Sequence[str] = (),
) -> Found | None:
    """What there is for these words, or None when there is nothing."""
    condition = engine().condition(asked, every=every)
    rows: Sequence[Row] = ()
    if number == 1 and not (rows := engine().page(language, condition, narrowed, first=0, size=SIZE)):
        return None
    counts: dict[str, Counter[str]] = {}
    if counted:
        counts = _counts(engine().groups(language, condition, narrowed))
        total = sum(counts["soort"].values())
    elif 0 < len(rows) < SIZE:
        total = len(rows)
    else:
        total = engine().count(language, condition, narrowed)
    if not total:
        return None
    if number > 1:
        number = min(number, math.ceil(total / SIZE))
        rows = engine().page(language, condition, narrowed, first=(number - 1) * SIZE, size=SIZE)
    return Found(asked, _still_there(rows), total, number, corrected, not every, suggestions, counts)


def _counts(groups: Sequence[tuple[str, str, int]]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {"soort": Counter(), "voor": Counter(), "thema": Counter()}
    for kind, facets, count in groups:
        counts["soort"][kind] += count
        for facet in facets.split():
            name, _colon, value = facet.partition(":")
            counts[name][value] += count
    return counts


def _still_there(rows: Sequence[Row]) -> Sequence[Row]:
    """Without pages that are gone since, as the rooms say that are asked at each read."""
    today = clock.today()
    rows = [
        row for row in rows if doors.searchable.get(row.kind) and (row.until is None or row.until >= today)
    ]
    asked = {kind: exists for kind in {row.kind for row in rows} if (exists := doors.searchable[kind].exists)}
    gone: set[tuple[str, str]] = set()
    for exists in set(asked.values()):
        those = [row for row in rows if asked.get(row.kind) == exists]
        there = exists([row.key for row in those])
        gone |= {(row.kind, row.key) for row in those if row.key not in there}
    return [row for row in rows if (row.kind, row.key) not in gone]


def _meant(counting: Sequence[str], language: str) -> tuple[list[str], list[str]]:
    """The words with typing mistakes put right, and other words that may be meant. At most two questions.

    Most mistakes are one letter. Only for words with more of them all words that share letters are looked at.
    """
    near: dict[str, list[str]] = {}
    for traces in (words.misses, words.grams):
        unsure = [word for word in counting if words.allowed(word) and not near.get(word)]
        candidates = _candidates(set().union(*(traces(word, language) for word in unsure)), language)
        near |= {word: words.nearest(word, candidates, language) for word in unsure}
    right, others = [], []
    for word in counting:
        found = near.get(word, [])
        known = any(set(words.stems(each, language)) & set(words.stems(word, language)) for each in found)
        right.append(found[0] if found and not known else word)
        others += [each for each in found[:SUGGESTED] if each != right[-1]] if not known else []
    return right, [] if len(counting) > 1 else others[:SUGGESTED]


def _candidates(grams: set[str], language: str) -> list[tuple[str, int]]:
    if not grams:
        return []
    marks = ", ".join(["%s"] * len(grams))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.word, w.uses FROM search_word w JOIN ("  # noqa: S608 - placeholders only
            f"SELECT word_id, count(*) AS shared FROM search_gram WHERE language = %s AND gram IN ({marks}) "
            "GROUP BY word_id ORDER BY shared DESC, word_id LIMIT %s) g ON g.word_id = w.id",
            [language, *sorted(grams), CANDIDATES],
        )
        return list(cursor.fetchall())
