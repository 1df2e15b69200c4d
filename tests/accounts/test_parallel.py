"""The same thing ten times at the same moment: one account, one mail, one membership of five guesses."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connections
from django.test import Client

from mmm.accounts import addresses, codes, letters, paper_codes, recovery, services, ways_in
from mmm.accounts.codes import Place
from mmm.accounts.factors import own as steps
from mmm.accounts.factors import services as factors
from mmm.accounts.models import User
from mmm.foundation import clock
from mmm.foundation.policy import NotAllowed
from tests import cast
from tests.accounts.doors import code_for, mails_to, post

pytestmark = pytest.mark.django_db(transaction=True)
SAM = "sam@example.nl"
TIMES = 10
SENTENCE = "De kip van tante An at altijd mijn boterham op."


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


def test_ten_who_use_one_new_letter_make_one_account() -> None:
    made = letters.print_letter(cast.staff("helper"))
    users = at_once(lambda: letters.begin(made.letter_id, name="Mus", pin="847193", language="nl"))
    assert sum(user is not None for user in users) == 1
    assert User.objects.filter(name="Mus").count() == 1


def test_ten_uses_of_one_code_on_paper_let_one_in() -> None:
    sam = cast.person()
    code = paper_codes.make(sam)[0]
    networks = iter(range(TIMES))
    guesses = at_once(lambda: paper_codes.use(code, network=f"192.0.{next(networks)}.0/24"))
    assert sum(guess.user is not None for guess in guesses) == 1


def test_ten_guesses_of_a_pin_at_once_are_still_five() -> None:
    marked = letters.mark(letters.print_letter(cast.staff("helper")).code)
    place = Place(network="203.0.113.0/24")
    guesses = at_once(lambda: letters.check(marked, "000000", place=place))
    assert sum(guess.retry_at is None for guess in guesses) == codes.GUESSES


def test_one_new_letter_used_ten_times_at_once_recovers_once() -> None:
    mus = cast.person("Mus")
    recovery.choose_sentence(mus, sentence=SENTENCE)
    helper = cast.staff("helper")
    row = recovery.request(helper)
    assert recovery.tell(helper, row=row, name="Mus", sentence=SENTENCE).fits
    with clock.moved(dt.timedelta(hours=73)):
        made = recovery.hand_letter(helper, row=row, sentence=SENTENCE)
        assert made is not None
        assert (
            sum(user is not None for user in at_once(lambda: recovery.complete(made.letter_id, pin="847193")))
            == 1
        )


def test_two_removals_at_the_same_moment_leave_one_way_in() -> None:
    sam = cast.person()
    cast.move_address(sam, "nieuw@voorbeeld.example", spare=True)
    rows = iter([*addresses.of(sam.id), *[None] * (TIMES - 2)])

    def remove() -> bool:
        row = next(rows)
        if row is None:
            return False
        try:
            addresses.remove(sam, address_id=row.id)
        except NotAllowed:
            return False
        return True

    assert sum(at_once(remove)) == 1
    assert len(addresses.of(sam.id)) == 1


def test_an_address_and_a_passkey_removed_at_the_same_moment_leave_one_way_in() -> None:
    sam = cast.person()
    key, (row,) = int(cast.with_key(sam)), addresses.of(sam.id)
    acts = iter(
        [
            lambda: addresses.remove(sam, address_id=row.id),
            lambda: factors.remove_key(sam, key_id=key),
            *[lambda: None] * (TIMES - 2),
        ]
    )

    def act() -> int:
        try:
            next(acts)()
        except NotAllowed:
            return 1
        return 0

    assert sum(at_once(act)) == 1
    own = ways_in.of(sam.id)
    assert own.addresses + own.keys == 1


def test_the_last_two_second_steps_removed_at_the_same_moment_leave_one() -> None:
    marieke = cast.professional()
    cast.with_app(marieke)
    key = int(cast.with_key(marieke))
    acts = iter(
        [
            lambda: factors.remove_app(marieke),
            lambda: factors.remove_key(marieke, key_id=key),
            *[lambda: None] * (TIMES - 2),
        ]
    )

    def act() -> int:
        try:
            next(acts)()
        except NotAllowed:
            return 1
        return 0

    assert sum(at_once(act)) == 1
    assert steps.of(marieke.user).any
