"""A region opens when its list is green and two people said so; new shares stop when an item falls red."""

import datetime as dt
import itertools
import uuid

import pytest
from django.db import IntegrityError, transaction

from mmm.accounts.actors import Actor
from mmm.foundation import clock
from mmm.foundation.policy import NotAllowed
from mmm.region import checklist, contacts, opening, selectors, services
from mmm.region.models import (
    ContactPoint,
    Membership,
    Opening,
    Organisation,
    Promise,
    Region,
    StaffRole,
)
from tests import cast
from tests.openings import opened
from tests.region.people import acting, coordinator, member, organisation, region, user

pytestmark = pytest.mark.django_db
ITEMS = {item.key for item in checklist.ITEMS}


def lead_of(where: Region) -> Actor:
    row = StaffRole.objects.filter(region=where, role="coordinator").select_related("user").first()
    assert row
    return acting(row.user, row)


def deputy_of(where: Region) -> Actor:
    row = StaffRole.objects.select_related("user").get(region=where, role="deputy")
    return acting(row.user, row)


def open_ids() -> set[uuid.UUID]:
    """The regions that take part, as the public page says."""
    return {each.id for each in selectors.regions_with_state() if each.takes_part}


def red(where: Region) -> set[str]:
    """The items that are not in order."""
    state = opening.state_for(lead_of(where))
    return {line.item.key for line in state.missing}


def test_the_list_and_its_conditions_name_the_same_items() -> None:
    assert set(checklist.conditions()) == ITEMS
    assert len(ITEMS) == len(checklist.ITEMS)


def test_a_new_region_lacks_everything_but_the_coordinator_who_looks() -> None:
    lead = user("Joke")
    coordinator(lead)
    assert red(region()) == ITEMS - {"coordinator"}
    assert not opening.state_for(lead_of(region())).open_now
    assert region().id not in open_ids()


def test_a_green_region_that_two_people_opened_is_open_and_no_other() -> None:
    here = opened(region())
    assert red(here) == set()
    assert open_ids() == {here.id}


# How each item falls red.
BREAKS = {
    "coordinator": lambda here: StaffRole.objects.filter(region=here, role="coordinator"),
    "deputy": lambda here: StaffRole.objects.filter(region=here, role="deputy"),
    "listeners": lambda here: StaffRole.objects.filter(region=here, role="listener")[:1],
    "reader": lambda here: Organisation.objects.filter(region=here),
    "crisis": lambda here: ContactPoint.objects.filter(region=here, kind="crisis"),
    "complaint": lambda here: ContactPoint.objects.filter(region=here, kind="complaint"),
    "fallback": lambda here: ContactPoint.objects.filter(region=here, kind="fallback"),
    **{
        item: lambda here, item=item: Promise.objects.filter(region=here, item=item)
        for item in Promise.Item.values
    },
}


@pytest.mark.parametrize("item", sorted(ITEMS - {"phone"}))  # without a phone there are no hours, either
def test_each_item_alone_closes_the_region(item: str) -> None:
    here = opened(region())
    if item == "hours":
        contacts.set_hours(lead_of(here), hours={})
    for row in BREAKS[item](here) if item in BREAKS else ():
        if isinstance(row, StaffRole):
            StaffRole.objects.filter(id=row.id).update(ended_at=clock.now())
        elif isinstance(row, Organisation):
            Organisation.objects.filter(id=row.id).update(checked_at=None)
        elif isinstance(row, Promise):
            Promise.objects.filter(id=row.id).update(undone_at=clock.now())
        else:
            row.delete()
    assert not open_ids()
    if item != "coordinator":
        assert red(here) == {item}


def test_numbers_and_promises_are_looked_at_again_after_a_year() -> None:
    here = opened(region())
    year = clock.today() - checklist.FRESH
    for kind, late in itertools.product(ContactPoint.Kind.values, (0, 1)):
        point = ContactPoint.objects.get(region=here, kind=kind)
        ContactPoint.objects.filter(id=point.id).update(checked_on=year - dt.timedelta(days=late))
        lacks = {kind, "hours"} if kind == "phone" else {kind}
        assert red(here) == (lacks if late else set())
        ContactPoint.objects.filter(id=point.id).update(checked_on=clock.today())
    Promise.objects.filter(item="guide_read").update(at=clock.now() - checklist.FRESH - dt.timedelta(days=1))
    assert red(here) == {"guide_read"}


def test_an_old_crisis_line_stays_on_the_page_and_waits_at_the_desk() -> None:
    here = opened(region())
    ContactPoint.objects.filter(region=here).update(checked_on=clock.today() - checklist.FRESH * 2)
    shown = {kind for kind, points in selectors.contact_points(here.id).items() if points}
    assert shown == {"crisis"}
    waiting = contacts.nearly_old(cast.coordinator())
    assert "crisis" in {point.kind for point in waiting}


def test_two_listeners_of_one_legal_person_are_not_two() -> None:
    here = opened(region())
    one, other = Organisation.objects.filter(region=here).order_by("name")
    Organisation.objects.filter(id=one.id).update(part_of=other)
    assert red(here) == {"listeners"}


def test_one_listener_at_two_organisations_is_not_two() -> None:
    here = opened(region())
    stays, goes = StaffRole.objects.filter(region=here, role="listener")
    StaffRole.objects.filter(id=goes.id).update(ended_at=clock.now())
    member(stays.user, at=organisation("Werkpunt Leiden"))
    assert red(here) == {"listeners"}


def test_a_listener_who_left_or_is_gone_does_not_count() -> None:
    here = opened(region())
    row = StaffRole.objects.filter(region=here, role="listener").select_related("user").first()
    assert row
    membership = Membership.objects.get(user=row.user)
    services.leave(Actor(row.user), membership=membership)
    assert "listeners" in red(here)
    Membership.objects.filter(id=membership.id).update(ended_at=None)
    assert red(here) == set()
    row.user.is_active = False
    row.user.save()
    assert "listeners" in red(here)


def test_the_coordinator_is_not_their_own_deputy() -> None:
    here = opened(region())
    lead = lead_of(here)
    StaffRole.objects.filter(region=here, role="deputy").update(user=lead.user)
    assert red(here) == {"deputy"}


def _green_but_closed() -> Region:
    here = opened(region())
    opening.close(lead_of(here))
    assert not open_ids()
    return here


def test_it_takes_two_different_people_to_open() -> None:
    here = _green_but_closed()
    lead, deputy = lead_of(here), deputy_of(here)
    asked = opening.ask(lead)
    assert opening.ask(lead) == asked
    assert not open_ids()
    with pytest.raises(NotAllowed):
        opening.confirm(lead)
    assert not open_ids()
    opening.confirm(deputy)
    assert open_ids() == {here.id}
    assert opening.confirm(deputy).confirmed_by == deputy.id
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.filter(id=asked.id).update(asked_by=deputy.id)


def test_nobody_opens_what_is_not_green_or_was_not_asked() -> None:
    here = _green_but_closed()
    lead, deputy = lead_of(here), deputy_of(here)
    with pytest.raises(NotAllowed):
        opening.confirm(deputy)
    opening.take_back(lead, item="guide_read")
    with pytest.raises(NotAllowed):
        opening.ask(lead)
    opening.promise(lead, item="guide_read")
    opening.ask(lead)
    contacts.set_hours(lead, hours={})
    with pytest.raises(NotAllowed):
        opening.confirm(deputy)
    assert not open_ids()


def test_nobody_promises_what_data_can_tell() -> None:
    here = opened(region())
    for item in ITEMS - set(Promise.Item.values):
        with pytest.raises(NotAllowed):
            opening.promise(lead_of(here), item=item)


def test_strangers_change_nothing_of_a_region() -> None:
    opened(region())
    els = user("Els")
    stranger = acting(els, coordinator(els, role="editor"))
    for act in (
        opening.ask,
        opening.confirm,
        opening.close,
        opening.state_for,
        lambda actor: opening.promise(actor, item="guide_read"),
        lambda actor: opening.take_back(actor, item="guide_read"),
        lambda actor: contacts.set_hours(actor, hours={}),
        lambda actor: contacts.put(actor, kind="phone", name="X", source="Y"),
        lambda actor: contacts.remove(actor, point_id=region().id),
    ):
        with pytest.raises(NotAllowed):
            act(stranger)


def _reader(actor: Actor) -> selectors.Reader:
    assert actor.role.membership_id
    found = selectors.active_membership(actor.role.membership_id, actor.id)
    assert found
    return found


def test_new_shares_stop_at_once_and_reading_goes_on() -> None:
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke, "dreams")
    from mmm.consent import services as consent

    here = Region.objects.get(slug=cast.HOME)
    assert [reader.name for reader in selectors.reader_directory(region_id=here.id)]
    opening.close(lead_of(here))
    with pytest.raises(NotAllowed, match="not allowed") as refused:
        cast.share(sam, marieke, "needs")
    assert refused.value.reason == selectors.may_take_new(_reader(marieke)).reason
    assert selectors.reader_directory(region_id=here.id) == []
    assert consent.read(marieke, owner_id=sam.id).sheets


def test_erasing_a_person_keeps_what_the_region_recorded_and_forgets_who() -> None:
    here = opened(region())
    lead = lead_of(here)
    opening.promise(lead, item="guide_read")
    services.erase(lead.id)
    assert Promise.objects.filter(undone_at=None, item="guide_read", by=None).exists()
    assert not Opening.objects.filter(asked_by=lead.id).exists()
