"""Somebody with a task who wants more: links kept for later, reports about oneself, hidden names."""

import pytest
from django.test import Client

from mmm.accounts import blocks, farewells
from mmm.accounts.actors import Actor
from mmm.foundation import audit
from mmm.region import directory, invitations, own_data, staff
from mmm.region.models import Invitation
from mmm.region.reports import selectors, services
from mmm.region.reports.selectors import NotThere
from tests import cast
from tests.region.test_reports import of_name, reported

pytestmark = pytest.mark.django_db


def test_links_of_who_coordinates_no_more_open_nothing() -> None:
    stays, goes, friend = cast.coordinator(), cast.coordinator(), cast.person("Vriend")
    link = invitations.invite(goes, role="coordinator").link
    path = link[link.index("/uitnodiging/") :]
    assert Client().get(path).status_code == 200
    row = next(row for row in staff.roles_here(stays) if row.user_id == goes.id)
    staff.end(stays, row=row)
    assert Client().get(path).status_code == 404
    assert cast.post(cast.client_of(friend), path, {"name": "Vriend"}).status_code == 404
    assert invitations.open_in_region(stays) == []


def test_links_of_who_is_erased_open_nothing() -> None:
    goes = cast.coordinator()
    link = invitations.invite(goes, role="deputy").link
    own_data.erase(goes.id, goes.vault_id)
    assert Client().get(link[link.index("/uitnodiging/") :]).status_code == 404


def test_a_restore_brings_back_no_link_that_was_withdrawn() -> None:
    link = invitations.invite(cast.coordinator(), address="x@voorbeeld.example", role="helper").link
    assert invitations.close_all() == 1
    assert Client().get(link[link.index("/uitnodiging/") :]).status_code == 404
    assert Invitation.objects.get().address == ""


def test_a_hidden_name_stands_in_no_list_at_all() -> None:
    sam, marieke, fatima = cast.worker(), cast.professional(), cast.coordinator()
    assert directory.who_does_what(sam).items
    services.answer(fatima, report_id=of_name(sam, marieke).id, outcome="hidden", reason="Zij is weg.")
    assert not directory.who_does_what(sam).items


def test_nobody_reads_or_answers_a_report_about_themselves() -> None:
    sam, marieke = cast.worker(), cast.professional()
    staff.services.appoint(None, user_id=marieke.id, role="deputy", region=cast.organisation().region)
    deputy = cast.Actor(marieke.user, next(r for r in cast.roles_of(marieke.user) if r.kind == "staff"))
    for row in (reported(sam, marieke), of_name(sam, marieke)):
        with pytest.raises(NotThere):
            services.read(deputy, report_id=row.id)
        with pytest.raises(NotThere):
            services.answer(deputy, report_id=row.id, outcome="kept", reason="Niets aan de hand.")
        assert services.read(cast.coordinator(), report_id=row.id)
    assert selectors.tasks_for(deputy) == []
    assert len(selectors.tasks_for(cast.coordinator())) == 2


def test_who_is_blocked_reads_no_report_of_who_blocked_them() -> None:
    sam, marieke, ex = cast.worker(), cast.professional(), cast.coordinator()
    blocks.block(sam, person_id=ex.id, known_as="mijn ex")
    row = reported(sam, marieke)
    assert selectors.tasks_for(ex) == []
    assert not cast.notices_of(ex)
    with pytest.raises(NotThere):
        services.read(ex, report_id=row.id)
    assert services.read(cast.coordinator(), report_id=row.id)


def test_a_report_of_who_went_is_invisible_at_once() -> None:
    sam, marieke, fatima = cast.worker(), cast.professional(), cast.coordinator()
    row = reported(sam, marieke)
    farewells.erase_later(Actor(sam.user))
    assert selectors.tasks_for(fatima) == []
    with pytest.raises(NotThere):
        services.read(fatima, report_id=row.id)
    assert not [look for look in audit.looks_for_owner(sam.vault_id, limit=9) if "Fatima" in look.reader_line]
    farewells.come_back(sam.id)
    assert services.read(fatima, report_id=row.id).words
