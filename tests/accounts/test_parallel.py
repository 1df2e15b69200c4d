"""The same thing ten times at the same moment: one account, one mail, one membership of five guesses."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connections
from django.test import Client

from mmm.accounts import codes, services
from mmm.accounts.codes import Place
from mmm.accounts.models import User
from tests.accounts.doors import code_for, mails_to, post

pytestmark = pytest.mark.django_db(transaction=True)
SAM = "sam@example.nl"
TIMES = 10


def at_once(act: Callable[[], Any]) -> list[Any]:
    """What `act` gives in ten threads that begin together, each with connections of its own."""
    start = Barrier(TIMES)

    def run() -> Any:
        try:
            start.wait()
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(TIMES) as pool:
        return [future.result() for future in [pool.submit(run) for _ in range(TIMES)]]


def test_ten_asks_mail_one_code() -> None:
    at_once(lambda: codes.ask(SAM, joining=True))
    assert len(mails_to(SAM)) == 1


def test_ten_sign_ups_make_one_account() -> None:
    made = at_once(lambda: services.sign_up(address=SAM, name="Sam", language="nl"))
    assert len({user.id for user in made}) == 1
    assert User.objects.count() == EmailAddress.objects.count() == 1


def test_ten_clicks_on_the_right_code_sign_in_once(client: Client) -> None:
    post(client, "accounts:join", {"name": "Sam", "email": SAM, "sixteen": "on"})
    code = code_for(SAM)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    def click() -> int:
        browser = Client()
        browser.cookies.load(cookies)
        status: int = browser.post("/inloggen/code/", {"code": code, "once": "a" * 32}).status_code
        return status

    # More clicks than the budget of guesses allows: the rest is told to wait, and is signed in already.
    statuses = at_once(click)
    assert 302 in statuses
    assert set(statuses) <= {302, 429}
    assert User.objects.count() == 1


def test_ten_guesses_at_once_are_still_five() -> None:
    place = Place(network="203.0.113.0/24")
    guesses = at_once(lambda: codes.check(SAM, "00000000", place=place, browser="x"))
    assert sum(guess.retry_at is None for guess in guesses) == codes.GUESSES
