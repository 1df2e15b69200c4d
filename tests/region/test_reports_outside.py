"""A report that nobody in the region may handle goes to the contact outside the region, and back."""

import pytest
from django.core.management import CommandError, call_command

from mmm.accounts import blocks
from mmm.accounts import services as accounts
from mmm.accounts.actors import Actor
from mmm.accounts.selectors import own_address
from mmm.foundation import clock
from mmm.foundation.policy import NotAllowed
from mmm.region import invitations, policy, staff, tasks
from mmm.region import services as region
from mmm.region.models import Region, StaffRole
from mmm.region.reports import selectors, services
from mmm.region.reports.selectors import NotThere
from tests import cast

pytestmark = pytest.mark.django_db
PAGE = "/melden/"


def looks_after_alone(*here):
    """Nobody looks after the region but these."""
    others = StaffRole.objects.filter(role__in=policy.COORDINATORS)
    others.exclude(user_id__in=[actor.id for actor in here]).update(ended_at=clock.now())


def of_name(actor, marieke):
    work = marieke.role.membership_id
    return services.report(actor, kind="naam", thing_id=work, shown=["line"], words="Zij werkt hier niet.")


def of_the_coordinator(reporter):
    """A report about the only coordinator, who works in the region as well."""
    fatima = cast.coordinator()
    at_work = cast.member(fatima, cast.organisation())
    looks_after_alone(fatima)
    return fatima, of_name(reporter, at_work)


def told(actor):
    return [notice.kind for notice in cast.notices_of(actor)].count("region.reported")


def test_a_report_about_the_only_coordinator_goes_to_somebody_outside_at_once():
    sam, elske = cast.worker(), cast.staff("outside", name="Elske")
    fatima, row = of_the_coordinator(sam)
    assert (told(elske), told(fatima)) == (1, 0)
    assert [task.id for task in selectors.tasks_for(elske)] == [row.id]
    assert selectors.tasks_for(fatima) == []
    with pytest.raises(NotThere):
        services.read(fatima, report_id=row.id)
    assert services.read(elske, report_id=row.id).words == "Zij werkt hier niet."
    services.answer(elske, report_id=row.id, outcome="done", reason="Ik belde beide kanten.")
    assert "Ik belde beide kanten." in cast.client_of(sam).get(PAGE).content.decode()


def test_the_person_reads_who_has_it_now():
    sam, elske = cast.worker(), cast.staff("outside", name="Elske Dijkgraaf")
    of_the_coordinator(sam)
    page = cast.client_of(sam).get(PAGE).content.decode()
    assert "<li>Elske Dijkgraaf, contactpersoon buiten de regio</li>" in page
    assert "In de regio mag niemand dit behandelen." in page
    deputy = cast.staff("deputy", name="Bram Visser")  # from now on somebody in the region may
    page = cast.client_of(sam).get(PAGE).content.decode()
    assert "<li>Bram Visser, plaatsvervangend coördinator</li>" in page
    assert "Elske" not in page
    assert selectors.tasks_for(elske) == []
    assert len(selectors.tasks_for(deputy)) == 1


def test_a_report_that_somebody_in_the_region_may_handle_is_nothing_to_the_contact_outside():
    sam, marieke, elske = cast.worker(), cast.professional(), cast.staff("outside")
    row = of_name(sam, marieke)
    assert told(elske) == 0
    assert selectors.tasks_for(elske) == []
    with pytest.raises(NotThere):
        services.read(elske, report_id=row.id)
    assert cast.client_of(elske).get(f"/regio-beheer/meldingen/{row.id.hex}/").status_code == 404


def test_a_coordinator_who_reports_is_not_asked_to_answer():
    marieke, elske, fatima = cast.professional(), cast.staff("outside"), cast.coordinator()
    looks_after_alone(fatima)
    row = of_name(fatima, marieke)
    assert (told(elske), told(fatima)) == (1, 0)
    assert [task.own for task in selectors.tasks_for(fatima)] == [True]
    with pytest.raises(NotThere):
        services.read(fatima, report_id=row.id)
    assert services.read(elske, report_id=row.id)


@pytest.mark.parametrize("why", ["made it", "is about them", "is blocked", "is gone", "is elsewhere"])
def test_it_never_goes_to_a_contact_outside_who_may_not_and_the_person_gets_the_numbers(why):
    elske = cast.staff("outside", at=cast.ELSEWHERE if why == "is elsewhere" else cast.HOME, name="Elske")
    fatima, marieke = cast.coordinator(), cast.professional()
    at_work = cast.member(elske, cast.organisation()) if why == "is about them" else marieke
    looks_after_alone(fatima)
    sam = elske if why == "made it" else cast.worker()
    blocks.block(sam if sam is not elske else Actor(elske.user), person_id=fatima.id, known_as="Fatima")
    if why == "is blocked":
        blocks.block(sam, person_id=elske.id, known_as="Elske")
    if why == "is gone":
        accounts.erase_now(elske.id, elske.vault_id)
    row = of_name(sam, at_work)
    assert selectors.handlers([row]) == {row.id: []}
    assert told(elske) == 0
    page = cast.client_of(sam).get(PAGE).content.decode()
    assert "Bel daarom zelf een nummer van de regio." in page
    assert "/regios/holland-rijnland/" in page


def test_whoever_gets_a_report_later_hears_of_it_once():
    sam = cast.worker()
    _fatima, row = of_the_coordinator(sam)
    assert selectors.handlers([row]) == {row.id: []}
    elske = cast.staff("outside")
    tasks.tell_who_has_reports()
    tasks.tell_who_has_reports()
    assert told(elske) == 1
    blocks.block(sam, person_id=elske.id, known_as="Elske")
    with pytest.raises(NotThere):
        services.answer(elske, report_id=row.id, outcome="kept", reason="Te laat.")


def test_no_coordinator_chooses_or_ends_who_stands_above_the_region():
    fatima, elske = cast.coordinator(), cast.staff("outside")
    home = Region.objects.get(slug=cast.HOME)
    with pytest.raises(NotAllowed):
        region.appoint(fatima, user_id=fatima.id, role="outside", region=home)
    with pytest.raises(NotAllowed):
        invitations.invite(fatima, role="outside")
    row = StaffRole.objects.get(user_id=elske.id)
    with pytest.raises(NotAllowed):
        staff.end(fatima, row=row)
    browser = cast.client_of(fatima)
    for address in ("/regio-beheer/taken/", "/regio-beheer/uitnodigen/"):
        assert 'value="outside"' not in browser.get(address).content.decode()


def test_the_command_line_gives_and_ends_it():
    elske = cast.person("Elske")
    address = own_address(elske)
    call_command("appoint", address, "outside", cast.HOME)
    assert StaffRole.objects.filter(user_id=elske.id, ended_at=None).exists()
    call_command("appoint", address, "outside", cast.HOME, "--end")
    assert not StaffRole.objects.filter(user_id=elske.id, ended_at=None).exists()
    with pytest.raises(CommandError):
        call_command("appoint", "niemand@voorbeeld.example", "outside", cast.HOME)
