"""The whole book as it is published now, and the mark of what is in it."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import translation

from mmm.book import selectors
from mmm.book.rows import ChapterText

HERE: Final = Path(__file__).parent
# What decides how the files look. A new drawing of the same words is a new edition, too.
DRAWN_BY: Final = (HERE, HERE.parent / "templates" / "book" / "exports")
MARK: Final = 12  # letters of the hash that people read


@dataclass(frozen=True, slots=True)
class Book:
    """Every chapter of a language. `mark` names the words and how they are drawn; `changed` is the last day
    on which a chapter changed.
    """

    language: str
    chapters: tuple[ChapterText, ...]
    mark: str
    changed: dt.date


def read(language: str) -> Book | None:
    """The book as it is published now; None without chapters. Some five queries for each chapter."""
    with translation.override(language):
        found = (selectors.chapter(language, each.slug) for each in selectors.chapters(language))
        chapters = tuple(each for each in found if each is not None)
    if not chapters:
        return None
    return Book(language, chapters, _mark(language, chapters), max(each.head.changed for each in chapters))


def _mark(language: str, chapters: Iterable[ChapterText]) -> str:
    digest = hashlib.sha256(f"{language} {settings.BASE_URL}".encode())
    for path in sorted(file for folder in DRAWN_BY for file in folder.iterdir() if file.is_file()):
        digest.update(path.read_bytes())
    for each in chapters:
        tale = [each.story.title, each.story.address, each.story.who] if each.story else []
        sources = [(source.text, source.url) for source in each.sources]
        head = [each.number, each.head.title, each.head.intro, each.head.note, each.head.address]
        words = [each.body, each.exercises, each.sheet]
        digest.update(json.dumps([head, words, tale, sources, f"{each.head.changed}"]).encode())
    return digest.hexdigest()[:MARK]
