"""The public site as a visitor sees it: the shipped texts, through the doors."""

import datetime as dt
import itertools
import re
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from mmm.book import selectors
from mmm.content import selectors as content
from mmm.design import pictures
from mmm.foundation import clock
from tests.house.table import OK, ROWS

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
SECTIONS = [
    "/verhalen/",
    "/inspiratieboek/",
    "/om-mee-te-nemen/",
    "/beroepen/",
    "/voor-werkzoekenden/",
    "/voor-professionals/",
    "/voor-werkgevers/",
    "/aanbevelingen/",
    "/tips/",
    "/nieuws/",
    "/woordenlijst/",
    "/regels-en-regelingen/",
    "/hulp/",
]


@pytest.fixture(autouse=True)
def no_kept_pages() -> None:
    cache.clear()


def read(client: Client, path: str) -> str:
    """The page at this address."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def texts(language: str) -> list[str]:
    """The address of every text of the public site."""
    heads = [
        *selectors.stories(language),
        *selectors.chapters(language),
        *selectors.professions(language),
        *selectors.publications(language),
        *selectors.proses(language),
        *selectors.news(language),
    ]
    return [head.address for head in heads]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_text_opens_and_no_link_is_dead(client: Client, language: str):
    prefix = "" if language == "nl" else "/en"
    seen: dict[str, int] = {}
    for path in [*(prefix + each for each in SECTIONS), *texts(language), f"{prefix}/"]:
        html = read(client, path)
        assert not re.search(r"<style|<script(?![^>]*src=)|\sstyle=|\son\w+=", html), path
        for link in re.findall(r'href="(/[^"#]*)', html):
            address = link.replace("&amp;", "&")
            if not address.startswith("/static/") and address not in seen:
                seen[address] = client.get(address, follow=True).status_code  # a private one asks to sign in
    assert len(seen) > 60
    assert {link: status for link, status in seen.items() if status != 200} == {}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_link_within_a_page_leads_somewhere(client: Client, language: str):
    prefix = "" if language == "nl" else "/en"
    for path in [*(prefix + each for each in SECTIONS), *texts(language)]:
        html = read(client, path)
        ids = set(re.findall(r'\bid="([^"]+)"', html))
        assert set(re.findall(r'href="#([^"]+)"', html)) <= ids, path


def test_story_says_what_it_is_and_what_it_is_about_before_the_text(client: Client):
    story = next(each for each in selectors.stories("nl") if each.note)
    html = read(client, story.address)
    label, note, text = (
        html.index(words) for words in ("Voorbeeldverhaal", story.note, 'itemprop="articleBody"')
    )
    assert label < note < text
    assert f"{story.minutes} minuten lezen" in html or "1 minuut lezen" in html


def test_card_shows_what_a_story_is_about_and_how_long_it_takes(client: Client):
    html = read(client, "/verhalen/")
    for story in selectors.stories("nl"):
        card = html[html.index(f'href="{story.address}"') :].split("</li>")[0]
        assert story.note in card
        assert "lezen" in card


def test_no_two_neighbours_in_the_list_stand_in_like_places():
    drawn = [pictures.plan(story.key, story.sector).place for story in selectors.stories("nl")]
    assert len(drawn) > 10
    assert all(one != other for one, other in itertools.pairwise(drawn))


def test_visitor_filters_stories_by_an_address_and_reads_how_many(client: Client):
    wanted = [
        story for story in selectors.stories("nl") if "limits" in story.themes and story.told_by == "worker"
    ]
    html = read(client, "/verhalen/?over=limits&verteller=worker")
    assert len(re.findall('class="card card-link story-card', html)) == len(wanted) > 0
    heading = re.search(r'id="gevonden">([^<]+)<', html)
    assert heading is not None
    assert re.match(rf"{len(wanted)} verhaal|{len(wanted)} verhalen", heading[1])
    assert "over je grens" in heading[1]
    assert f"<title>{heading[1].strip()} -" in re.sub(r"\s+", " ", html).replace("<title> ", "<title>")


def test_filter_counts_what_one_would_find(client: Client):
    html = read(client, "/verhalen/?verteller=employer")
    for url, count in re.findall(r'<li><a href="([^"]+)">[^<]+<span class="count">\((\d+)\)', html):
        found = read(client, url.replace("&amp;", "&"))
        assert len(re.findall('class="card card-link story-card', found)) == int(count), url


def test_filter_that_finds_nothing_says_so_and_offers_all(client: Client):
    html = read(client, "/verhalen/?over=limits&werk=ict&verteller=employer&voor=professionals")
    assert "Geen verhalen" in html
    assert "Bekijk alle verhalen" in html


@pytest.mark.parametrize(
    "query", ["over=nonsens", "over=%00", "bladzijde=abc", "bladzijde=999999", "x=" + "a" * 900]
)
def test_odd_filter_does_no_harm(client: Client, query: str):
    assert client.get(f"/verhalen/?{query}").status_code == 200


def test_filtered_list_is_not_kept_and_asks_little(client: Client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        answer = client.get("/verhalen/?over=limits")
    assert "no-store" in answer.headers["Cache-Control"]
    assert "public" in client.get("/verhalen/").headers["Cache-Control"]


def test_profession_page_has_all_one_needs_in_five_minutes(client: Client):
    for profession in selectors.professions("nl"):
        html = read(client, profession.address)
        page = selectors.profession("nl", profession.slug)
        assert page is not None
        for words in ("Stel deze ene vraag", "Laat dit", "Haal deze mens erbij", "Uw vijf minuten", "Bron:"):
            assert words in html, (profession.title, words)
        assert html.count("<strong>Minuut ") == len(page.minutes) == 5, profession.title


def test_every_profession_stands_in_the_chain(client: Client):
    html = read(client, "/beroepen/")
    listed = re.findall(r'<li><a href="(/beroepen/[a-z0-9-]+/)">', html)
    assert sorted(listed) == sorted(each.address for each in selectors.professions("nl"))
    places = [html.index(f'id="{code}"') for code in ("onderwijs", "zorg", "werk", "inkomen")]
    assert places == sorted(places)


def test_secrecy_past_its_day_is_hidden(client: Client, monkeypatch: pytest.MonkeyPatch):
    fact = selectors.profession("nl", "psychiater").secrecy[0]  # type: ignore[union-attr]
    assert fact.text.split("'")[0][:40] in read(client, "/beroepen/psychiater/")
    monkeypatch.setattr(clock, "today", lambda: fact.expires + dt.timedelta(days=1))
    cache.clear()
    assert fact.text.split("'")[0][:40] not in read(client, "/beroepen/psychiater/")


def test_rule_past_its_day_is_hidden_and_others_name_source_and_dates(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    entries = content.dated("nl")
    html = read(client, "/regels-en-regelingen/")
    assert html.count("Opgeschreven op") == html.count("Goed tot") == len(entries) > 5
    monkeypatch.setattr(clock, "today", lambda: max(e.expires_on for e in entries) + dt.timedelta(days=1))
    cache.clear()
    assert "Er is nu geen regel" in read(client, "/regels-en-regelingen/")


def test_help_begins_with_danger(client: Client):
    html = read(client, "/hulp/")
    main = html[html.index("<main") : html.index("</main>")]
    assert main.index("tel:112") < main.index("tel:113") < main.index("Hier leest niet") < main.index("<h1")
    assert "Bel 113" in " ".join(main.split())
    assert html.count('class="danger"') == 1


@pytest.mark.parametrize("path", ["/verhalen/", "/nieuws/", "/en/verhalen/", "/en/nieuws/"])
def test_feed_can_be_read_and_leads_to_pages(client: Client, path: str):
    assert f'href="{path}feed.xml"' in read(client, path)
    answer = client.get(f"{path}feed.xml")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)  # noqa: S314 - our own
    atom = {"a": "http://www.w3.org/2005/Atom"}
    links = [link.get("href", "") for link in feed.findall("a:entry/a:link", atom)]
    assert links
    assert all(client.get(re.sub(r"https?://[^/]+", "", link)).status_code == 200 for link in links)


def test_map_of_the_site_names_every_text_once(client: Client):
    answer = client.get("/sitemap.xml")
    assert answer.headers["Content-Type"].startswith("application/xml")
    named = re.findall(r"<loc>https?://[^/]+([^<]+)</loc>", answer.content.decode())
    assert len(named) == len(set(named))
    assert {*texts("nl"), *texts("en"), "/", "/en/", "/verhalen/"} <= set(named)
    assert {path for path in named if client.get(path).status_code != 200} == set()


def robots(client: Client) -> RobotFileParser:
    """What robots are told."""
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    told = RobotFileParser()
    told.parse(answer.content.decode().splitlines())
    return told


def test_robots_may_read_all_that_is_on_the_map_and_find_the_map(client: Client):
    told = robots(client)
    named = re.findall(r"<loc>https?://[^/]+([^<]+)</loc>", client.get("/sitemap.xml").content.decode())
    assert len(named) > 60
    assert [path for path in named if not told.can_fetch("*", path)] == []
    assert [urlsplit(url).path for url in told.site_maps() or []] == ["/sitemap.xml"]
    # Its "noindex" has to be read to be known.
    assert told.can_fetch("*", "/verhalen/gegeven/een-verhaal/")
    assert told.can_fetch("*", "/zoeken/")


def test_robots_leave_alone_what_is_not_for_everybody(client: Client):
    told = robots(client)
    asks_who = {row.name for row in ROWS if row.door["anonymous"] != OK}
    assert len(asks_who) > 80
    open_to_robots = {
        (code, pattern)
        for name, pattern in every_address()
        for code in ("", "/en")
        if name in asks_who and told.can_fetch("*", code + pattern)
    }
    assert open_to_robots == set()
    for path in ("/zoeken/?q=psychose", "/en/zoeken/?q=psychose", "/redactie/", "/brief-lezen/", "/herstel/"):
        assert not told.can_fetch("*", path), path


def every_address(resolver: URLResolver | None = None, space: str = "", before: str = "/"):
    """Name and path of every address of the site, with `1` for what it asks."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = before + re.sub(r"<[^>]+>", "1", str(entry.pattern))
        if isinstance(entry, URLResolver):
            if path != "/redactie/":
                yield from every_address(
                    entry, f"{space}{entry.namespace}:" if entry.namespace else space, path
                )
        else:
            yield f"{space}{entry.name}", path


@pytest.mark.parametrize(
    ("path", "locale", "other"), [("/", "nl_NL", "en_GB"), ("/en/tips/", "en_GB", "nl_NL")]
)
def test_social_card_says_the_language_with_its_land(client: Client, path: str, locale: str, other: str):
    html = read(client, path)
    assert f'property="og:locale" content="{locale}"' in html
    assert f'property="og:locale:alternate" content="{other}"' in html


def test_tab_of_the_second_part_of_a_list_says_so(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("mmm.book.views.stories.SIZE", 4)
    assert "<title>Verhalen - " in read(client, "/verhalen/")
    assert "<title>Verhalen, bladzijde 2 - " in read(client, "/verhalen/?bladzijde=2")
    assert ", page 3 - " in read(client, "/en/verhalen/?bladzijde=3").split("</title>")[0]


def known_as(client: Client, path: str) -> str:
    found = re.search(r'rel="canonical" href="https?://[^/]+([^"]+)"', read(client, path))
    assert found
    return found[1]


def test_each_part_of_a_list_is_known_by_its_own_address_and_a_filter_is_not(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("mmm.book.views.stories.SIZE", 4)
    assert known_as(client, "/verhalen/") == "/verhalen/"
    assert known_as(client, "/verhalen/?bladzijde=1") == "/verhalen/"
    assert known_as(client, "/verhalen/?bladzijde=2&van=elders") == "/verhalen/?bladzijde=2"
    assert known_as(client, "/en/verhalen/?bladzijde=3") == "/en/verhalen/?bladzijde=3"
    assert known_as(client, "/verhalen/?bladzijde=900") == "/verhalen/"
    for narrowed in ("?verteller=worker", "?verteller=worker&bladzijde=2"):
        assert known_as(client, f"/verhalen/{narrowed}") == "/verhalen/"


def test_story_leads_to_itself_in_the_other_language(client: Client):
    story = selectors.stories("nl")[0]
    pair = next(each for each in selectors.stories("en") if each.key == story.key)
    html = read(client, story.address)
    assert re.search(rf'rel="alternate"\s+hreflang="en"\s+href="https?://[^/]+{pair.address}"', html)
    assert f'href="{pair.address}"' in html


def test_story_without_a_pair_says_so_and_leads_to_the_list(client: Client, monkeypatch: pytest.MonkeyPatch):
    story = selectors.stories("nl")[0]
    monkeypatch.setattr(selectors, "_alternates", lambda row: {"nl": story.address})
    html = read(client, story.address)
    assert 'href="/en/verhalen/?niet-vertaald=1"' in html
    assert "nog niet in die taal" in html
    assert 'hreflang="en"\n' not in html.split("</head>")[0]
    assert "not there in this language yet" in read(client, "/en/verhalen/?niet-vertaald=1")


def test_story_says_what_next_before_it_offers_other_stories(client: Client):
    html = read(client, selectors.stories("nl")[0].address)
    main = html[html.index('itemprop="articleBody"') : html.index("</main>")]
    assert main.index('href="/wat-heb-jij-nodig/"') < main.index("?over=") < main.index("story-card")


def test_home_shows_three_stories_the_professions_and_the_news(client: Client):
    html = read(client, "/")
    assert html.count("card-link story-card") == 3
    assert 'href="/beroepen/#zorg"' in html
    assert selectors.news("nl")[0].title in html
    assert timezone.localdate() >= selectors.news("nl")[0].date


def test_unknown_text_is_a_404(client: Client):
    for path in (
        "/verhalen/geen/",
        "/inspiratieboek/geen/",
        "/inspiratieboek/bus/",
        "/beroepen/geen/",
        "/om-mee-te-nemen/geen/",
        "/nieuws/geen/",
        "/aanbevelingen/geen/",
        "/aanbevelingen/hulp/",
    ):
        assert client.get(path).status_code == 404
