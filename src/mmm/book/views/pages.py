"""Pages of words: for an audience, for a profession, recommendations, tips, news."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from mmm.book import cards, chain, selectors, words
from mmm.book.rows import Text
from mmm.book.views import frame
from mmm.design import shapes
from mmm.foundation.public import public_page

Words = str | Promise
RECOMMENDATIONS: Final = "aanbevelingen-"
# Audience: its colour, icon, drawing, words, and second step: words and view.
AUDIENCES: Final[dict[str, tuple[str, str, str, Words, tuple[Words, str] | None]]] = {
    "workers": ("aud-1", "person", "welcome", gettext_lazy("For who works or looks for work"), None),
    "professionals": (
        "aud-2",
        "hands",
        "share",
        gettext_lazy("For professionals"),
        (gettext_lazy("What can you do in 5 minutes?"), "book:professions"),
    ),
    "employers": (
        "aud-3",
        "shop",
        "signpost",
        gettext_lazy("For employers"),
        (gettext_lazy("See the rules, with a date"), "book:dated"),
    ),
}
# Kind of a text to take along: the heading above its list.
HEADINGS: Final[list[tuple[str, Words]]] = [
    ("summary", gettext_lazy("The Inspiration Book in short")),
    ("methods", gettext_lazy("The two methods in short")),
    ("magazine", gettext_lazy("Magazine, number 1")),
    ("press", gettext_lazy("For the press")),
]


def _audience(request: HttpRequest, audience: str) -> HttpResponse:
    found = selectors.audience(frame.language(), audience)
    if found is None:
        raise Http404
    css, icon, picture, who, also = AUDIENCES[audience]
    return frame.page(
        request,
        "book/audience.html",
        title=found.head.title,
        description=found.head.intro,
        context={
            "text": found,
            "aud": css,
            "icon_name": icon,
            "picture": picture,
            "who": who,
            "also": [(also[0], reverse(also[1]))] if also else [],
            "cards": [
                cards.card(story) for story in selectors.related(frame.language(), reader=audience, count=3)
            ],
            "more_url": f"{reverse('book:stories')}?voor={audience}",
        },
    )


@require_safe
@public_page
def for_workers(request: HttpRequest) -> HttpResponse:
    """What this offers who works or looks for work, and the first step."""
    return _audience(request, "workers")


@require_safe
@public_page
def for_professionals(request: HttpRequest) -> HttpResponse:
    """What this offers professionals, and the first step."""
    return _audience(request, "professionals")


@require_safe
@public_page
def for_employers(request: HttpRequest) -> HttpResponse:
    """What this offers employers, and the first step."""
    return _audience(request, "employers")


@require_safe
@public_page
def professions(request: HttpRequest) -> HttpResponse:
    """All professions by link of the chain."""
    return frame.page(
        request,
        "book/professions.html",
        title=_("What can you do in 5 minutes?"),
        description=_("Choose your profession: one question to ask, one thing to stop, whom to call."),
        context={"groups": chain.links(selectors.professions(frame.language()))},
    )


@require_safe
@public_page
def profession(request: HttpRequest, slug: str) -> HttpResponse:
    """What one profession can do in five minutes."""
    found = selectors.profession(frame.language(), slug)
    if found is None:
        raise Http404
    frame.paired(request, found, section="book:professions")
    return frame.page(
        request,
        "book/profession.html",
        title=_("%(name)s: what can you do in 5 minutes?") % {"name": found.head.title},
        description=found.head.intro,
        context={
            "profession": found,
            "chain": chain.link_of(found.number),
            "minutes": [_minute(number, text) for number, text in enumerate(found.minutes, 1)],
        },
    )


def _minute(number: int, text: str) -> tuple[str, str]:
    """ "Minute 2: ask" as its head and its words; a minute that says no number gets its place."""
    head, colon, rest = text.partition(": ")
    if colon and any(sign.isdigit() for sign in head):
        return head, rest
    return _("Minute %(number)s") % {"number": number}, text


@require_safe
@public_page
def recommendations(request: HttpRequest) -> HttpResponse:
    """What we recommend to a professional and to a region."""
    found = [each for each in selectors.proses(frame.language()) if each.key.startswith(RECOMMENDATIONS)]
    return frame.page(
        request,
        "book/recommendations.html",
        title=_("Recommendations"),
        description=_("What we saw, with its source, and what you can do on Monday."),
        context={"texts": found},
    )


@require_safe
@public_page
def recommendation(request: HttpRequest, slug: str) -> HttpResponse:
    """A page of words."""
    found = selectors.prose(frame.language(), slug=slug)
    if found is None or found.head.address != request.path:  # the help page has a place of its own
        raise Http404
    frame.paired(request, found, section="book:recommendations")
    return _text(request, found, section=_("Recommendations"), view="book:recommendations")


@require_safe
@public_page
def publications(request: HttpRequest) -> HttpResponse:
    """Short texts to read or print: summaries, the methods, the magazine, for the press."""
    every = selectors.publications(frame.language())
    return frame.page(
        request,
        "book/publications.html",
        title=_("To take along"),
        description=_(
            "The book in short, the two methods on two pages, a magazine, and a text for the press."
        ),
        context={
            "groups": [
                (code, heading, [each for each in every if each.kind == code]) for code, heading in HEADINGS
            ]
        },
    )


@require_safe
@public_page
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    """One text to take along."""
    found = selectors.publication(frame.language(), slug)
    if found is None:
        raise Http404
    frame.paired(request, found, section="book:publications")
    return _text(request, found, section=_("To take along"), view="book:publications")


@require_safe
@public_page
def news(request: HttpRequest) -> HttpResponse:
    """The news, newest first."""
    return frame.page(
        request,
        "book/news.html",
        title=_("News"),
        description=_("What is new on this website."),
        context={"texts": selectors.news(frame.language(), count=50)},
    )


@require_safe
@public_page
def news_item(request: HttpRequest, slug: str) -> HttpResponse:
    """One news item."""
    found = selectors.news_item(frame.language(), slug)
    if found is None:
        raise Http404
    frame.paired(request, found, section="book:news")
    return _text(request, found, section=_("News"), view="book:news")


def _text(request: HttpRequest, found: Text, *, section: str, view: str) -> HttpResponse:
    return frame.page(
        request,
        "book/prose.html",
        title=found.head.title,
        description=found.head.intro,
        context={
            "text": found,
            "day": getattr(found.head, "date", None),
            "section": section,
            "section_view": view,
            "headings": frame.headings(found.body),
        },
    )


@require_safe
@public_page
def tips(request: HttpRequest) -> HttpResponse:
    """Tips from practice, all or `?voor=employers`."""
    base = reverse("book:tips")
    every = selectors.tips(frame.language())
    reader = request.GET.get("voor", "")
    shown = [tip for tip in every if reader in tip.readers] if reader in dict(words.READERS) else every
    choices = [
        shapes.Choice(
            code,
            capfirst(str(label)),
            sum(code in tip.readers for tip in every),
            base if code == reader else f"{base}?voor={code}",
            code == reader,
        )
        for code, label in words.READERS
    ]
    return frame.page(
        request,
        "book/tips.html",
        title=_("Tips from practice"),
        description=_("Small things that somebody did. Perhaps you can, tomorrow."),
        context={
            "tips": shown,
            "choices": [choice for choice in choices if choice.count],
            "found": ngettext("%(count)s tip", "%(count)s tips", len(shown)) % {"count": len(shown)},
        },
    )
