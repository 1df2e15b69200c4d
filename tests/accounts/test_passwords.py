"""Passwords: optional, with a second step, never a common one; nothing tells whether an address is known."""

import re
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import global_settings, settings
from django.contrib.auth.hashers import make_password
from django.test import Client

from mmm.accounts import selectors
from mmm.accounts.actors import Actor
from mmm.accounts.codes import Place
from mmm.accounts.factors import own, passwords, services, totp
from mmm.config import settings as product_settings
from mmm.foundation.policy import NotAllowed
from tests import cast
from tests.accounts import beside
from tests.accounts.doors import once, post
from tests.foundation import processes

pytestmark = pytest.mark.django_db
HOME, AWAY = Place("192.0.2.0/24"), Place("203.0.113.0/24")
UNKNOWN = "niemand@voorbeeld.example"


@pytest.fixture
def marieke() -> Actor:
    """A professional with an app and a password."""
    her = cast.professional()
    cast.with_app(her)
    cast.with_password(her)
    return her


def test_password_and_a_code_sign_in_for_work_at_once(client: Client, marieke: Actor) -> None:
    address = selectors.own_address(marieke)
    asked = post(client, "accounts:by_password", {"email": address, "password": cast.PASSWORD})
    assert asked.url == "/inloggen/tweede-stap/"
    assert "_auth_user_id" not in client.session
    entered = post(client, "accounts:by_step", {"code": cast.next_paper_code(marieke.user)})
    assert entered.url.startswith("/rol/")
    post(client, "accounts:role", {"role": marieke.role.key})
    assert client.get("/met-mij-gedeeld/").status_code == 200


def test_the_password_alone_signs_nobody_in(client: Client, marieke: Actor) -> None:
    post(client, "accounts:by_password", {"email": selectors.own_address(marieke), "password": cast.PASSWORD})
    assert post(client, "accounts:by_step", {"code": "000000"}).status_code == 200
    assert client.get("/mijn-gegevens/").url.startswith("/inloggen/")


def test_the_second_page_opens_to_nobody_without_the_first(client: Client) -> None:
    assert client.get("/inloggen/tweede-stap/").url == "/inloggen/wachtwoord/"
    assert post(client, "accounts:by_step", {"code": "000000"}).url == "/inloggen/wachtwoord/"


def test_a_password_needs_a_second_step_and_may_not_be_common() -> None:
    sam = cast.person()
    with pytest.raises(NotAllowed):
        services.set_password(sam, password=cast.PASSWORD)
    client = cast.client_of(sam)
    assert "werkt alleen met een tweede stap" in client.get("/tweede-stap/wachtwoord/").content.decode()
    for easy in ("welkom", "123456789012345", "1q2w3e4r"):
        assert passwords.is_too_easy(easy), easy
    assert not passwords.is_too_easy(cast.PASSWORD)


def test_changing_the_password_ends_other_sessions_and_not_this_one(marieke: Actor) -> None:
    here, there = cast.client_of(marieke), cast.client_of(marieke)
    answer = cast.post(here, "/tweede-stap/wachtwoord/", {"password": "groene stoel bij het raam"})
    assert answer.status_code == 302
    assert here.get("/mijn-gegevens/").status_code == 200
    assert there.get("/mijn-gegevens/").status_code == 302


def test_the_password_goes_first_and_then_the_last_second_step() -> None:
    sam = cast.person()
    cast.with_app(sam)
    cast.with_password(sam)
    with pytest.raises(NotAllowed):
        services.remove_app(sam)
    services.remove_password(sam)
    services.remove_app(sam)
    assert own.of(sam.user) == own.Factors()


def test_somebody_elsewhere_who_guesses_does_not_keep_the_person_out(marieke: Actor) -> None:
    address = selectors.own_address(marieke)
    for _ in range(5):
        assert passwords.check(address, "mis", place=AWAY).retry_at is None
    assert passwords.check(address, cast.PASSWORD, place=AWAY).retry_at is not None
    assert passwords.check(address, cast.PASSWORD, place=HOME).user == marieke.user


def test_under_attack_from_many_places_only_the_own_device_counts(marieke: Actor) -> None:
    address = selectors.own_address(marieke)
    for network in range(20):
        passwords.check(address, "mis", place=Place(f"198.51.{network}.0/24"))
    assert passwords.check(address, cast.PASSWORD, place=HOME).user is None
    assert passwords.check(address, cast.PASSWORD, place=Place(HOME.network, "own")).user == marieke.user


def _plain(page: Any, address: str) -> str:
    """The page without what differs at every visit, and without the address that was typed."""
    body = re.sub(r'name="(csrfmiddlewaretoken|once)" value="[^"]*"', "", page.content.decode())
    return body.replace(address, "@")


def test_known_and_unknown_addresses_get_the_same_answer_at_every_try(marieke: Actor) -> None:
    sam = cast.person("Sam zonder wachtwoord")
    addresses = (selectors.own_address(marieke), selectors.own_address(sam), UNKNOWN)
    for _try in range(7):
        pages = []
        for address in addresses:
            page = post(
                Client(), "accounts:by_password", {"email": address, "password": "mis", "once": once()}
            )
            body = re.sub(r"Om \d\d\.\d\d uur", "", _plain(page, address))
            pages.append((page.status_code, sorted(page.headers), len(body), body))
        assert pages[0] == pages[1] == pages[2]


@pytest.fixture
def hashed_by(settings: Any) -> Iterator[Callable[[str], None]]:
    """Hash passwords in this way from here on, and nobody's with it; another test finds its own way again."""

    def choose(hasher: str) -> None:
        settings.PASSWORD_HASHERS = [hasher]
        passwords.nobodys.cache_clear()

    yield choose
    passwords.nobodys.cache_clear()


def test_nobodys_password_costs_as_much_as_everybodys(hashed_by: Callable[[str], None]) -> None:
    """With the hash of the product: Django's first, as `mmm.config.settings` chooses none."""
    assert not hasattr(product_settings, "PASSWORD_HASHERS")
    hashed_by(global_settings.PASSWORD_HASHERS[0])
    hers = make_password(cast.PASSWORD)
    assert hers.split("$")[:2] == passwords.nobodys().split("$")[:2]
    assert int(hers.split("$")[1]) >= 600_000  # OWASP, Password Storage Cheat Sheet, PBKDF2-HMAC-SHA256


def test_known_and_unknown_addresses_take_the_same_time(hashed_by: Callable[[str], None]) -> None:
    """Within ten per cent: the median of pairs, each of the same moment, now one first and now the other.

    With a tenth of the product's rounds, so that the work around the hash weighs ten times as much. Pairs,
    because another process on the same core slows a while of them, not one of the two.
    """
    hashed_by("tests.hashers.SomeRounds")
    marieke = cast.professional()
    cast.with_password(marieke)
    address = selectors.own_address(marieke)
    passwords.nobodys()

    def seconds(who: str, number: int) -> float:
        start = time.process_time()
        assert passwords.check(who, "mis", place=Place(HOME.network, f"own {number}")).user is None
        return time.process_time() - start

    ratios = []
    for number in range(24):
        both = (address, UNKNOWN) if number % 2 else (UNKNOWN, address)
        took = {who: seconds(who, number) for who in both}
        ratios.append(took[UNKNOWN] / took[address])
    assert abs(statistics.median(ratios) - 1) < 0.1, sorted(ratios)


def four(target: Any, *arguments: Any) -> int:
    """What four processes counted together."""
    context = processes.context()
    count = context.Value("i", 0)
    started = [
        context.Process(target=target, args=(processes.databases(), *arguments, count)) for _ in range(4)
    ]
    for process in started:
        process.start()
    for process in started:
        process.join(60)
        assert process.exitcode == 0
    return int(count.value)


@pytest.mark.django_db(transaction=True)
def test_four_processes_together_guess_five_times() -> None:
    marieke = cast.professional()
    secret, keys = cast.with_app(marieke), settings.KEY_ENCRYPTION_KEY_FILE
    assert four(beside.guess, selectors.own_address(marieke)) == 5
    assert four(beside.guess_step, keys, str(marieke.id)) == 5
    assert four(beside.use, keys, str(marieke.id), totp.code_now(secret)) == 1
