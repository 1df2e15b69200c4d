"""What the pages of the public site have in common: their language, their pair, their headings."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mmm.book.rows import Text
from mmm.design import alternates

_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>')
MANY_HEADINGS = 4  # from here on a page says first what is on it


def language() -> str:
    """ "nl" or "en": the language of this request."""
    return "en" if get_language() == "en" else "nl"


def page(
    request: HttpRequest, template: str, *, title: str, description: str, context: Mapping[str, Any]
) -> HttpResponse:
    """A page with its title and description, which also stand on cards where somebody shares a link."""
    return render(request, template, {"title": title, "description": description, **context})


def numbered(title: str, number: int) -> str:
    """The title of part `number` of a list: from the second on, tabs and bookmarks can be told apart."""
    return title if number == 1 else _("%(title)s, page %(number)s") % {"title": title, "number": number}


def paired(request: HttpRequest, text: Text, *, section: str) -> None:
    """Say where this text is in the other language; `section`: the view to go to when it is not there."""
    alternates.pair(request, text.alternates, section=section)


def headings(body: str) -> list[tuple[str, str]]:
    """Anchor and words of each heading of a long text; empty when there are few."""
    found = [(anchor, unescape(strip_tags(words))) for anchor, words in _HEADING.findall(body)]
    return found if len(found) >= MANY_HEADINGS else []
