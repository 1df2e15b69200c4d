"""Making the files of a language when the book changed, and saying where it went wrong when it did."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from django.db import transaction
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from mmm.book.exports import epub, paper, shelf, whole
from mmm.book.exports.shelf import Seen
from mmm.foundation import clock, pdf, public

logger = logging.getLogger(__name__)

AGAIN: Final = 3600.0  # seconds before a book that failed is tried again while its words stay the same
_PIECES: Final = re.compile(r'(?=<h2\b|<section class="box exercise")')
_HEADING: Final = re.compile(r"<h[23]\b[^>]*>(.*?)</h[23]>", re.S)


class Broken(Exception):
    """The book cannot be put on paper. `where`: which chapter, and the heading it happens below; `key`
    names these words.
    """

    def __init__(self, key: str, where: str):
        super().__init__(where)
        self.key, self.where = key, where


def make_if_changed(language: str) -> shelf.Edition | None:
    """New files when the words changed since the last; None when nothing was made.

    One query while nothing public changed. Repeatable; two workers at once make the same. Raises Broken,
    once an hour for the same words.
    """
    edition, seen, there = public.edition(), shelf.seen(language), shelf.current(language)
    if there is not None and seen == Seen(edition):
        return None
    book = whole.read(language)
    if book is None and there is not None:
        shelf.take_away(language)
        _raise_edition()
    if book is None or (there is not None and there.mark == book.mark):
        shelf.remember(language, Seen(edition))
        return None
    now = clock.now().timestamp()
    if seen.broken == book.mark and now - seen.at < AGAIN:
        return None
    try:
        return make(book)
    except Broken:
        shelf.remember(language, Seen(edition, book.mark, now))
        raise


def make(book: whole.Book) -> shelf.Edition:
    """Make and give out both files. Without the typesetter on this machine there is an EPUB alone.

    The last good files stay where they are until the new ones are whole. Raises Broken.
    """
    files = {shelf.EPUB: epub.make(book)}
    pages = 0
    try:
        sheets = paper.make(book)
    except pdf.NotInstalled:
        logger.warning("no PDF of the book: the typesetter is not installed")
    except pdf.Failed as error:
        raise Broken(book.mark, _where(book)) from error
    else:
        files[shelf.PDF], pages = sheets.content, sheets.pages
    made = shelf.put(book.language, book.mark, files, pages=pages, changed=book.changed)
    _raise_edition()
    return made


def _raise_edition() -> None:
    with transaction.atomic():
        public.raise_edition()  # kept pages say another size


def _where(book: whole.Book) -> str:
    """Set each piece of the book alone; the first that fails is the one. Half a minute, and seldom needed."""
    for name, part in _parts(book):
        try:
            paper.make(part)
        except pdf.Failed:
            return name
    return "the whole book"


def _parts(book: whole.Book) -> Iterator[tuple[str, whole.Book]]:
    nothing = SafeString("")
    for chapter in book.chapters:
        for piece in filter(None, _PIECES.split(chapter.body + chapter.exercises + chapter.sheet)):
            heading = _HEADING.search(piece)
            below = strip_tags(heading[1]) if heading else "its beginning"
            part = replace(chapter, body=SafeString(piece), exercises=nothing, sheet=nothing)
            yield f"{chapter.head.address}: {below}", replace(book, chapters=(part,))
