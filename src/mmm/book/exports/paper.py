"""The book as a PDF."""

import base64
from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from mmm.book.exports import cover, words
from mmm.book.exports.whole import Book
from mmm.foundation import pdf

SECONDS: Final = 300  # the book takes ten on an idle machine; nobody waits for it


def make(book: Book) -> pdf.Sheets:
    """The whole book, tagged (PDF/UA-1). Raises pdf.NotInstalled, pdf.Failed."""
    chapters = words.chapters(book, place="#{}")
    more = {name: path for each in chapters for name, path in each.pictures.items()}
    return pdf.typeset(html(book, chapters), more=more, seconds=SECONDS)


def html(book: Book, chapters: Sequence[words.Chapter]) -> str:
    """What the typesetter is given."""
    with translation.override(book.language):
        drawn = base64.b64encode(cover.drawing().encode()).decode()
        context = {"book": book, "chapters": chapters, "site": settings.BASE_URL, "drawing": drawn}
        return render_to_string("book/exports/book.html", context)
