"""What somebody searches for stays with them: not in a log, a table, a cache, a title or another site."""

import io
import logging

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client

from tests import guards
from tests.content.conftest import Pages, page

pytestmark = pytest.mark.django_db
SECRET = "zeldzaamgeheim"


def test_it_is_written_and_logged_nowhere(client: Client, pages: Pages) -> None:
    pages.tell(page("a", "Droom"))
    cache.clear()
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    root = logging.getLogger()
    root.addHandler(handler)
    before = root.level
    root.setLevel(logging.INFO)
    try:
        with guards.no_writes(), guards.questions() as asked:
            answer = client.get("/zoeken/", {"q": SECRET})
            client.get("/zoeken/", {"q": SECRET, "bladzijde": "2", "voor": "worker"})
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
    assert len(asked)
    assert SECRET not in heard.getvalue()
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies
    kept = getattr(cache, "_cache", {})
    assert SECRET not in repr(kept)
    for alias in connections:
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                if table.startswith(("search_", "limits_", "accounts_session")):
                    cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
                    assert SECRET not in repr(cursor.fetchall())


def test_it_is_in_no_title_and_goes_along_to_no_other_page(client: Client, pages: Pages) -> None:
    pages.tell(page("a", "Droom een"), page("b", "Droom twee", audiences=["worker"]))
    text = client.get("/zoeken/", {"q": "droom"}).content.decode()
    assert "<title>Zoeken - Mensen met Mogelijkheden</title>" in text
    assert 'content="noindex, noarchive"' in text
    links = text.split("<ol class")[1].split("</main>")[0].split("<a ")[1:]
    assert links
    assert all('referrerpolicy="no-referrer"' in link.split(">")[0] for link in links)
    assert 'autocomplete="off"' in text
    assert "<script" not in text


def test_the_page_without_a_question_is_kept_and_with_one_is_not(client: Client, pages: Pages) -> None:
    pages.tell(page("a", "Droom"))
    assert "public" in client.get("/zoeken/").headers["Cache-Control"]
    assert client.get("/zoeken/").headers["ETag"]
    assert "no-store" in client.get("/zoeken/?q=droom").headers["Cache-Control"]
