"""Public pages come whole from memory for anonymous readers, and from nowhere else."""

from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from mmm.foundation.public import edition, raise_edition

pytestmark = [pytest.mark.urls("tests.foundation.urls_cellar"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _no_pages_of_other_tests() -> None:
    cache.clear()


def body(client: Client, path: str = "/about/", **extra: Any) -> bytes:
    return client.get(path, **extra).content


def test_second_reader_gets_the_kept_page_for_one_query(
    client: Client, django_assert_num_queries: Any
) -> None:
    first = client.get("/about/")
    with django_assert_num_queries(1):
        second = Client().get("/about/")
    assert second.content == first.content
    assert second["ETag"] == first["ETag"]
    assert second["Cache-Control"] == first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert first.get("Vary") == second.get("Vary") == "Accept-Language"
    assert not second.cookies


def test_reader_who_has_the_page_gets_304(client: Client) -> None:
    etag = client.get("/about/")["ETag"]
    again = client.get("/about/", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "public, max-age=0, must-revalidate"
    raise_edition()
    assert client.get("/about/", headers={"If-None-Match": etag}).status_code == 200


def test_new_edition_ends_every_kept_page(client: Client) -> None:
    first = body(client)
    raise_edition()
    assert body(client) != first


def test_edition_that_is_rolled_back_never_was(client: Client) -> None:
    raise_edition()
    before, first = edition(), body(client)
    with transaction.atomic():
        raise_edition()
        body(client)
        transaction.set_rollback(True)
    assert edition() == before
    assert body(client) == first


def test_each_language_and_host_has_its_own_page(client: Client) -> None:
    assert body(client).startswith(b"nl")
    assert body(client, "/en/about/").startswith(b"en")
    assert body(client).startswith(b"nl")
    assert body(client, headers={"Accept-Language": "en"}).startswith(b"nl")
    assert body(client) != body(client, SERVER_NAME="localhost")


def test_reader_with_a_session_never_gets_a_kept_page(client: Client) -> None:
    first = body(client)
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    answer = client.get("/about/")
    assert answer.content != first
    assert answer["Cache-Control"] == "no-store"
    assert body(Client()) == first


def test_question_in_the_address_and_other_methods_pass_by(client: Client) -> None:
    first = body(client)
    assert body(client, "/about/?page=2") != first
    assert client.post("/about/").content != first
    assert client.get("/about/?page=2")["Cache-Control"] == "no-store"
    assert client.head("/about/")["ETag"] == client.get("/about/")["ETag"]


@pytest.mark.parametrize("said", [{"X-Status": "404"}, {"X-Cookie": "1"}, {"X-Session": "1"}])
def test_answer_for_one_reader_is_not_kept(client: Client, said: dict[str, str]) -> None:
    answer = client.get("/about/", headers=said)
    assert answer["Cache-Control"] == "no-store"
    assert Client().get("/about/").content != answer.content


def test_page_with_a_form_is_not_kept(client: Client) -> None:
    answer = client.get("/public-form/")
    assert answer["Cache-Control"] == "no-store"
    assert answer.content != Client().get("/public-form/").content


def test_pages_that_are_not_public_cost_no_query(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        client.get("/who/")
