"""Somebody who wants in: the mailbox without the second step, an old phone, a letter that two people saw."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mmm.accounts import farewells, letters, paper_codes, recovery
from mmm.accounts.codes import Place
from mmm.accounts.factors import checking, passwords, tries
from mmm.accounts.models import Session, User
from mmm.foundation import clock
from tests import cast
from tests.accounts.doors import enter, join, post
from tests.accounts.paper import OWN_PIN, join_by_letter, letter, type_letter

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
SENTENCE = "De kip van tante An at altijd mijn boterham op."


def test_who_has_the_mailbox_gets_no_more_guesses_by_making_known_browsers() -> None:
    marieke = cast.professional()
    cast.with_app(marieke)
    wrong = 0
    for number in range(40):  # each sign-in by code makes a browser known
        place = Place("192.0.2.0/24", f"browser {number}")
        while checking.code(marieke.user, "000000", place=place).retry_at is None:
            wrong += 1
    assert wrong == 200
    assert not tries.counts_here(checking.KIND, marieke.id.hex, Place("192.0.2.0/24", "another"))
    new = Place("192.0.2.0/24", "one more")
    assert checking.code(marieke.user, cast.next_paper_code(marieke.user), place=new).how == "paper"
    with clock.moved(DAY + dt.timedelta(minutes=1)):
        assert tries.counts_here(checking.KIND, marieke.id.hex, new)


def test_guessing_from_known_browsers_leaves_unknown_ones_their_own_count() -> None:
    known, unknown = Place("192.0.2.0/24", "phone"), Place("203.0.113.0/24")
    for _ in range(tries.WRONG_KNOWN):
        tries.was_wrong(passwords.KIND, "sam@example.nl", known)
    assert not tries.counts_here(passwords.KIND, "sam@example.nl", known)
    assert tries.counts_here(passwords.KIND, "sam@example.nl", unknown)


def test_nobody_is_known_by_having_no_address(client: Client, rf: Any) -> None:
    from mmm.accounts import browser

    response = client.get("/")
    browser.set_device(response, "")
    request = rf.get("/")
    request.COOKIES = {browser.DEVICE: response.cookies[browser.DEVICE].value}
    assert browser.place_of(request, "").device is None


def told_of_a_sign_in(user: User) -> int:
    return user.notices.filter(kind="accounts.new_device").count()


def test_a_code_on_paper_does_not_let_somebody_in_unheard(client: Client) -> None:
    sam = cast.person()
    post(client, "accounts:letter", {"code": paper_codes.make(sam)[0]})
    assert told_of_a_sign_in(sam.user) == 1


def test_a_letter_used_in_another_browser_is_told_and_in_the_own_one_not(client: Client) -> None:
    made = letter()
    join_by_letter(client, made)
    user = User.objects.latest("created_at")
    assert told_of_a_sign_in(user) == 0
    post(client, "accounts:sign_out")
    type_letter(client, made)
    assert told_of_a_sign_in(user) == 0
    type_letter(Client(), made)  # whoever printed it, or found it
    assert told_of_a_sign_in(user) == 1


def test_another_pin_ends_who_came_in_by_the_old_one(client: Client) -> None:
    made, old_phone = letter(), Client()
    join_by_letter(client, made)
    type_letter(old_phone, made)
    assert old_phone.get(reverse("accounts:mine")).status_code == 200
    assert post(client, "accounts:pin", {"pin": "583920"}).status_code == 302
    assert client.get(reverse("accounts:mine")).status_code == 200
    assert old_phone.get(reverse("accounts:mine")).status_code == 302


def test_after_a_recovery_the_old_password_is_gone_with_the_other_ways() -> None:
    mus, helper = cast.person("Mus"), cast.staff("helper")
    recovery.choose_sentence(mus, sentence=SENTENCE)
    cast.with_password(mus)
    row = recovery.request(helper)
    assert recovery.tell(helper, row=row, name="Mus", sentence=SENTENCE).fits
    with clock.moved(4 * DAY):
        row.refresh_from_db()
        printed = recovery.hand_letter(helper, row=row, sentence=SENTENCE)
        assert printed is not None
        guess = letters.check(letters.mark(printed.code), printed.pin, place=Place("x"))
        assert guess.letter is not None
        assert recovery.complete(guess.letter.id, pin="847193") is not None
    mus.user.refresh_from_db()
    assert not mus.user.has_usable_password()


def test_proving_who_waits_moves_to_a_session_that_nobody_put_there(client: Client) -> None:
    join(client)
    sam = User.objects.get(name="Sam")
    session = client.session
    farewells.erase_later(cast.Actor(sam))
    planted = Client()
    planted.session.save()
    first = planted.session
    first["planted"] = True
    first.save()
    planted.cookies["mmm_session"] = first.session_key or ""
    assert enter(planted).status_code == 302
    assert planted.get(reverse("accounts:back")).status_code == 200
    assert planted.cookies["mmm_session"].value != first.session_key
    thief = Client()
    thief.cookies["mmm_session"] = first.session_key or ""
    assert thief.get(reverse("accounts:back")).status_code == 302
    assert session.session_key != planted.cookies["mmm_session"].value


def test_a_shared_device_stays_shared_when_another_person_comes_in_over_the_first(client: Client) -> None:
    first = cast.client_of(cast.person("Henk"))
    made = letter()
    join_by_letter(client, made)
    post(client, "accounts:sign_out")
    first.get(reverse("accounts:mine"))
    cookies = first.cookies["mmm_session"].value
    # The page with the PIN was open in a tab; in another tab somebody else signed in meanwhile.
    other = Client()
    post(other, "accounts:letter", {"code": made.code, "shared": "yes"})
    other.cookies["mmm_session"] = cookies
    assert post(other, "accounts:letter_pin", {"pin": OWN_PIN}).status_code == 302
    row = Session.objects.get(user_id=User.objects.get(name="Mus").id)
    assert row.expire_date - clock.now() < dt.timedelta(minutes=11)
