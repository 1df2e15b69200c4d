"""What machines read: feeds of stories and news, the map of the site."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from mmm.book import given, places, selectors
from mmm.book.addresses import in_language
from mmm.book.rows import GivenStory, Head
from mmm.book.views import frame
from mmm.foundation.public import public_page

FEED_SIZE = 30
# Views of the public site that are there in both languages.
FIXED = (
    "start:home",
    "book:for_workers",
    "book:for_professionals",
    "book:for_employers",
    "book:stories",
    "book:professions",
    "book:contents",
    "book:publications",
    "book:recommendations",
    "book:tips",
    "book:news",
    "book:glossary",
    "book:dated",
    "book:help",
    "region:regions",
    "start:your_data",
    "start:accessibility",
    "start:about",
)


# What robots leave alone, by the beginning of its path: what is one's own, work, forms. All of it says
# "noindex" or asks who one is as well. Given stories are not here: a robot must open them to read theirs.
NOT_FOR_ROBOTS = (
    "brief/",
    "brief-lezen/",
    "delen/",
    "doorgegeven/",
    "gewist/",
    "herstel/",
    "inloggen/",
    "instellingen/meldingen/",
    "meedoen/welkom/",
    "meedoen/zonder-mail/",
    "meldingen/",
    "melden/",
    "met-mij-gedeeld/",
    "mijn-antwoorden/",
    "mijn-gegevens/",
    "mijn-verhaal/",
    "mijn-werk/",
    "pauze/",
    "regio-beheer/",
    "rol/",
    "tweede-stap/",
    "uitgelogd/",
    "uitloggen/",
    "uitnodiging/",
    "weg/",
    "wie-doet-wat/",
    "wie-las-wat/",
    "wie-mag-lezen/",
    "zoeken/?q=",
)
ONCE_FOR_ROBOTS = ("demo/", "healthz", "readyz", "redactie/")  # the same in every language


@require_safe
@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read (RFC 9309): every public page, no question to the search page, nobody's own."""
    paths = [f"/{path}" for path in ONCE_FOR_ROBOTS]
    paths += [in_language(f"/{path}", code) for code, _name in settings.LANGUAGES for path in NOT_FOR_ROBOTS]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in paths), ""]
    lines += [f"Sitemap: {settings.BASE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@public_page
def stories_feed(request: HttpRequest) -> HttpResponse:
    """The stories as an Atom feed (RFC 4287), the newest first.

    Of one that somebody gave only title and address: a reader of feeds keeps what it was sent.
    """
    language = frame.language()
    entries = [_entry(each, each.published) for each in selectors.stories(language)]
    entries += map(_given_entry, given.stories(language, limit=FEED_SIZE))
    entries.sort(key=lambda each: each.day, reverse=True)
    return _feed(_("Stories"), reverse("book:stories"), entries[:FEED_SIZE])


@require_safe
@public_page
def news_feed(request: HttpRequest) -> HttpResponse:
    """The news as an Atom feed (RFC 4287), the newest first."""
    found = selectors.news(frame.language(), count=FEED_SIZE)
    return _feed(_("News"), reverse("book:news"), [_entry(each, each.date) for each in found])


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a feed. `key` outlives a new title or address."""

    key: str
    title: str
    address: str
    words: str
    day: dt.date


def _entry(head: Head, day: dt.date) -> Entry:
    return Entry(str(head.id), head.title, head.address, head.intro, day)


def _given_entry(story: GivenStory) -> Entry:
    words = _("Given by somebody real")
    return Entry(story.slug, story.title, story.address, words, story.published)


def _feed(title: str, page: str, entries: Sequence[Entry]) -> HttpResponse:
    site = settings.BASE_URL
    feed = Atom1Feed(
        title=f"{title} - Mensen met Mogelijkheden",
        link=site + page,
        description=None,
        language=frame.language(),
        feed_url=f"{site}{page}feed.xml",
        author_name="Mensen met Mogelijkheden",
    )
    for entry in entries:
        at = timezone.make_aware(dt.datetime.combine(entry.day, dt.time(9)))
        feed.add_item(
            title=entry.title,
            link=site + entry.address,
            description=entry.words,
            unique_id=f"{site}/#{entry.key}",
            pubdate=at,
            updateddate=at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@require_safe
@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page in both languages, by the rules of sitemaps.org.

    Without the stories that people gave: they may be taken back, and what a robot kept stays.
    """
    lines = [f"<url><loc>{escape(settings.BASE_URL + path)}</loc></url>" for path in _fixed()]
    fixed = {*_fixed()}
    lines += [
        f"<url><loc>{escape(settings.BASE_URL + path)}</loc><lastmod>{changed.isoformat()}</lastmod></url>"
        for path, changed in places.everywhere()
        if path not in fixed
    ]
    space = quoteattr("http://www.sitemaps.org/schemas/sitemap/0.9")
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns={space}>\n'
        + "\n".join(lines)
        + "\n</urlset>\n"
    )
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


def _fixed() -> Iterable[str]:
    for code, _name in settings.LANGUAGES:
        with override(code):
            yield from map(reverse, FIXED)
