"""The book to take along: what lies ready, given out as it is."""

from dataclasses import dataclass

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from mmm.book.exports import shelf
from mmm.book.views import frame

KINDS = {shelf.PDF: "application/pdf", shelf.EPUB: "application/epub+zip"}


@dataclass(frozen=True, slots=True)
class Download:
    """A file as its link says it: where it is, what to do with it, and "PDF, 93 pages, 331 KB"."""

    url: str
    label: str
    about: str


def ready() -> list[Download]:
    """The files that there are in the language of this request; none before the first are made. No query."""
    edition = shelf.current(frame.language())
    if edition is None:
        return []
    found = []
    if size := edition.sizes.get(shelf.PDF):
        pages = ngettext("%(count)s page", "%(count)s pages", edition.pages) % {"count": edition.pages}
        about = f"PDF, {pages}, {filesizeformat(size)}"
        found.append(Download(reverse("book:pdf"), _("Download the book to read or print"), about))
    if size := edition.sizes.get(shelf.EPUB):
        about = f"EPUB, {filesizeformat(size)}"
        found.append(Download(reverse("book:epub"), _("Download the book for your e-reader"), about))
    return found


@require_safe
def pdf(request: HttpRequest) -> HttpResponseBase:
    """The book as a PDF, under a name that stays; the words as they are published now."""
    return _given(request, shelf.PDF)


@require_safe
def epub(request: HttpRequest) -> HttpResponseBase:
    """The book as an EPUB."""
    return _given(request, shelf.EPUB)


def _given(request: HttpRequest, name: str) -> HttpResponseBase:
    """Never made here: that is for the worker. Kept by browsers, who ask each time whether it is still so."""
    edition = shelf.current(frame.language())
    if edition is None or name not in edition.sizes:
        raise Http404
    etag = f'"{edition.mark}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if answer is None:
        try:
            file = edition.path(name).open("rb")
        except FileNotFoundError:  # the next edition came in between
            raise Http404 from None
        answer = FileResponse(file, content_type=KINDS[name], as_attachment=True, filename=name)
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    answer.is_public_page = True  # type: ignore[attr-defined]
    return answer
