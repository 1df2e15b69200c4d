"""A stolen database is no way into anybody's session."""

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from mmm.accounts.actors import Actor
from mmm.accounts.models import Session
from mmm.foundation import clock
from tests import cast
from tests.accounts.doors import post
from tests.accounts.paper import join_by_letter, letter

pytestmark = pytest.mark.django_db


def test_the_key_in_the_cookie_stands_nowhere_in_the_database() -> None:
    client = cast.client_of(cast.person())
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.get("/mijn-verhaal/").status_code == 200
    row = Session.objects.get()
    assert key not in {row.session_key, row.session_data}
    client.cookies[settings.SESSION_COOKIE_NAME] = row.session_key
    assert client.get("/mijn-verhaal/").status_code == 302


def stays(client: Client, page: str, *, every: dt.timedelta, until: dt.timedelta) -> dt.timedelta:
    """How long somebody who opens this page so often is let in; at most `until`."""
    passed = dt.timedelta()
    while passed < until:
        with clock.moved(passed):
            if client.get(page).status_code == 302:
                return passed
        passed += every
    return passed


MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


def test_somebody_who_is_here_every_day_signs_in_again_after_thirty_days() -> None:
    client = cast.client_of(cast.person())
    assert 30 * DAY - 6 * HOUR <= stays(client, "/mijn-verhaal/", every=6 * HOUR, until=40 * DAY) <= 30 * DAY


@pytest.mark.parametrize("who", ["professional", "coordinator"])
def test_somebody_at_work_signs_in_again_after_twelve_hours(who: str) -> None:
    actor: Actor = cast.professional() if who == "professional" else cast.coordinator()
    page = "/met-mij-gedeeld/" if who == "professional" else "/regio-beheer/"
    stayed = stays(cast.client_of(actor), page, every=40 * MINUTE, until=DAY)
    assert 12 * HOUR - 40 * MINUTE <= stayed <= 12 * HOUR + 40 * MINUTE


def test_on_a_shared_device_twelve_hours_are_the_most(client: Client) -> None:
    join_by_letter(client, letter(), shared="yes")
    stayed = stays(client, reverse("accounts:mine"), every=9 * MINUTE, until=DAY)
    assert 12 * HOUR - 9 * MINUTE <= stayed <= 12 * HOUR + 9 * MINUTE


def test_who_signed_in_days_ago_as_oneself_signs_in_again_for_work() -> None:
    actor = cast.professional()
    client = cast.client_of(Actor(actor.user))
    client.get("/mijn-verhaal/")
    session = client.session
    session["since"] = clock.now().isoformat()
    session.save()
    with clock.moved(11 * HOUR):
        assert client.get("/mijn-verhaal/").status_code == 200
    with clock.moved(20 * HOUR):
        assert client.get("/mijn-verhaal/").status_code == 200
        post(client, "accounts:role", {"role": actor.role.key})
        assert client.get("/met-mij-gedeeld/").status_code == 302
