"""The parts of a story and their questions, read from the content files.

The Dutch and the English file carry the same keys in the same order; a test holds that.
"""

import csv
import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from mmm.foundation.dataclass import P2, P3, DataClass

CONTENT = Path(__file__).parent / "content"
# House rule 3: the story itself never reaches an employer; dreams and needs may.
DATA_CLASS: dict[str, DataClass] = {
    "who": P2,
    "dreams": P2,
    "qualities": P2,
    "needs": P2,
    "limits": P2,
    "situation": P3,
    "story": P3,
}
# In addresses: Dutch and stable.
SLUGS = {
    "who": "ik",
    "dreams": "dromen",
    "qualities": "kwaliteiten",
    "needs": "nodig",
    "limits": "grenzen",
    "situation": "situatie",
    "story": "verhaal",
}
KINDS = {slug: kind for kind, slug in SLUGS.items()}


@dataclass(frozen=True, slots=True)
class Card:
    """A sentence with a picture that somebody can choose instead of writing."""

    key: str
    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question, one page. `kind` is "text" or "conditions"."""

    key: str
    number: int
    title: str
    help: str
    why: str
    starters: Sequence[str] = ()
    cards: Sequence[Card] = ()
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class PartText:
    """A part of the story as shown: its words and questions in one language."""

    kind: str
    title: str
    about: str
    icon: str
    questions: tuple[Question, ...]

    @property
    def slug(self) -> str:
        return SLUGS[self.kind]

    @property
    def data_class(self) -> DataClass:
        return DATA_CLASS[self.kind]

    def by_key(self, key: str) -> Question:
        """The question with this key; KeyError when there is none."""
        for each in self.questions:
            if each.key == key:
                return each
        raise KeyError(key)

    def question(self, number: int) -> Question | None:
        """The question on page `number` (1, 2, ...), or None."""
        return self.questions[number - 1] if 0 < number <= len(self.questions) else None


@dataclass(frozen=True, slots=True)
class Condition:
    """A working condition one may need. `first` is its place among the eight shown first, or None."""

    key: str
    group: str
    first: int | None
    label: str


def shared_kind(kind: str) -> str:
    """The kind of a part as consent knows it: "stories.dreams"."""
    return f"stories.{kind}"


@functools.cache
def _file(language: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / language / "parts.toml").read_text(encoding="utf-8"))


def _language() -> str:
    return "en" if (get_language() or "nl").startswith("en") else "nl"


@functools.cache
def _parts(language: str) -> tuple[PartText, ...]:
    return tuple(
        PartText(
            kind=part["kind"],
            title=part["title"],
            about=part["about"],
            icon=part["icon"],
            questions=tuple(
                Question(
                    key=item["key"],
                    number=number,
                    title=item["title"],
                    help=item["help"],
                    why=item["why"],
                    starters=tuple(item.get("starters", ())),
                    cards=tuple(Card(**card) for card in item.get("cards", ())),
                    kind=item.get("type", "text"),
                )
                for number, item in enumerate(part["question"], start=1)
            ),
        )
        for part in _file(language)["part"]
    )


def parts() -> tuple[PartText, ...]:
    """All parts, in their order, in the active language."""
    return _parts(_language())


def part(kind: str) -> PartText:
    """The part of this kind; KeyError when there is none."""
    for each in parts():
        if each.kind == kind:
            return each
    raise KeyError(kind)


@functools.cache
def _conditions(language: str) -> tuple[Condition, ...]:
    with (CONTENT / "work_conditions.tsv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Condition(
                key=row["key"],
                group=row["group"],
                first=int(row["first"]) if row["first"] else None,
                label=row[f"name_{language}"],
            )
            for row in csv.DictReader(file, delimiter="\t")
        )


def conditions() -> tuple[Condition, ...]:
    """The 48 conditions, grouped by the order of the file, in the active language."""
    return _conditions(_language())


def first_conditions() -> list[Condition]:
    """The eight conditions that stand in view; the others wait behind "more"."""
    return sorted((each for each in conditions() if each.first), key=lambda each: each.first or 0)


def further_conditions() -> list[tuple[str, list[Condition]]]:
    """The other forty, as (group name, conditions)."""
    words = _file(_language())["words"]
    groups: dict[str, list[Condition]] = {}
    for each in conditions():
        if not each.first:
            groups.setdefault(words[each.group], []).append(each)
    return list(groups.items())
