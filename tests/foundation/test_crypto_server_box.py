"""Packets that travel through a browser, and fingerprints."""

import datetime as dt
from typing import Any

import pytest

from mmm.foundation import clock, crypto

HOUR = dt.timedelta(hours=1)


def opened(
    token: str, purpose: str = "carried", bound_to: str = "user /pad", age: dt.timedelta = HOUR
) -> Any:
    return crypto.server_box.open_token(purpose, token, bound_to=bound_to, max_age=age)


@pytest.fixture
def token() -> str:
    return crypto.server_box.seal_token("carried", {"text": "één droom"}, bound_to="user /pad")


def test_a_packet_opens_for_its_purpose_and_its_bearer(token: str) -> None:
    assert opened(token) == {"text": "één droom"}
    assert "droom" not in token


@pytest.mark.parametrize("other", [{"purpose": "sign in"}, {"bound_to": "another /pad"}, {"bound_to": ""}])
def test_a_packet_does_not_open_elsewhere(token: str, other: dict[str, str]) -> None:
    assert opened(token, **other) is None


@pytest.mark.parametrize("wrong", ["", "x", "é", "====", "A" * 40, "A" * 400])
def test_nonsense_is_no_packet(wrong: str) -> None:
    assert opened(wrong) is None


def test_a_changed_packet_does_not_open(token: str) -> None:
    for place in range(len(token) - 1):
        assert opened(token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]) is None
        assert opened(token[:place] + " " + token[place:]) is None
    assert opened(token[:-1]) is None


def test_a_packet_lapses(token: str) -> None:
    with clock.moved(HOUR - dt.timedelta(minutes=1)):
        assert opened(token) is not None
    with clock.moved(HOUR + dt.timedelta(seconds=1)):
        assert opened(token) is None
    with clock.moved(-HOUR):
        assert opened(token) is None


def test_a_packet_of_the_former_server_secret_still_opens(token: str, settings: Any) -> None:
    former, settings.SECRET_KEY = settings.SECRET_KEY, "a new secret"
    assert opened(token) is None
    settings.SECRET_KEY_FALLBACKS = [former]
    assert opened(token) is not None


def test_a_fingerprint_is_steady_keyed_and_bound_to_its_purpose(settings: Any) -> None:
    mine = crypto.fingerprint("address", "sam@voorbeeld.nl")
    assert mine == crypto.fingerprint("address", "sam@voorbeeld.nl")
    assert len(mine) == 64
    assert mine != crypto.fingerprint("other", "sam@voorbeeld.nl")
    assert mine != crypto.fingerprint("address", "Sam@voorbeeld.nl")
    settings.SECRET_KEY = "another secret"
    assert mine != crypto.fingerprint("address", "sam@voorbeeld.nl")
