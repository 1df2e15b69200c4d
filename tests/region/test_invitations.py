"""Invitations: by mail or letter, accepted by one button, once."""

import datetime as dt
import re
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from mmm.accounts.actors import Actor
from mmm.foundation import clock
from mmm.foundation.policy import NotAllowed
from mmm.foundation.tasks import outbox
from mmm.region import invitations, tasks
from mmm.region.models import Invitation, Membership, Profession, StaffRole
from tests import cast

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
MAIL = "nieuw@voorbeeld.example"


def invited(coordinator: Actor | None = None, **fields: Any) -> str:
    """The path of a new invitation; without `role` for job coaches of Werkpunt."""
    if "role" not in fields:
        fields |= {
            "organisation": cast.organisation(),
            "profession": Profession.objects.get(nr=cast.JOB_COACH),
        }
    link = invitations.invite(coordinator or cast.coordinator(), **fields).link
    return link[link.index("/uitnodiging/") :]


def accept(client: Client, path: str, name: str = "Okan Demir") -> Any:
    return cast.post(client, path, {"name": name})


def test_one_neutral_mail_with_a_link_and_no_name_in_it() -> None:
    invited(address=MAIL)
    mail = next(each for each in outbox.recent(10) if each.to == MAIL)
    assert "Werkpunt" not in mail.body + mail.subject
    assert re.search(r"/uitnodiging/[0-9a-f]{32}/", mail.body)


def test_opening_the_link_changes_nothing_and_the_button_does() -> None:
    path = invited(address=MAIL)
    for method in ("get", "head"):
        for _ in range(3):  # a mail scanner
            assert getattr(Client(), method)(path).status_code == 200
    assert Invitation.objects.get().accepted_at is None
    sam = cast.person()
    assert accept(cast.client_of(sam), path).status_code == 302
    membership = Membership.objects.get(user=sam.user)
    assert membership.confirmed_at is not None
    assert membership.secrecy_at is None  # that is the person's own promise
    assert membership.name == "Okan Demir"
    assert Invitation.objects.get().address == ""


def test_a_task_for_the_region_waits_behind_the_link() -> None:
    path = invited(role="helper")
    sam = cast.person()
    accept(cast.client_of(sam), path)
    assert StaffRole.objects.get(user=sam.user).role == "helper"


def test_who_is_not_signed_in_is_led_to_signing_in_and_back() -> None:
    path = invited()
    page = Client().get(path).content.decode()
    assert f"?next={path}" in page
    answer = accept(Client(), path)
    assert answer.headers["Location"] == f"{reverse('accounts:sign_in')}?next={path}"


def test_of_two_who_accept_one_gets_it() -> None:
    path = invited(role="editor")
    first, second = cast.client_of(cast.person()), cast.client_of(cast.person())
    assert accept(first, path).status_code == 302
    assert accept(second, path).status_code == 404
    assert StaffRole.objects.filter(role="editor").count() == 1


def test_withdrawn_invitation_opens_nothing() -> None:
    coordinator = cast.coordinator()
    path = invited(coordinator, address=MAIL)
    row = Invitation.objects.get()
    page = cast.client_of(coordinator)
    assert MAIL in page.get(reverse("region:invite")).content.decode()
    assert cast.post(page, reverse("region:withdraw", args=[row.id])).status_code == 302
    assert Client().get(path).status_code == 404
    row.refresh_from_db()
    assert row.address == ""


def test_after_fourteen_days_the_link_is_over_and_the_address_gone() -> None:
    path = invited(address=MAIL)
    with clock.moved(15 * DAY):
        assert Client().get(path).status_code == 404
        tasks.prune()
    assert not Invitation.objects.exists()


def test_who_invites_does_not_give_themselves_a_task() -> None:
    coordinator = cast.coordinator()
    path = invited(coordinator, role="editor")
    assert accept(cast.client_of(Actor(coordinator.user)), path).status_code == 404


def test_the_link_stands_nowhere_in_the_database() -> None:
    token = invited().strip("/").split("/")[1]
    for model in apps.get_models():
        for row in model._default_manager.values():
            assert token not in str(row).replace("-", "")


def test_a_letter_shows_its_link_for_one_print() -> None:
    coordinator = cast.coordinator()
    page = cast.client_of(coordinator)
    sent = cast.post(page, reverse("region:invite"), {"role": "editor"})
    link = re.search(r"/uitnodiging/[0-9a-f]{32}/", page.get(sent.headers["Location"]).content.decode())
    assert link
    assert Client().get(link.group()).status_code == 200
    with clock.moved(dt.timedelta(minutes=16)):
        assert "niet meer te zien" in page.get(sent.headers["Location"]).content.decode()


def test_nobody_invites_for_an_organisation_elsewhere_or_without_a_profession() -> None:
    coordinator = cast.coordinator()
    with pytest.raises(NotAllowed):
        invitations.invite(coordinator, organisation=cast.organisation(at=cast.ELSEWHERE))
    with pytest.raises(NotAllowed):
        invitations.invite(coordinator, organisation=cast.organisation())
    with pytest.raises(NotAllowed):
        invitations.invite(cast.staff("helper"), role="editor")


@pytest.mark.parametrize("data", [{}, {"role": "editor", "organisation": "werkpunt"}])
def test_one_of_both_has_to_be_chosen(data: dict[str, str]) -> None:
    if "organisation" in data:
        data = data | {"organisation": str(cast.organisation().id)}
    page = cast.post(cast.client_of(cast.coordinator()), reverse("region:invite"), data).content.decode()
    assert "niet allebei" in page


def test_one_coordinator_mails_forty_invitations_a_day_and_prints_more() -> None:
    fatima = cast.coordinator()
    for number in range(invitations.A_DAY):
        invitations.invite(fatima, address=f"{number}@voorbeeld.example", role="editor")
    browser = cast.client_of(fatima)
    form = {"organisation": "", "profession": "", "role": "editor", "address": "nog.een@voorbeeld.example"}
    page = cast.post(browser, reverse("region:invite"), form).content.decode()
    assert "Ga morgen verder" in page
    assert "nog.een@voorbeeld.example" in page  # nothing typed is lost
    assert invitations.invite(fatima, role="editor").link
    with clock.moved(invitations.WINDOW + dt.timedelta(minutes=1)):
        invitations.invite(fatima, address="nog.een@voorbeeld.example", role="editor")
