"""What the public site puts on the front page."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from mmm.book import cards, chain, selectors
from mmm.book.views import frame

EMPTY = SafeString("")


def stories(request: HttpRequest) -> SafeString:
    """Three stories: the first ones, of which at least one is told by an employer. One query."""
    every = selectors.stories(frame.language())
    if not every:
        return EMPTY
    shown = every[:3]
    if all(story.told_by == "worker" for story in shown):
        shown[2:] = [story for story in every if story.told_by == "employer"][:1] or shown[2:]
    return render_to_string("book/home/stories.html", {"cards": [cards.card(story) for story in shown]})


def professions(request: HttpRequest) -> SafeString:
    """The way to the page of one's profession. No query."""
    return render_to_string("book/home/professions.html", {"groups": chain.all_links()})


def book(request: HttpRequest) -> SafeString:
    """The way to the book, below the five steps that it is about. No query."""
    return render_to_string("book/home/book.html")


def news(request: HttpRequest) -> SafeString:
    """The two newest items. One query."""
    texts = selectors.news(frame.language(), count=2)
    return render_to_string("book/home/news.html", {"texts": texts}) if texts else EMPTY
