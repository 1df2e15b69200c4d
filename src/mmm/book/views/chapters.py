"""The book: its contents, and one chapter."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mmm.book import cards, selectors
from mmm.book.rows import ChapterText
from mmm.book.views import downloads, frame
from mmm.foundation.public import public_page

EXERCISES, SHEET, SOURCES = "oefeningen", "samen-lezen", "bronnen"  # anchors in a chapter


@require_safe
@public_page
def contents(request: HttpRequest) -> HttpResponse:
    """Why there is a book, its chapters, and what a group that reads it can do."""
    return frame.page(
        request,
        "book/contents.html",
        title=_("The Inspiration Book"),
        description=_("Chapters about possibilities and work, to read alone or together."),
        context={"chapters": selectors.chapters(frame.language()), "downloads": downloads.ready()},
    )


@require_safe
@public_page
def chapter(request: HttpRequest, slug: str) -> HttpResponse:
    """One chapter: words, a story, exercises, the sheet for a group, sources. No answer is kept."""
    found = selectors.chapter(frame.language(), slug)
    if found is None:
        raise Http404
    frame.paired(request, found, section="book:contents")
    return frame.page(
        request,
        "book/chapter.html",
        title=found.head.title,
        description=found.head.intro,
        context={
            "text": found,
            "headings": _headings(found),
            "downloads": downloads.ready(),
            "cards": [cards.card(found.story)] if found.story else [],
        },
    )


def _headings(found: ChapterText) -> list[tuple[str, str]]:
    """What is on a long page, with what comes after its words."""
    own = frame.headings(found.body)
    after = (
        (found.exercises, EXERCISES, _("Exercises")),
        (found.sheet, SHEET, _("Reading together")),
        (found.sources, SOURCES, _("Sources")),
    )
    return [*own, *((anchor, words) for there, anchor, words in after if there)] if own else []
