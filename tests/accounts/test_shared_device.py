"""A device that others use, too: a short rest, nothing that stays in the browser."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from mmm.accounts import browser
from mmm.foundation import clock
from tests import cast
from tests.accounts.doors import code_for, join, post

pytestmark = pytest.mark.django_db
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
SAM = "sam@example.nl"


def enter(client: Client, *, shared: str) -> None:
    """Sign in by the pages, with this answer to the question about the device."""
    post(client, "accounts:sign_out")
    post(client, "accounts:sign_in", {"email": SAM})
    answer = post(client, "accounts:code", {"code": code_for(SAM), "shared": shared})
    assert answer.status_code == 302


def chosen(page: str) -> str:
    """Which answer about the device is ticked."""
    return (
        next(tag for tag in re.findall(r"<input[^>]*>", page) if "checked" in tag)
        .split('value="')[1]
        .split('"')[0]
    )


def signed_in(client: Client) -> bool:
    """Whether this browser still gets the page of who is signed in."""
    return bool(client.get(reverse("accounts:mine")).status_code == 200)


def test_the_question_stands_on_the_code_page_with_nobody_else_as_its_answer(client: Client) -> None:
    post(client, "accounts:sign_in", {"email": SAM})
    page = client.get(reverse("accounts:code")).content.decode()
    assert "Gebruikt iemand anders dit toestel ook?" in page
    assert chosen(page) == "no"


@pytest.mark.parametrize(
    ("rest", "there"), [(9 * MINUTE, True), (11 * MINUTE, False)], ids=["nine minutes", "eleven minutes"]
)
def test_shared_device_is_out_after_ten_minutes_of_rest(
    client: Client, rest: dt.timedelta, there: bool
) -> None:
    join(client)
    enter(client, shared="yes")
    with clock.moved(rest):
        assert signed_in(client) is there


def test_who_keeps_working_on_a_shared_device_stays_in(client: Client) -> None:
    join(client)
    enter(client, shared="yes")
    for minutes in range(5, 60, 5):
        with clock.moved(minutes * MINUTE):
            assert signed_in(client)


@pytest.mark.parametrize(
    ("who", "rest", "there"),
    [
        ("worker", 11 * HOUR, True),
        ("worker", 13 * HOUR, False),
        ("professional", 50 * MINUTE, True),
        ("professional", 61 * MINUTE, False),
        ("coordinator", 50 * MINUTE, True),
        ("coordinator", 61 * MINUTE, False),
    ],
)
def test_rest_ends_a_session_by_the_role_somebody_is_in(
    client: Client, who: str, rest: dt.timedelta, there: bool
) -> None:
    actor = {"worker": cast.person, "professional": cast.professional, "coordinator": cast.coordinator}[who]()
    client = cast.client_of(actor)
    post(client, "accounts:role", {"role": actor.role.key})
    with clock.moved(rest):
        assert signed_in(client) is there


def test_on_a_shared_device_the_cookie_goes_with_the_browser_and_no_device_is_known(client: Client) -> None:
    join(client)
    assert client.cookies[browser.DEVICE].value
    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"]
    enter(client, shared="yes")
    assert client.cookies[browser.DEVICE].value == ""
    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""
    assert client.cookies[browser.SHARED].value == "1"


def test_the_answer_is_remembered_as_the_next_answer_and_can_be_taken_back(client: Client) -> None:
    join(client)
    enter(client, shared="yes")
    post(client, "accounts:sign_out")
    post(client, "accounts:sign_in", {"email": SAM})
    page = client.get(reverse("accounts:code")).content.decode()
    assert chosen(page) == "yes"
    post(client, "accounts:code", {"code": code_for(SAM), "shared": "no"})
    assert client.cookies[browser.SHARED].value == ""
    with clock.moved(11 * MINUTE):
        assert signed_in(client)


def test_who_changes_role_on_a_shared_device_is_still_out_after_ten_minutes() -> None:
    actor = cast.professional()
    client = cast.client_of(actor)
    session = client.session
    session[browser.SESSION_SHARED] = True
    session.save()
    post(client, "accounts:role", {"role": actor.role.key})
    with clock.moved(11 * MINUTE):
        assert not signed_in(client)
