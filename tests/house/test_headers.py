"""The same protection on every answer, whatever went wrong."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from mmm.config import urls as real

PROTECTION = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
)


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


urlpatterns = [path("stuk/", broken), *real.urlpatterns]
handler400, handler403, handler404, handler500 = (
    real.handler400,
    real.handler403,
    real.handler404,
    real.handler500,
)


def protection(response: HttpResponse) -> dict[str, str | None]:
    return {name: response.headers.get(name) for name in PROTECTION}


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status"),
    [("/", 200), ("/en/", 200), ("/healthz", 200), ("/inloggen/", 200), ("/bestaat-niet/", 404),
     ("/en/bestaat-niet/", 404), ("/stuk/", 500), ("/mijn-verhaal/", 302)],
)  # fmt: skip
def test_every_answer_has_the_same_protection(address: str, status: int) -> None:
    client = Client(raise_request_exception=False)
    answer = client.get(address)
    assert answer.status_code == status
    found = protection(answer)
    assert found == protection(client.get("/"))
    assert None not in found.values()


@pytest.mark.django_db
def test_policy_lets_nothing_in_from_elsewhere_and_nothing_inline() -> None:
    policy = Client().get("/").headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if rule.strip())
    assert rules["default-src"] == "'none'"
    assert {value for name, value in rules.items() if name.endswith("-src")} <= {"'none'", "'self'"}
    assert rules["frame-ancestors"] == "'none'"
    assert rules["base-uri"] == "'none'"


@pytest.mark.django_db
def test_refused_form_has_the_same_protection() -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answer = client.post("/inloggen/", {"email": "x@mmm.example"})
    assert answer.status_code in {400, 403}
    assert protection(answer) == protection(client.get("/"))


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/inloggen/", "/bestaat-niet/", "/mijn-verhaal/", "/healthz"])
def test_what_is_not_public_is_stored_nowhere(address: str) -> None:
    assert "no-store" in Client().get(address).headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "header", [{"HTTP_SEC_PURPOSE": "prefetch"}, {"HTTP_PURPOSE": "prefetch"}, {"HTTP_X_MOZ": "prefetch"}]
)
def test_prefetch_gets_nothing(header: dict[str, str]) -> None:
    assert Client().get("/mijn-verhaal/", **header).status_code == 503  # type: ignore[arg-type]
