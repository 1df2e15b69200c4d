"""The exercises of a chapter as something to fill in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.safestring import SafeString

from mmm.book import addresses
from mmm.book.models import ChapterPage
from mmm.content import body, exercises


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose, or one line to fill in. `key` stays the same when its words change."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise; `kind` is one of `content.exercises.KINDS`."""

    id: UUID
    kind: str
    title: str
    text: SafeString
    options: tuple[Option, ...]

    @property
    def anchor(self) -> str:
        """Where it stands on its page."""
        return f"oefening-{self.id.hex[:8]}"


@dataclass(frozen=True, slots=True)
class ChapterExercises:
    """A chapter by its fixed name, with all that can be answered in it."""

    key: str
    number: int
    title: str
    address: str
    exercises: tuple[Exercise, ...]

    def exercise(self, wanted: str) -> Exercise | None:
        """The exercise with this id in hex, or None."""
        return next((each for each in self.exercises if each.id.hex == wanted), None)


def of_chapter(language: str, key: str) -> ChapterExercises | None:
    """The published chapter with this fixed name, or None. One query."""
    rows = ChapterPage.objects.filter(live=True, locale__language_code=language)
    row = rows.filter(Q(key=key) | Q(key="", slug=key)).order_by("number", "path").first()
    if row is None:
        return None
    return ChapterExercises(
        key=key,
        number=row.number,
        title=row.title,
        address=addresses.of_page("chapterpage", key="", slug=row.slug, language=language),
        exercises=tuple(_exercise(each) for each in row.body.raw_data if each["type"] == "exercise"),
    )


def chapters(language: str) -> dict[str, tuple[int, str]]:
    """Number and title of each published chapter by its fixed name, in their order. One query."""
    rows = ChapterPage.objects.filter(live=True, locale__language_code=language).order_by("number", "path")
    return {
        key or slug: (number, title)
        for key, slug, number, title in rows.values_list("key", "slug", "number", "title")
    }


def _exercise(block: Mapping[str, Any]) -> Exercise:
    value = block["value"]
    kind = value.get("kind") if value.get("kind") in exercises.KINDS else "text"
    text = body.render([{"type": "paragraph", "value": value.get("text") or ""}])
    return Exercise(UUID(str(block["id"])), str(kind), value.get("title") or "", text, tuple(_options(value)))


def _options(value: Mapping[str, Any]) -> list[Option]:
    words = exercises.options(value)
    keys = [each.get("id") if isinstance(each, Mapping) else None for each in value.get("options") or ()]
    return [
        Option(str(key or number), each) for number, (key, each) in enumerate(zip(keys, words, strict=True))
    ]
