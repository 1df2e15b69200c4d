"""What editors look at beside their texts: rules that run out, pairs of languages, links to nowhere."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from wagtail.models import Page

from mmm.content import body
from mmm.content.models import TextPage
from mmm.content.selectors import Stale, going_stale
from mmm.foundation import clock


@dataclass(frozen=True, slots=True)
class StaleLine:
    """A rule or help line, and where to look after it."""

    line: Stale
    hidden: bool
    address: str


def stale() -> list[StaleLine]:
    """What hides within a month, or is hidden; the oldest first."""
    return [
        StaleLine(
            line=each,
            hidden=each.expires_on < clock.today(),
            address=reverse(f"wagtailsnippets_content_{each.kind}:edit", args=[each.id]),
        )
        for each in going_stale()
    ]


@dataclass(slots=True)
class Half:
    """A text in one language."""

    title: str
    address: str
    live: bool
    draft: bool


@dataclass(slots=True)
class Pair:
    """A text in both languages; a missing half is None. `behind`: the Dutch is newer than the English."""

    halves: dict[str, Half] = field(default_factory=dict)
    behind: bool = False

    @property
    def nl(self) -> Half | None:
        """Dutch."""
        return self.halves.get("nl")

    @property
    def en(self) -> Half | None:
        """English."""
        return self.halves.get("en")

    @property
    def complete(self) -> bool:
        """Both published, the English not older."""
        both = [self.nl, self.en]
        return all(half is not None and half.live for half in both) and not self.behind


def pairs() -> list[Pair]:
    """Every text, Dutch and English beside each other; what is not complete comes first. One query."""
    found: dict[Any, Pair] = defaultdict(Pair)
    times: dict[Any, dict[str, Any]] = defaultdict(dict)
    rows = Page.objects.filter(depth__gte=4).order_by("path")
    for row in rows.values(
        "pk",
        "title",
        "live",
        "has_unpublished_changes",
        "translation_key",
        "locale__language_code",
        "last_published_at",
    ):
        key, language = row["translation_key"], row["locale__language_code"]
        address = reverse("wagtailadmin_pages:edit", args=[row["pk"]])
        found[key].halves[language] = Half(row["title"], address, row["live"], row["has_unpublished_changes"])
        times[key][language] = row["last_published_at"]
    for key, pair in found.items():
        dutch, english = times[key].get("nl"), times[key].get("en")
        # Texts that were loaded together differ by moments.
        pair.behind = bool(dutch and english and (dutch - english).total_seconds() > 3600)
    return sorted(found.values(), key=lambda pair: pair.complete)


@dataclass(frozen=True, slots=True)
class Broken:
    """Links of one text that lead nowhere."""

    title: str
    address: str
    links: int


def broken_links() -> list[Broken]:
    """Texts with a link to a page that is gone or not published. A query for each kind of page, and one.

    Pages of others on the web are not asked: that would tell them who we are, and slow this page.
    """
    pages = list(_texts())
    wanted = {each for page in pages for each in body.linked(page.body.raw_data)}
    there = set(Page.objects.filter(pk__in=wanted, live=True).values_list("pk", flat=True))
    found = []
    for page in pages:
        gone = len(body.linked(page.body.raw_data) - there) + body.empty_links(page.body.raw_data)
        if gone:
            found.append(Broken(page.title, reverse("wagtailadmin_pages:edit", args=[page.pk]), gone))
    return found


def _texts() -> Iterator[Any]:
    for kind in TextPage.__subclasses__():
        yield from kind.objects.filter(live=True).only("title", "body")
