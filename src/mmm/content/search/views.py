"""The page on which one searches. What somebody searched for is stored nowhere and logged nowhere."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mmm.accounts import browser
from mmm.content.search import asking, calm, danger, frame, selectors
from mmm.content.search.engines.shapes import Narrowed
from mmm.content.search.marking import Marker
from mmm.content.search.words import LANGUAGES
from mmm.foundation import doors
from mmm.foundation.paging import number_from
from mmm.foundation.public import public_page

# What the three facets are called in addresses and on the page.
VALUE: Final = re.compile(r"[a-z0-9-]{1,40}")
FACETS: Final = {"soort": _("Kind of page"), "voor": _("For whom"), "thema": _("About")}


@dataclass(frozen=True, slots=True)
class Result:
    """One page that was found."""

    path: str
    title: SafeString
    piece: SafeString
    kind: str | Promise


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: how many pages have it, and the address with it chosen or, when it is, given up."""

    title: str | Promise
    count: int
    query: str
    chosen: bool


@require_safe
@public_page
def search(request: HttpRequest) -> HttpResponse:
    """`?q=` what is searched, `soort`, `voor` and `thema` narrow it, `bladzijde` is the page.

    `kies` shows what one can narrow it to. To count that costs as much as to search, so it waits to be asked.
    Without a question the page is the same for everybody and kept; with one it is made each time.
    """
    question = asking.read(request.GET.get("q", ""))
    if not question.shown:
        return frame.page(request, {"q": "", "empty": "q" in request.GET})
    language = get_language() or LANGUAGES[0]
    context: dict[str, object] = {"q": question.shown, "danger": danger.meant(question.words, language)}
    if not calm.may_search(browser.network(request)):
        response = frame.page(request, {**context, "busy": True}, status=429)
        response["Retry-After"] = str(calm.SECONDS)
        return response
    question = asking.counting(question, language)
    given = {name: value for name in FACETS if VALUE.fullmatch(value := request.GET.get(name, ""))}
    narrowed = Narrowed(
        given.get("soort", ""),
        tuple(f" {name}:{given[name]} " for name in ("voor", "thema") if name in given),
    )
    number = number_from(request.GET.get("bladzijde"))
    counted = "kies" in request.GET
    found = selectors.find(question, language, narrowed, number=number, counted=counted)
    marker = Marker(found.asked, language)
    kept: dict[str, str | int] = {"q": found.corrected or question.shown, **given}
    choose = "" if counted or found.total <= selectors.SIZE else urlencode({**kept, "kies": 1})
    kept |= {"kies": 1} if counted else {}
    context |= {
        "asked": True,
        "found": found,
        "results": [
            Result(row.path, *marker.result(row.title, row.intro, row.text), _kind(row.kind))
            for row in found.rows
        ],
        "first": (found.number - 1) * selectors.SIZE + 1,
        "choose": choose,
        "facets": list(_facets(found, given, kept)),
        "previous": urlencode({**kept, "bladzijde": found.number - 1}) if found.number > 1 else "",
        "next": urlencode({**kept, "bladzijde": found.number + 1}) if found.number < found.pages else "",
        "without": urlencode({"q": question.shown}) if given else "",
        "suggestions": [(word, urlencode({"q": word})) for word in found.suggestions],
    }
    return frame.page(request, context)


def _facets(
    found: selectors.Found, given: Mapping[str, str], kept: Mapping[str, str | int]
) -> Iterator[tuple[str | Promise, list[Choice]]]:
    """Each facet that narrows something down, or can, and its values by how many pages they have."""
    for name, title in FACETS.items():
        counts = dict(found.counts.get(name, {}))
        if name in given:
            counts = {given[name]: counts.get(given[name], 0)}
        elif len(counts) < 2:
            continue
        rest = urlencode({key: value for key, value in kept.items() if key != name})
        chosen = name in given
        yield (
            title,
            [
                # A value is letters, digits and hyphens: the same in an address.
                Choice(_titled(name, value), count, rest if chosen else f"{rest}&{name}={value}", chosen)
                for value, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
            ],
        )


def _titled(name: str, value: str) -> str | Promise:
    """What people call a value of a facet."""
    if name == "soort":
        return _kind(value)
    if name == "voor":
        return selectors.AUDIENCES.get(value, value)
    for door in doors.searchable:
        if door.themes and (title := door.themes().get(value)):
            return title
    return value


def _kind(kind: str) -> str | Promise:
    door = doors.searchable.get(kind)
    return door.title if door else kind
