"""What a coordinator does at the desk: numbers, hours, tasks, organisations, and saying no."""

import datetime as dt
import re

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from mmm.accounts import policy as accounts
from mmm.accounts import selectors as accounts_selectors
from mmm.accounts import services as accounts_services
from mmm.accounts.actors import Actor
from mmm.accounts.models import Notice
from mmm.consent import selectors as consent
from mmm.foundation import clock
from mmm.foundation.policy import Denied, NotAllowed
from mmm.foundation.public import raise_edition
from mmm.foundation.tasks import outbox
from mmm.region import contacts, organisations, selectors, services, staff
from mmm.region.models import ContactPoint, Invitation, Membership, Organisation, Region, StaffRole
from tests import cast
from tests.accounts.doors import once
from tests.openings import opened
from tests.region.people import acting, coordinator, member, organisation, region, user

pytestmark = pytest.mark.django_db
MAIL = "nieuw@voorbeeld.example"


def at_desk(*, role: str = "coordinator") -> tuple[Actor, Client]:
    """A coordinator (or deputy) of the home region, and the browser they work in."""
    actor = cast.staff(role)
    return actor, cast.client_of(actor)


def send(client: Client, to: str, /, *args: object, **data: object) -> int:
    """Post a form of the desk; the status of the answer."""
    return client.post(reverse(f"region:{to}", args=args), {"once": once(), **data}).status_code


# -- requests --


def test_a_declined_request_is_answered_with_a_sentence_and_can_be_asked_again() -> None:
    _lead, client = at_desk()
    sam = cast.person()
    work = cast.organisation()
    asked = services.request_membership(sam, organisation=work, profession=_coach(), name="Sam de Boer")
    assert send(client, "decline", asked.id) == 200  # no reason chosen
    assert send(client, "decline", asked.id, why="elsewhere") == 302
    asked.refresh_from_db()
    assert asked.state == "declined"
    assert Notice.objects.filter(user=sam.user, kind="region.answer").count() == 1
    page = cast.client_of(sam).get(reverse("region:mine")).content.decode()
    assert "andere organisatie" in page
    again = services.request_membership(sam, organisation=work, profession=_coach(), name="Sam de Boer")
    assert again.id != asked.id
    assert again.state == "requested"
    assert "andere organisatie" not in cast.client_of(sam).get(reverse("region:mine")).content.decode()


def test_confirming_tells_the_person_once() -> None:
    lead, _client = at_desk()
    sam = cast.person()
    asked = services.request_membership(
        sam, organisation=cast.organisation(), profession=_coach(), name="Sam"
    )
    services.confirm_membership(lead, membership=asked)
    services.confirm_membership(lead, membership=asked)
    assert Notice.objects.filter(user=sam.user, kind="region.answer").count() == 1


def test_who_is_confirmed_is_not_declined() -> None:
    lead, _client = at_desk()
    row = member(user("Marieke"))
    with pytest.raises(NotAllowed):
        services.decline_membership(lead, membership=row, why="unknown")
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_the_contact_of_an_organisation_confirms_colleagues_there_and_nowhere_else() -> None:
    marieke = cast.professional()
    here = cast.organisation()
    Organisation.objects.filter(id=here.id).update(contact_id=marieke.role.membership_id)
    sam = cast.person()
    asked = services.request_membership(sam, organisation=here, profession=_coach(), name="Sam de Boer")
    other = services.request_membership(
        sam, organisation=cast.organisation("Elders"), profession=_coach(), name="Sam de Boer"
    )
    client = cast.client_of(marieke)
    assert "Sam de Boer" in client.get(reverse("region:colleagues")).content.decode()
    assert send(client, "colleagues", membership=asked.id.hex) == 302
    assert send(client, "colleagues", membership=other.id.hex) == 302
    asked.refresh_from_db()
    other.refresh_from_db()
    assert (asked.state, other.state) == ("confirmed", "requested")
    assert asked.confirmed_by == marieke.id
    services.leave(Actor(marieke.user), membership=Membership.objects.get(id=marieke.role.membership_id))
    assert client.get(reverse("region:colleagues")).status_code == 404


def test_a_contact_confirms_not_themselves() -> None:
    marieke = cast.professional()
    here = cast.organisation()
    Organisation.objects.filter(id=here.id).update(contact_id=marieke.role.membership_id)
    own = services.request_membership(
        Actor(marieke.user), organisation=here, profession=_profession(9), name="Marieke"
    )
    with pytest.raises(NotAllowed):
        services.confirm_membership(marieke, membership=own)


# -- tasks --


def asked(client: Client, address: str, role: str) -> str:
    """Ask for a task at the desk; the path of the link in the mail that went out."""
    answer = client.post(
        reverse("region:staff"), {"once": once(), "address": address, "role": role}, follow=True
    )
    assert "onderweg" in answer.content.decode()
    mail = next(each for each in outbox.recent(50) if each.to == address.lower())
    found = re.search(r"/uitnodiging/[0-9a-f]{32}/", mail.body)
    assert found
    return found.group()


def yes(actor: Actor, path: str) -> HttpResponse:
    """Say yes to an invitation."""
    return cast.post(cast.client_of(actor), path, {"name": actor.user.name})


def test_who_is_asked_has_a_task_after_saying_yes_and_no_sooner() -> None:
    _lead, client = at_desk()
    sam = cast.person("Sam")
    path = asked(client, accounts_selectors.own_address(sam).upper(), "trainer")
    assert not StaffRole.objects.filter(user=sam.user).exists()
    assert yes(sam, path).status_code == 302
    row = StaffRole.objects.get(user=sam.user)
    assert send(client, "staff_end", row.id) == 302
    row.refresh_from_db()
    assert row.ended_at


def test_the_desk_tells_nobody_whether_an_address_has_an_account() -> None:
    _lead, client = at_desk()
    known = accounts_selectors.own_address(cast.person("Sam"))
    pages = []
    for address in (known, "niemand@voorbeeld.example"):
        data = {"once": once(), "address": address, "role": "trainer"}
        answer = client.post(reverse("region:staff"), data)
        page = client.get(answer.headers["Location"]).content.decode()
        pages.append((answer.status_code, answer.headers["Location"], page.count("<li"), address in page))
    assert pages[0] == pages[1]
    assert Invitation.objects.count() == 2


def test_many_mails_in_an_hour_are_stopped() -> None:
    _lead, client = at_desk()
    url = reverse("region:staff")
    pages = [
        client.post(url, {"once": once(), "address": f"{n}@voorbeeld.example", "role": "trainer"})
        for n in range(21)
    ]
    assert ["Wacht een uur" in page.content.decode() for page in pages] == [False] * 20 + [True]
    assert Invitation.objects.count() == 20


def test_the_last_coordinator_hands_on_first() -> None:
    here = opened(region())
    row = StaffRole.objects.select_related("user").get(region=here, role="coordinator")
    lead = acting(row.user, row)
    assert isinstance(staff.may_end(lead, row), Denied)
    with pytest.raises(NotAllowed):
        staff.end(lead, row=row)
    deputy = StaffRole.objects.select_related("user").get(region=here, role="deputy")
    path = asked(
        cast.client_of(lead), accounts_selectors.own_address(Actor(deputy.user)) or MAIL, "coordinator"
    )
    assert yes(Actor(deputy.user), path).status_code == 302
    deputy.refresh_from_db()
    assert deputy.ended_at, "who is the coordinator now is the deputy no more"
    staff.end(lead, row=row)
    assert not StaffRole.objects.filter(user=row.user, ended_at=None).exists()


def test_the_coordinator_is_not_made_their_own_deputy() -> None:
    lead, _client = at_desk()
    other = cast.coordinator()
    path = asked(cast.client_of(other), accounts_selectors.own_address(lead), "deputy")
    answer = yes(Actor(lead.user), path)
    assert "De plaatsvervanger is iemand anders." in answer.content.decode()
    assert not StaffRole.objects.filter(role="deputy").exists()
    assert Invitation.objects.get().accepted_at is None


def test_the_last_coordinator_of_an_open_region_does_not_erase_unseen() -> None:
    here = opened(region())
    row = StaffRole.objects.select_related("user").get(region=here, role="coordinator")
    lead = acting(row.user, row)
    with pytest.raises(NotAllowed):
        accounts_services.erase(Actor(row.user))
    from mmm.region import opening

    opening.close(lead)
    assert accounts.may_erase(Actor(row.user)), "one person can always close the region, and go"


# -- organisations --


def test_closing_an_organisation_ends_what_was_shared_there() -> None:
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke, "dreams")
    lead, client = at_desk()
    here = cast.organisation()
    assert consent.open_to(marieke).exists()
    assert "1 mens" in client.get(reverse("region:organisation_close", args=[here.id])).content.decode()
    assert send(client, "organisation_close", here.id) == 302
    assert not consent.open_to(marieke).exists()
    assert here.name not in [each.name for each in organisations.here(lead)]
    assert here not in selectors.organisations(here.region_id)
    assert client.get(reverse("region:organisation", args=[here.id])).status_code == 404


def test_an_organisation_of_another_kind_has_to_be_checked_again() -> None:
    lead, _client = at_desk()
    here = cast.organisation()
    same = {"part_of": None, "contact": None, "chain_link": "work"}
    organisations.change(lead, organisation=here, name="Werkpunt Zuid", kind="service", **same)
    assert here.checked_at
    organisations.change(lead, organisation=here, name="Werkpunt Zuid", kind="employer", **same)
    assert here.checked_at is None


def test_a_name_stands_on_the_list_once() -> None:
    _lead, client = at_desk()
    here, _other = cast.organisation(), cast.organisation("Elders")
    wrong = {"name": "Elders", "kind": "service", "chain_link": "work"}
    page = client.post(reverse("region:organisation", args=[here.id]), {"once": once(), **wrong})
    assert "staat al op de lijst" in page.content.decode()
    here.refresh_from_db()
    assert here.name == "Werkpunt"


def test_parts_of_parts_are_refused() -> None:
    lead, _client = at_desk()
    top, middle, low = (organisation(name) for name in ("Top", "Midden", "Laag"))
    same = {"kind": "service", "chain_link": "work", "contact": None}
    organisations.change(lead, organisation=middle, name="Midden", part_of=top, **same)
    with pytest.raises(NotAllowed):
        organisations.change(lead, organisation=low, name="Laag", part_of=middle, **same)


# -- numbers and hours --


def test_numbers_are_public_with_source_and_day_and_go_when_old_but_a_crisis_line_stays(
    client: Client,
) -> None:
    lead, desk = at_desk()
    data = {"name": "Crisisdienst", "phone": "071 123 45 67", "source": "Ik belde"}
    assert send(desk, "contact_new", "crisis", name="Crisisdienst", source="Ik belde") == 200  # no number
    assert send(desk, "contact_new", "crisis", **data) == 302
    address = reverse("region:region", args=[cast.HOME])
    page = client.get(address).content.decode()
    assert "tel:0711234567" in page
    assert page.index("tel:112") < page.index("tel:0711234567")
    point = ContactPoint.objects.get(name="Crisisdienst")
    complaint = {"name": "Klachtenloket", "phone": "071 765 43 21", "source": "Hun website"}
    assert send(desk, "contact_new", "complaint", **complaint) == 302
    assert "tel:0717654321" in client.get(address).content.decode()
    with clock.moved(dt.timedelta(days=340)):
        assert point in contacts.nearly_old(lead)
    ContactPoint.objects.update(checked_on=clock.today() - dt.timedelta(days=367))
    raise_edition()
    page = client.get(address).content.decode()
    assert "tel:0717654321" not in page
    assert "tel:0711234567" in page  # an old crisis line is better than none
    assert send(desk, "contact", point.id, **data) == 302
    point.refresh_from_db()
    assert point.checked_on == clock.today()
    assert send(desk, "contact_remove", point.id) == 302
    assert not ContactPoint.objects.filter(id=point.id).exists()


def test_hours_are_typed_as_people_write_them_and_said_on_the_public_page(client: Client) -> None:
    _lead, desk = at_desk()
    assert "Vul eerst" in desk.get(reverse("region:hours")).content.decode()
    send(desk, "contact_new", "phone", name="De regio", phone="071 000 00 00", source="Ik belde")
    assert send(desk, "hours", day0_0="9", day0_1="") == 200
    assert send(desk, "hours", day0_0="17", day0_1="9") == 200
    assert send(desk, "hours", day0_0="9", day0_1="17.30", day1_0="9:00", day1_1="17:30") == 302
    page = client.get(reverse("region:region", args=[cast.HOME])).content.decode()
    assert "van 9.00 tot 17.30 uur" in page
    assert "9.00" in desk.get(reverse("region:hours")).content.decode()


def _coach() -> object:
    return _profession(cast.JOB_COACH)


def _profession(nr: int) -> object:
    from mmm.region.models import Profession

    return Profession.objects.get(nr=nr)


def test_the_desk_says_what_waits_and_other_tasks_have_a_page_of_their_own() -> None:
    _lead, client = at_desk()
    page = client.get(reverse("region:desk")).content.decode()
    assert "nog niet open" in page
    assert "punten van de lijst" in page
    assert "Mijn taak" in cast.client_of(cast.staff("editor")).get(reverse("region:desk")).content.decode()


def test_whoever_the_command_line_makes_coordinator_finds_the_desk() -> None:
    sam = cast.person("Sam")
    call_command("appoint", accounts_selectors.own_address(sam), "coordinator", cast.HOME, verbosity=0)
    row = StaffRole.objects.get(user=sam.user)
    client = cast.client_of(acting(sam.user, row))
    assert Region.objects.get(slug=cast.HOME).name in client.get(reverse("region:desk")).content.decode()


def test_coordinators_elsewhere_find_nothing_of_this_region() -> None:
    wim = user("Wim")
    elsewhere = acting(wim, coordinator(wim, of=region("drenthe")))
    here = organisation()
    assert organisations.find(elsewhere, here.id) is None
    assert organisations.here(elsewhere) == []
    with pytest.raises(NotAllowed):
        organisations.close(elsewhere, organisation=here)
    with pytest.raises(NotAllowed):
        organisations.people_of(elsewhere, here)
