"""Guessing codes: what it costs an attacker, and that it never costs the rightful person the way in."""

import datetime as dt

import pytest
from django.test import Client

from mmm.accounts import codes
from mmm.accounts.codes import Place
from mmm.foundation import clock
from tests.accounts.doors import code_for, enter, join, post

pytestmark = pytest.mark.django_db
SAM = "sam@example.nl"
ATTACKER = "203.0.113.9"
MINUTE = dt.timedelta(minutes=1)


def _wrong_guesses(address: str, count: int, network: str = "203.0.113.0/24") -> list[codes.Guess]:
    place = Place(network=network)
    return [codes.check(address, f"{n:08d}", place=place, browser="x") for n in range(count)]


def test_at_most_five_guesses_in_five_minutes_from_one_network() -> None:
    guesses = _wrong_guesses(SAM, 7)
    assert [guess.retry_at is None for guess in guesses] == [True] * 5 + [False] * 2
    with clock.moved(dt.timedelta(minutes=5, seconds=1)):
        assert _wrong_guesses(SAM, 1)[0].retry_at is None


def test_a_right_code_after_five_wrong_ones_has_to_wait_and_stays_right(client: Client) -> None:
    post(client, "accounts:join", {"name": "Sam", "email": SAM, "sixteen": "on"})
    code = code_for(SAM)
    for _ in range(5):
        post(client, "accounts:code", {"code": "0000 0000"})
    answer = post(client, "accounts:code", {"code": code})
    assert answer.status_code == 429
    with clock.moved(6 * MINUTE):
        assert post(client, "accounts:code", {"code": code}).status_code == 302


def test_who_is_attacked_from_elsewhere_still_gets_in() -> None:
    join(Client(), SAM)
    with clock.moved(5 * MINUTE):
        attacker = Client(REMOTE_ADDR=ATTACKER)
        post(attacker, "accounts:sign_in", {"email": SAM})
        for _ in range(10):
            post(attacker, "accounts:code", {"code": "1111 1111"})
        victim = Client(REMOTE_ADDR="198.51.100.7")
        answer = enter(victim, SAM)
    assert answer.status_code == 302
    assert "_auth_user_id" in victim.session


def test_a_device_that_was_here_before_is_not_stopped_by_a_neighbour_on_its_network() -> None:
    mine = Client()
    join(mine, SAM)
    post(mine, "accounts:sign_out")
    with clock.moved(5 * MINUTE):
        neighbour = Client()
        post(neighbour, "accounts:sign_in", {"email": SAM})
        for _ in range(8):
            post(neighbour, "accounts:code", {"code": "1111 1111"})
        assert enter(mine, SAM).status_code == 302


def test_a_forged_device_cookie_gives_no_budget_of_its_own() -> None:
    client = Client()
    client.cookies["mmm_device"] = "forged"
    post(client, "accounts:sign_in", {"email": SAM})
    answers = [post(client, "accounts:code", {"code": "1111 1111"}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_after_fifty_wrong_guesses_from_anywhere_a_long_code_is_mailed_and_short_ones_do_not_count() -> None:
    join(Client(), SAM)
    with clock.moved(5 * MINUTE):
        stranger = Client(REMOTE_ADDR="198.51.100.7")
        post(stranger, "accounts:sign_in", {"email": SAM})
        short = code_for(SAM)
        for network in range(10):
            _wrong_guesses(SAM, 5, network=f"10.0.{network}.0/24")
        assert post(stranger, "accounts:code", {"code": short}).status_code == 200
        post(stranger, "accounts:sign_in", {"email": SAM})
        long = code_for(SAM)
        assert len(codes.digits(long)) == 16
        assert post(stranger, "accounts:code", {"code": long}).status_code == 302


def test_a_known_device_may_still_use_a_short_code_during_an_attack() -> None:
    mine = Client()
    join(mine, SAM)
    post(mine, "accounts:sign_out")
    with clock.moved(5 * MINUTE):
        post(mine, "accounts:sign_in", {"email": SAM})
        short = code_for(SAM)
        for network in range(10):
            _wrong_guesses(SAM, 5, network=f"10.0.{network}.0/24")
        assert post(mine, "accounts:code", {"code": short}).status_code == 302


def test_one_network_cannot_make_us_mail_the_whole_world(client: Client) -> None:
    for _ in range(codes.ASKS):
        codes.may_ask(Place(network="10.1.1.0/24"))
    other = Client(REMOTE_ADDR="10.1.1.4")
    assert post(other, "accounts:sign_in", {"email": "x@example.nl"}).status_code == 429
    assert post(client, "accounts:sign_in", {"email": "x@example.nl"}).status_code == 302


def test_a_neighbour_who_asks_too_much_does_not_keep_the_own_device_out() -> None:
    mine = Client(REMOTE_ADDR="10.1.1.4")
    join(mine, SAM)
    post(mine, "accounts:sign_out")
    for _ in range(codes.ASKS):
        codes.may_ask(Place(network="10.1.1.0/24"))
    assert post(mine, "accounts:sign_in", {"email": SAM}).status_code == 302
    assert post(mine, "accounts:sign_in", {"email": "x@example.nl"}).status_code == 429


@pytest.mark.parametrize(
    ("ip", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", "unknown"),
    ],
)
def test_a_network_is_a_household_or_office(ip: str, network: str) -> None:
    assert codes.network_of(ip) == network


@pytest.mark.parametrize("typed", ["1234 5678", "1234-5678", "１２３４５６７８", "١٢٣٤٥٦٧٨"])
def test_digits_of_every_script_count(typed: str) -> None:
    assert codes.digits(typed) == "12345678"


def test_codes_of_yesterday_are_removed() -> None:
    codes.ask(SAM, joining=True)
    with clock.moved(dt.timedelta(hours=25)):
        assert codes.prune() == 1
