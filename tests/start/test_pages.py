import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from mmm.start import errors

PAGES = ["/", "/jouw-gegevens/", "/toegankelijkheid/", "/over-ons/"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_kept_pages() -> None:
    cache.clear()


@pytest.mark.parametrize("url", [*PAGES, *("/en" + url for url in PAGES)])
def test_public_page_opens_and_holds_nothing_of_the_reader(client: Client, url: str):
    answer = client.get(url)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'method="post"' not in html
    assert "csrfmiddlewaretoken" not in html
    assert not answer.cookies
    assert "0800-0113" in html


@pytest.mark.parametrize("url", PAGES)
def test_public_page_has_nothing_inline(client: Client, url: str):
    html = client.get(url).content.decode()
    assert not re.search(r"<style|<script(?![^>]*src=)|\sstyle=|\son\w+=", html)


@pytest.mark.parametrize("url", [*PAGES, *("/en" + url for url in PAGES)])
def test_no_dead_links(client: Client, url: str):
    html = client.get(url).content.decode()
    links = {link for link in re.findall(r'href="(/[^"#]*)"', html) if not link.startswith("/static/")}
    assert {link for link in links if client.get(link).status_code != 200} == set()
    assert 'href="#"' not in html


def test_home_stands_without_any_region(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("mmm.start.regions.tiles", list)
    html = client.get("/").content.decode()
    assert 'id="regio"' not in html


def test_retention_on_the_page_is_what_the_house_does(client: Client):
    from mmm.foundation.retention import rule

    html = client.get("/en/jouw-gegevens/").content.decode()
    for name in ("look log", "ended grants", "unfinished shares", "delivered messages"):
        assert f"<td>{rule(name).shown}</td>" in html


@pytest.mark.parametrize("url", PAGES)
def test_both_languages_say_the_same_amount(client: Client, url: str):
    def shape(html: str) -> list[str]:
        return re.findall(r"<(h[1-6]|li|p|section)\b", html)

    assert shape(client.get(url).content.decode()) == shape(client.get("/en" + url).content.decode())


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (errors.bad_request, 400),
        (errors.forbidden, 403),
        (errors.not_found, 404),
        (errors.server_error, 500),
        (errors.unavailable, 503),
    ],
)
def test_error_page_needs_no_database(rf, django_assert_num_queries, view, status: int):
    with django_assert_num_queries(0):
        answer = view(rf.get("/"))
    assert answer.status_code == status
    assert "0800-0113" in answer.content.decode()


def test_too_many_says_when_it_works_again(rf):
    answer = errors.too_many(rf.post("/"), timezone.now() + dt.timedelta(seconds=150))
    assert answer.status_code == 429
    assert 149 <= int(answer["Retry-After"]) <= 151
    assert "3 minu" in answer.content.decode()


@pytest.mark.parametrize("view", [errors.csrf_failure, errors.server_error, errors.unavailable])
def test_words_come_back_when_a_form_fails(rf, view):
    words = "Ik wil graag bakken.\n<b>Echt</b>"
    answer = view(rf.post("/", {"text": words, "csrfmiddlewaretoken": "not for you", "once": "a b"}))
    html = answer.content.decode()
    assert "Ik wil graag bakken.\n&lt;b&gt;Echt&lt;/b&gt;" in html
    assert "not for you" not in html


def test_design_page_shows_every_state(client: Client):
    html = client.get("/design/?scheme=dark&dir=rtl").content.decode()
    assert 'dir="rtl" data-scheme="dark"' in html
    assert "error-summary" in html


def test_page_names_itself_in_both_languages(client: Client):
    html = client.get("/over-ons/").content.decode()
    assert re.search(r'rel="canonical" href="http[^"]+/over-ons/"', html)
    assert re.search(r'rel="alternate"\s+hreflang="en"\s+href="http[^"]+/en/over-ons/"', html)
    assert re.search(r'rel="alternate"\s+hreflang="nl"\s+href="http[^"]+/over-ons/"', html)


def test_social_card_is_a_picture_of_our_own(client: Client):
    html = client.get("/").content.decode()
    address = re.search(r'property="og:image"\s+content="https?://[^/]+(/static/[^"]+)"', html)
    assert address is not None


def test_who_asks_for_a_page_that_is_not_there_in_this_language_reads_so(client: Client):
    assert "nog niet in deze taal" in client.get("/over-ons/?niet-vertaald=1").content.decode()
    assert "nog niet in deze taal" not in client.get("/over-ons/").content.decode()
