"""Lost words: a session that lapsed loses no word, and gives no word to somebody else."""

import datetime as dt
import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from mmm.accounts.actors import Actor
from mmm.accounts.models import Session, User
from mmm.foundation import clock
from tests import cast
from tests.accounts.doors import code_for, join, once, post

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
PAGE = "accounts:mine"


def _hidden(page: str) -> dict[str, str]:
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in pairs}


def _lapsed(client: Client) -> dict[str, str]:
    """A page with a form is open; meanwhile the session ends."""
    fields = _hidden(client.get(reverse(PAGE)).content.decode())
    Session.objects.all().delete()
    return fields


def _carry_to_code(
    client: Client, fields: dict[str, str], address: str, name: str = "Nieuwe naam"
) -> dict[str, str]:
    first = client.post(reverse(PAGE), {**fields, "name": name, "once": once()})
    assert first.status_code == 403
    assert "Je tekst is niet weg" in first.content.decode()
    second = client.post(reverse("accounts:sign_in"), {**_hidden(first.content.decode()), "email": address})
    assert second.status_code == 200
    return _hidden(second.content.decode())


def test_words_come_back_after_signing_in_and_are_posted_with_one_button(client: Client) -> None:
    join(client)
    fields = _lapsed(client)
    with clock.moved(5 * MINUTE):
        hidden = _carry_to_code(client, fields, "sam@example.nl", name="Zoë <b>“één”</b>")
        offer = client.post(reverse("accounts:code"), {**hidden, "code": code_for("sam@example.nl")})
        page = offer.content.decode()
        assert "Je tekst is er nog" in page
        assert f'action="{reverse(PAGE)}"' in page
        saved = client.post(reverse(PAGE), _hidden(page))
    assert saved.status_code == 302
    assert User.objects.get().name == "Zoë <b>“één”</b>"


def test_somebody_else_who_signs_in_there_does_not_get_the_words(client: Client) -> None:
    join(Client(), "anna@example.nl", "Anna")
    join(client)
    fields = _lapsed(client)
    with clock.moved(5 * MINUTE):
        hidden = _carry_to_code(client, fields, "anna@example.nl", name="Geheim van Sam")
        answer = client.post(reverse("accounts:code"), {**hidden, "code": code_for("anna@example.nl")})
    assert "Geheim van Sam" not in answer.content.decode()
    assert "Die is niet van dit account" in answer.content.decode()


def test_words_of_a_form_that_names_nobody_are_dropped(client: Client) -> None:
    join(client)
    fields = _lapsed(client)
    del fields["wie"]
    with clock.moved(5 * MINUTE):
        hidden = _carry_to_code(client, fields, "sam@example.nl", name="Geheim")
        answer = client.post(reverse("accounts:code"), {**hidden, "code": code_for("sam@example.nl")})
    assert "Geheim" not in answer.content.decode()


def test_words_do_not_open_for_another_page(client: Client) -> None:
    join(client)
    fields = _lapsed(client)
    with clock.moved(5 * MINUTE):
        hidden = _carry_to_code(client, fields, "sam@example.nl")
        hidden["next"] = reverse("accounts:erase")
        answer = client.post(reverse("accounts:code"), {**hidden, "code": code_for("sam@example.nl")})
    assert "Nieuwe naam" not in answer.content.decode()


def test_words_are_held_for_an_hour(client: Client) -> None:
    join(client)
    fields = _lapsed(client)
    with clock.moved(5 * MINUTE):
        hidden = _carry_to_code(client, fields, "sam@example.nl")
    with clock.moved(70 * MINUTE):
        post(client, "accounts:sign_in", {"email": "sam@example.nl"})
        answer = client.post(reverse("accounts:code"), {**hidden, "code": code_for("sam@example.nl")})
    assert "Dat is nu voorbij" in answer.content.decode()


def test_words_are_never_readable_on_their_way(client: Client) -> None:
    join(client)
    fields = _lapsed(client)
    answer = client.post(reverse(PAGE), {**fields, "name": "GEHEIM-WOORD", "once": once()})
    assert "GEHEIM-WOORD" not in answer.content.decode() + str(answer.headers)
    assert "GEHEIM-WOORD" not in str(client.session.items())


def test_what_was_typed_before_a_fresh_code_is_asked_is_carried_too(client: Client) -> None:
    join(client)
    with clock.moved(20 * MINUTE):
        fields = _hidden(client.get(reverse(PAGE)).content.decode())
        first = client.post(reverse("accounts:erase"), {**fields, "once": once()})
        assert first.status_code == 403
        second = client.post(reverse("accounts:again"), _hidden(first.content.decode()))
        hidden = _hidden(second.content.decode())
        offer = client.post(reverse("accounts:code"), {**hidden, "code": code_for("sam@example.nl")})
        assert f'action="{reverse("accounts:erase")}"' in offer.content.decode()
    assert User.objects.count() == 1


def test_a_form_from_before_signing_in_again_in_another_tab_is_given_back_to_its_own_person():
    sam = cast.person()
    tab = cast.client_of(sam)
    tab.handler.enforce_csrf_checks = True
    address = "/mijn-verhaal/dromen/1/"
    fields = _hidden(tab.get(address).content.decode())
    del tab.cookies["mmm_csrf"]  # what a new sign-in does to the old form
    page = tab.post(address, {**fields, "once": once(), "version": "0", "text": "Mijn woorden."})
    assert page.status_code == 403
    again = _hidden(page.content.decode())
    assert again["text"] == "Mijn woorden."
    assert tab.post(address, again).status_code == 302
    assert "Mijn woorden." in tab.get(address).content.decode()


def test_a_form_of_somebody_else_is_never_offered_for_posting():
    fields = _hidden(cast.client_of(cast.person("Henk")).get("/mijn-verhaal/dromen/1/").content.decode())
    sam = cast.client_of(cast.person())
    sam.handler.enforce_csrf_checks = True
    page = sam.post("/mijn-verhaal/dromen/1/", {**fields, "text": "Van een ander."})
    assert page.status_code == 403
    assert "csrfmiddlewaretoken" not in page.content.decode()


def test_words_come_back_after_switching_role_in_another_tab() -> None:
    marieke = cast.professional()
    browser, address = cast.client_of(Actor(marieke.user)), "/mijn-verhaal/dromen/1/"
    fields = _hidden(browser.get(address).content.decode())
    post(browser, "accounts:role", {"role": marieke.role.key})
    told = browser.post(address, {**fields, "version": "0", "text": "Een uur werk.", "once": once()})
    assert told.status_code == 403
    assert "Een uur werk." in told.content.decode()
    assert browser.post(address, _hidden(told.content.decode())).status_code == 302
    assert "Een uur werk." in browser.get(address).content.decode()


def test_words_in_a_role_that_ended_are_not_offered_for_posting_in_another() -> None:
    marieke = cast.professional()
    browser = cast.client_of(marieke)
    wie = _hidden(browser.get(reverse(PAGE)).content.decode())["wie"]
    cast.leave(marieke)
    browser.handler.enforce_csrf_checks = True
    answer = cast.post(browser, reverse(PAGE), {"wie": wie, "name": "twee woorden"})
    assert answer.status_code == 403
    assert "Ga verder met mijn tekst" not in answer.content.decode()
