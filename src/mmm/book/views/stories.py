"""Stories: the list with its filters, and one story."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mmm.book import cards, given, selectors
from mmm.book.views import frame
from mmm.foundation import paging
from mmm.foundation.public import public_page

SIZE = 24
AUD = {"worker": "aud-1", "employer": "aud-3"}


@require_safe
@public_page
def stories(request: HttpRequest) -> HttpResponse:
    """All stories, or those that fit what is asked: `?over=limits&verteller=employer&werk=retail`.

    First those that real people gave, the newest at the top; only those on this page are opened.
    """
    base, language = reverse("book:stories"), frame.language()
    every, real = selectors.stories(language), given.count(language)
    facets = [given.FACETS] * real + [cards.facets(story) for story in every]
    chosen = cards.Chosen.read(request.GET.dict())
    fitting = [story for story in every if chosen.fits(cards.facets(story))]
    ahead = real if chosen.fits(given.FACETS) else 0
    number = paging.number_from(request.GET.get("bladzijde"))
    first, last = (number - 1) * SIZE, number * SIZE
    of_people = given.stories(language, first=first, limit=max(0, min(last, ahead) - first))
    shown = fitting[max(0, first - ahead) : max(0, last - ahead)]
    before = chosen.url(base, bladzijde=str(number - 1)) if number > 1 else ""
    after = chosen.url(base, bladzijde=str(number + 1)) if last < ahead + len(fitting) else ""
    if before and not chosen.codes and (of_people or shown):
        request.known_as = chosen.url(base, bladzijde=str(number))  # type: ignore[attr-defined]
    found = cards.found(ahead + len(fitting), chosen)
    return frame.page(
        request,
        "book/stories.html",
        title=frame.numbered(found if chosen.codes else _("Stories"), number),
        description=_("Stories of people who work or look for work, and of employers."),
        context={
            "filters": cards.filters(facets, chosen, base),
            "found": found,
            "given": bool(of_people),
            "cards": [*map(cards.given_card, of_people), *map(cards.card, shown)],
            "pages": {"several": bool(before or after), "before": before, "after": after},
        },
    )


@require_safe
@public_page
def story(request: HttpRequest, slug: str) -> HttpResponse:
    """One story: what it is about first, then the text, what a professional learned, more like it."""
    found = selectors.story(frame.language(), slug)
    if found is None:
        raise Http404
    frame.paired(request, found, section="book:stories")
    base = reverse("book:stories")
    themes = [(capfirst(cards.label_of("over", code)), f"{base}?over={code}") for code in found.story.themes]
    return frame.page(
        request,
        "book/story.html",
        title=found.story.title,
        description=found.story.intro,
        context={
            "story": found.story,
            "body": found.body,
            "told": cards.TELLS[found.story.told_by],
            "aud": AUD[found.story.told_by],
            "subjects": themes,
            "cards": [cards.card(each) for each in found.related],
        },
    )
