"""Stories that real people gave, beside the shipped ones. What is public is asked of `stories` each time.

Themes and kinds of work are not theirs: nobody was asked for them. So they answer to who tells, and to no
other filter.
"""

from typing import Final

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import Truncator

from mmm.book.rows import Facets, GivenStory
from mmm.stories import selectors

FACETS: Final = Facets(told_by="worker")
OPENING: Final = 22  # words of a story on its card


def count(language: str) -> int:
    """How many there are in this language. One query."""
    return selectors.count_published(language)


def stories(language: str, *, first: int = 0, limit: int | None = None) -> list[GivenStory]:
    """Those that are public now, newest first. No query when none is asked for, else two."""
    if limit == 0:
        return []
    return [
        _given(story) for story in selectors.published_offers(language=language, first=first, limit=limit)
    ]


def _given(story: selectors.PublicStory) -> GivenStory:
    words = story.words
    return GivenStory(
        slug=story.slug,
        address=_address(story.slug, story.language),
        title=words.title,
        opening="" if words.note else Truncator(words.text).words(OPENING, truncate=" …"),
        told_by=words.told_by,
        note=words.note,
        minutes=words.minutes,
        published=timezone.localdate(story.published_at),
    )


def _address(slug: str, language: str) -> str:
    with translation.override(language):
        return reverse("stories:given_story", args=[slug])
