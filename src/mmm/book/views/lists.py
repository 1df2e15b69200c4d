"""Pages that show what stands in lists: words explained, rules with a date, where to find help."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from mmm.book import selectors, words
from mmm.book.views import frame
from mmm.content import selectors as content
from mmm.design import shapes
from mmm.foundation.public import public_page


@require_safe
@public_page
def glossary(request: HttpRequest) -> HttpResponse:
    """Words explained, by letter."""
    terms = content.glossary(frame.language())
    return frame.page(
        request,
        "book/glossary.html",
        title=_("Words explained"),
        description=_("Words that you often hear, in plain language."),
        context={"letters": [(k, list(each)) for k, each in groupby(terms, lambda t: t.term[0].upper())]},
    )


@require_safe
@public_page
def dated(request: HttpRequest) -> HttpResponse:
    """Rules of others that still hold, with source and date; all or `?voor=employers`."""
    base = reverse("book:dated")
    every = content.dated(frame.language())
    reader = request.GET.get("voor", "")
    shown = [entry for entry in every if entry.about == reader] if reader in dict(words.READERS) else every
    choices = [
        shapes.Choice(
            code,
            capfirst(str(label)),
            sum(entry.about == code for entry in every),
            base if code == reader else f"{base}?voor={code}",
            code == reader,
        )
        for code, label in words.READERS
    ]
    return frame.page(
        request,
        "book/dated.html",
        title=_("Rules and schemes"),
        description=_("Rules of others, each with its source and the day on which somebody checked it."),
        context={
            "entries": shown,
            "choices": [choice for choice in choices if choice.count],
            "found": ngettext("%(count)s rule", "%(count)s rules", len(shown)) % {"count": len(shown)},
        },
    )


@require_safe
@public_page
def help_page(request: HttpRequest) -> HttpResponse:
    """Help: danger first, then who answers, then questions about this website."""
    found = selectors.prose(frame.language(), key="hulp")
    if found is None:
        raise Http404
    return frame.page(
        request,
        "book/help.html",
        title=found.head.title,
        description=found.head.intro,
        context={
            "text": found,
            "lines": content.help_lines(frame.language()),
            "headings": frame.headings(found.body),
        },
    )
