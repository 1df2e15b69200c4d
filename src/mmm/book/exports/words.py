"""The HTML of a chapter, made fit for files that are read elsewhere.

A page of the site names addresses that begin at the site, pictures that lie there, and headings that are
alone on their page. In a file each address is whole, each name is the chapter's own, and a picture comes
along or is left out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.html import escape

from mmm.book.exports.whole import Book
from mmm.book.rows import ChapterText

_HREF: Final = re.compile(r'<a href="([^"]*)"([^>]*)>(.*?)</a>', re.S)
_IMAGE: Final = re.compile(r'<img\b[^>]*?\bsrc="([^"]*)"[^>]*>')
_ICON: Final = re.compile(r"<svg\b.*?</svg>", re.S)
_LINES: Final = re.compile(r'(?:<div class="write-line"[^>]*></div>)+')


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter in a file: its words with whole addresses, and where each thing of it is."""

    text: ChapterText
    name: str  # of its place in the file: "h-2"
    body: str
    exercises: str
    sheet: str
    pictures: Mapping[str, Path]  # as the words name them -> where they lie

    @property
    def web(self) -> str:
        """Where this chapter is on the site, whole."""
        return f"{settings.BASE_URL}{self.text.head.address}"

    @property
    def tale(self) -> str:
        """Where the story that belongs to it is, whole; empty without one."""
        return f"{settings.BASE_URL}{self.text.story.address}" if self.text.story else ""

    @property
    def tale_in_letters(self) -> str:
        """The same as somebody types it."""
        return self.tale.partition("://")[2].rstrip("/")


def chapters(book: Book, *, place: str) -> list[Chapter]:
    """The chapters of a book. `place`: how a link inside the file names a chapter, with "{}" for its name."""
    inside = {each.head.address: place.format(f"h-{each.number}") for each in book.chapters}
    return [_chapter(each, inside) for each in book.chapters]


def without_lines(html: str) -> str:
    """The same exercises without lines to write on: a screen has no pen."""
    return _LINES.sub("", html)


def _chapter(text: ChapterText, inside: Mapping[str, str]) -> Chapter:
    name = f"h-{text.number}"
    pictures: dict[str, Path] = {}
    notes = {source.url: number for number, source in enumerate(text.sources, start=1)}

    def link(found: re.Match[str]) -> str:
        address, rest, words = found.groups()
        if address in inside:
            return f'<a href="{inside[address]}">{words}</a>'
        if address.startswith("/"):
            address = settings.BASE_URL + address
        note = notes.get(address.replace("&amp;", "&"))
        mark = f'<a class="note" href="#{name}-bron-{note}">{note}</a>' if note else ""
        return f'<a href="{address}"{rest}>{words}</a>{mark}'

    def picture(found: re.Match[str]) -> str:
        """A picture that is not there is left out; the words around it stay."""
        path = _file(found[1])
        if path is None:
            return ""
        kept = f"{name}-{len(pictures) + 1}{path.suffix}"
        pictures[kept] = path
        return found[0].replace(f'src="{found[1]}"', f'src="{escape(kept)}"')

    def fit(html: str) -> str:
        return _IMAGE.sub(picture, _HREF.sub(link, _ICON.sub("", html)))

    return Chapter(text, name, fit(text.body), fit(text.exercises), fit(text.sheet), pictures)


def _file(address: str) -> Path | None:
    root = Path(settings.MEDIA_ROOT).resolve()
    path = (root / address.removeprefix(settings.MEDIA_URL)).resolve()
    inside = address.startswith(settings.MEDIA_URL) and path.is_relative_to(root)
    return path if inside and path.is_file() else None
