"""Passkeys, as far as they go without a device: what is asked and refused. The rest: tests/journeys."""

import json
import re

import pytest
from django.test import Client

from mmm.accounts import selectors
from mmm.accounts.actors import Actor
from mmm.accounts.browser import SESSION_SHARED
from mmm.accounts.factors import keys, own, services
from mmm.foundation.policy import NotAllowed
from tests import cast
from tests.accounts.doors import enter, join, post

pytestmark = pytest.mark.django_db


def test_a_passkey_is_asked_for_this_site_and_with_a_finger_face_or_pin() -> None:
    options = json.loads(keys.ask().options)["publicKey"]
    assert options["rpId"] == "localhost"
    assert options["userVerification"] == "required"
    made = json.loads(keys.ask_new(cast.person().user).options)["publicKey"]
    assert made["authenticatorSelection"]["residentKey"] == "required"


@pytest.mark.parametrize("answer", ["", "{", "[]", "{}", json.dumps(cast.CREDENTIAL)])
def test_what_no_device_signed_opens_nothing_and_makes_nothing(answer: str) -> None:
    sam = cast.person()
    cast.with_key(sam)
    assert keys.check(state=keys.ask().state, answer=answer) is None
    assert keys.check(state=keys.ask(sam.user).state, answer=answer, user=sam.user) is None
    asked = keys.ask_new(sam.user)
    assert not services.add_key(sam, state=asked.state, answer=answer, name="telefoon")
    assert len(own.of(sam.user).keys) == 1


def test_a_challenge_is_good_once_and_for_one_person() -> None:
    sam, noor = cast.person("Sam"), cast.person("Noor")
    state = keys.ask_new(sam.user).state
    assert keys._open(state, f"new {noor.id.hex}") is None
    assert keys._open(state, f"new {sam.id.hex}") is not None
    assert keys._open(state, f"new {sam.id.hex}") is None


def test_no_passkey_is_made_on_a_device_that_others_use() -> None:
    sam = cast.person()
    client = cast.client_of(sam)
    session = client.session
    session[SESSION_SHARED] = True
    session.save()
    page = client.get("/tweede-stap/sleutel/").content.decode()
    assert "data-key=" not in page
    assert "ander dit toestel" in page


@pytest.mark.parametrize("shared", ["yes", "no"])
def test_who_signs_in_with_a_passkey_says_whose_device_it_is(
    shared: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sam = cast.person()
    page = client.get("/inloggen/sleutel/").content.decode()
    assert page.count('name="shared"') == 2
    monkeypatch.setattr(keys, "check", lambda **_given: sam.user)  # as if a device signed
    post(client, "accounts:by_key", {"answer": "{}", "shared": shared})
    assert client.session[SESSION_SHARED] is (shared == "yes")
    assert ("mmm_device" in client.cookies and bool(client.cookies["mmm_device"].value)) is (shared == "no")


def test_whose_device_is_asked_of_the_code_and_of_the_passkey_and_marks_are_not_double(
    client: Client,
) -> None:
    sam = cast.person()
    cast.with_password(sam)
    cast.with_app(sam)
    cast.with_key(sam)
    asked = {"email": selectors.own_address(sam), "password": cast.PASSWORD}
    post(client, "accounts:by_password", asked)
    page = client.get("/inloggen/tweede-stap/").content.decode()
    marks = re.findall(r' id="([^"]+)"', page)
    assert page.count('name="shared"') == 4
    assert len(marks) == len(set(marks))


def test_a_passkey_is_offered_once_and_only_on_the_own_device(client: Client) -> None:
    join(client, "sam@example.nl")
    post(client, "accounts:sign_out")
    assert enter(client, "sam@example.nl").url.startswith("/tweede-stap/sleutel/aanbod/")
    post(client, "accounts:sign_out")
    assert not enter(client, "sam@example.nl").url.startswith("/tweede-stap/")


def test_the_last_passkey_stays_while_there_is_work_and_goes_otherwise() -> None:
    marieke, sam = cast.professional(), cast.person()
    key = int(cast.with_key(marieke))
    with pytest.raises(NotAllowed):
        services.remove_key(marieke, key_id=key)
    cast.with_app(marieke)
    services.remove_key(marieke, key_id=key)
    assert own.of(marieke.user).keys == ()
    services.remove_key(sam, key_id=int(cast.with_key(sam)))
    assert not own.of(sam.user).any


def test_nobody_removes_the_passkey_of_another() -> None:
    marieke, sam = cast.professional(), cast.person()
    key = cast.with_key(marieke)
    services.remove_key(sam, key_id=int(key))
    assert cast.client_of(sam).get(f"/tweede-stap/sleutel/{key}/weg/").status_code == 404
    assert len(own.of(Actor(marieke.user).user).keys) == 1
