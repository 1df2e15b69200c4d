"""The same headers on every answer; nothing private is kept; nothing is fetched ahead."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from mmm.foundation.tasks.models import Task

pytestmark = [pytest.mark.urls("tests.foundation.urls_cellar"), pytest.mark.django_db]
SECURITY = {
    "Content-Security-Policy",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Cross-Origin-Embedder-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
}
ANSWERS: dict[str, tuple[str, dict[str, Any], int]] = {
    "page": ("/who/", {}, 200),
    "form": ("/story/", {}, 200),
    "health": ("/healthz", {}, 200),
    "public page": ("/about/", {}, 200),
    "unknown address": ("/nowhere/", {}, 404),
    "unknown asset": ("/static/nowhere.css", {}, 404),
    "bad request": ("/malformed/", {}, 400),
    "strange host": ("/who/", {"SERVER_NAME": "evil.example"}, 400),
    "no right": ("/refused/", {}, 403),
    "error": ("/broken/", {}, 500),
    "fetched ahead": ("/who/", {"HTTP_SEC_PURPOSE": "prefetch"}, 503),
}


@pytest.fixture
def reader() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_answer_has_the_same_security_headers(reader: Client, answer: str) -> None:
    path, extra, status = ANSWERS[answer]
    found = reader.get(path, **extra)
    usual = reader.get("/who/")
    assert found.status_code == status
    assert {name: found.headers.get(name) for name in SECURITY} == {
        name: usual.headers[name] for name in SECURITY
    }


def test_policy_allows_nothing_inline_and_nobody_else(reader: Client) -> None:
    policy = reader.get("/who/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_browsers_name_our_own_origin_to_ourselves_only(reader: Client) -> None:
    # With "no-referrer" browsers send `Origin: null` with forms, and every POST would be refused.
    assert reader.get("/who/")["Referrer-Policy"] == "same-origin"


@override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=60)
def test_redirect_to_https_has_them_too() -> None:
    answer = Client().get("/who/")
    assert answer.status_code == 301
    assert set(answer.headers) >= SECURITY
    over_https = Client().get("/who/", secure=True, headers={"Sec-Purpose": "prefetch"})
    assert over_https["Strict-Transport-Security"].startswith("max-age=60;")


@pytest.mark.parametrize("answer", [name for name in ANSWERS if name != "public page"])
def test_private_answers_and_errors_are_kept_nowhere(reader: Client, answer: str) -> None:
    path, extra, _ = ANSWERS[answer]
    assert reader.get(path, **extra)["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "said",
    [
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Purpose": "preview"},
        {"X-Moz": "Prefetch"},
    ],
)
def test_page_fetched_ahead_is_refused_before_anything_is_touched(
    reader: Client, said: dict[str, str], django_assert_num_queries: Any
) -> None:
    reader.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    with django_assert_num_queries(0):
        answer = reader.get("/story/", headers=said)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "0"
    assert answer.content == b""
    assert not answer.cookies
    assert reader.post("/story/", headers=said).status_code == 503
    assert not Task.objects.exists()
