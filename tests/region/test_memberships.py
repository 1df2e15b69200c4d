"""The life of a membership, by the pages: ask, promise, confirm, be found, leave."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from mmm.accounts.models import User
from mmm.foundation import clock
from mmm.foundation.policy import NotAllowed
from mmm.region import selectors, services
from mmm.region.models import Membership, Profession, StaffRole
from mmm.region.roles import Roles
from tests.accounts.doors import did_second_step, join, once, post
from tests.openings import opened
from tests.region.people import acting, coordinator, member, organisation, region, user

pytestmark = pytest.mark.django_db


def _as_coordinator(address: str = "lead@regio.example", slug: str = "holland-rijnland") -> Client:
    client = Client()
    join(client, address, "Joke")
    role = coordinator(User.objects.order_by("-created_at")[0], of=region(slug))
    post(client, "accounts:role", {"role": f"staff:{role.id.hex}"})
    did_second_step(client)
    return client


def _ask(client: Client) -> Membership:
    place = organisation()
    opened(place.region)
    assert "Holland Rijnland" in client.get(reverse("region:request")).content.decode()
    url = reverse("region:request") + "?regio=holland-rijnland"
    assert place.name in client.get(url).content.decode()
    profession = Profession.objects.get(nr=15)
    data = {"organisation": place.id, "profession": profession.id, "name": "Marieke de Wit", "once": once()}
    answer = client.post(url, data)
    membership = Membership.objects.latest("requested_at")
    assert answer.url == reverse("region:secrecy", args=[membership.id])
    return membership


def test_a_professional_asks_promises_is_confirmed_is_found_and_leaves(client: Client) -> None:
    lead = _as_coordinator()
    join(client, "m@werk.example", "Marieke")
    who = User.objects.get(name="Marieke").id
    membership = _ask(client)
    assert selectors.active_membership(membership.id, who) is None

    secrecy = reverse("region:secrecy", args=[membership.id])
    assert client.post(secrecy, {"once": once(), "listed": "on"}).status_code == 200  # not ticked
    client.post(secrecy, {"once": once(), "accept": "on", "listed": "on"})
    assert selectors.active_membership(membership.id, who) is None
    assert selectors.reader_directory() == []

    assert "Marieke de Wit" in lead.get(reverse("region:memberships")).content.decode()
    lead.post(reverse("region:confirm", args=[membership.id]), {"once": once()})
    (reader,) = selectors.reader_directory(query="marieke jobcoach werkpunt")
    assert reader.line == "Marieke de Wit, jobcoach, Werkpunt Leiden"
    assert not reader.employer
    assert selectors.active_membership(membership.id, who) == reader

    client.post(reverse("region:listed", args=[membership.id]), {"once": once(), "listed": "0"})
    assert selectors.reader_directory() == []
    assert selectors.active_membership(membership.id, who) is not None

    leave = reverse("region:leave", args=[membership.id])
    assert "Werkpunt Leiden" in client.get(leave).content.decode()
    assert client.post(leave, {"once": once()}).status_code == 302
    assert selectors.active_membership(membership.id, who) is None
    assert client.get(leave).status_code == 404


def test_a_coordinator_elsewhere_is_a_stranger(client: Client) -> None:
    elsewhere = _as_coordinator(slug="drenthe")
    membership = member(user("Marieke"), confirmed_at=None)
    assert membership.name not in elsewhere.get(reverse("region:memberships")).content.decode()
    for name in ("region:confirm", "region:end"):
        answer = elsewhere.post(reverse(name, args=[membership.id]), {"once": once()})
        assert answer.status_code == 404
    assert elsewhere.get(reverse("region:end", args=[membership.id])).status_code == 404
    membership.refresh_from_db()
    assert membership.confirmed_at is None
    assert membership.ended_at is None
    actor = acting(user("X"), coordinator(User.objects.get(name="X"), of=region("drenthe")))
    with pytest.raises(NotAllowed):
        services.confirm_membership(actor, membership=membership)
    with pytest.raises(NotAllowed):
        services.leave(actor, membership=membership)


@pytest.mark.parametrize("role", ["editor", "listener", "trainer"])
def test_other_staff_and_everybody_else_find_no_such_page(client: Client, role: str) -> None:
    join(client)
    me = User.objects.get()
    assert client.get(reverse("region:memberships")).status_code == 404
    staff = coordinator(me, role=role)
    post(client, "accounts:role", {"role": f"staff:{staff.id.hex}"})
    did_second_step(client)
    assert client.get(reverse("region:memberships")).status_code == 404


def test_a_coordinator_must_act_as_one_to_see_the_page(client: Client) -> None:
    join(client)
    coordinator(User.objects.get())
    assert client.get(reverse("region:memberships")).status_code == 404


def test_nobody_confirms_themselves() -> None:
    me = user("Joke")
    actor = acting(me, coordinator(me))
    membership = member(me, confirmed_at=None)
    with pytest.raises(NotAllowed):
        services.confirm_membership(actor, membership=membership)


def test_a_membership_of_somebody_else_is_not_there(client: Client) -> None:
    membership = member(user("Marieke"))
    join(client)
    for name in ("region:secrecy", "region:leave"):
        assert client.get(reverse(name, args=[membership.id])).status_code == 404
    for name in ("region:secrecy", "region:listed", "region:leave"):
        assert client.post(reverse(name, args=[membership.id]), {"once": once()}).status_code == 404


def test_the_coordinator_ends_a_membership() -> None:
    lead = _as_coordinator()
    membership = member(user("Marieke"))
    url = reverse("region:end", args=[membership.id])
    assert membership.name in lead.get(url).content.decode()
    lead.post(url, {"once": once()})
    assert selectors.active_membership(membership.id, membership.user_id) is None


def test_the_directory_lists_no_worker_no_employer_and_nobody_who_did_not_choose_it() -> None:
    user("Sam")
    member(user("Bakker"), at=organisation("Bakkerij De Ster", kind="employer"))
    member(user("Verborgen"), listed=False)
    member(user("Onbevestigd"), confirmed_at=None)
    member(user("Zonderbelofte"), secrecy_at=None, secrecy_version=None)
    member(user("Weg"), ended_at=clock.now())
    gone = member(user("Uit"))
    User.objects.filter(id=gone.user_id).update(is_active=False)
    shown = member(user("Marieke"))
    opened(region())
    assert [reader.membership_id for reader in selectors.reader_directory()] == [shown.id]


def test_the_directory_can_be_narrowed_to_a_region() -> None:
    here = member(user("Marieke"))
    member(user("Piet"), at=organisation("Werkplein", where=region("drenthe")))
    opened(region())
    opened(region("drenthe"))
    found = selectors.reader_directory(region_id=region().id)
    assert [reader.membership_id for reader in found] == [here.id]
    assert selectors.reader_directory(query="nergens") == []


def test_an_employer_is_known_as_one() -> None:
    membership = member(user("Bakker"), at=organisation("Bakkerij De Ster", kind="employer"))
    reader = selectors.active_membership(membership.id, membership.user_id)
    assert reader is not None
    assert reader.employer
    assert reader.line == "Bakker de Wit, Bakkerij De Ster"
    role = Roles().resolve(membership.user_id, f"member:{membership.id.hex}")
    assert role is not None
    assert role.employer


def test_one_open_membership_for_each_person_place_and_profession() -> None:
    me = user()
    first = member(me)
    with pytest.raises(IntegrityError), transaction.atomic():
        member(me)
    again = services.request_membership(
        acting(me), organisation=first.organisation, profession=first.profession, name="Sam"
    )
    assert again == first
    services.leave(acting(me), membership=first)
    assert member(me) != first
    shop = organisation("Bakkerij De Ster", kind="employer")
    member(me, at=shop)
    with pytest.raises(IntegrityError), transaction.atomic():
        member(me, at=shop)


def test_leaving_or_confirming_twice_keeps_the_first_moment() -> None:
    me = user()
    membership = member(me)
    left = services.leave(acting(me), membership=membership).ended_at
    with clock.moved(dt.timedelta(days=1)):
        assert services.leave(acting(me), membership=membership).ended_at == left


def test_only_a_coordinator_of_the_region_appoints() -> None:
    lead = user("Joke")
    actor = acting(lead, coordinator(lead))
    other = user("Els")
    given = services.appoint(actor, user_id=other.id, role="listener", region=region())
    assert given == services.appoint(actor, user_id=other.id, role="listener", region=region())
    assert given.given_by == lead.id
    with pytest.raises(NotAllowed):
        services.appoint(actor, user_id=other.id, role="listener", region=region("drenthe"))
    with pytest.raises(NotAllowed):
        services.appoint(acting(other), user_id=other.id, role="coordinator", region=region())
    with pytest.raises(NotAllowed):
        services.appoint(actor, user_id=other.id, role="king", region=region())


def test_the_first_coordinator_is_appointed_from_the_command_line(client: Client) -> None:
    from django.core.management import CommandError, call_command

    region()
    join(client, "lead@regio.example", "Joke")
    call_command("appoint", "Lead@Regio.example", "coordinator", "holland-rijnland", verbosity=0)
    call_command("appoint", "lead@regio.example", "coordinator", "holland-rijnland", verbosity=0)
    assert StaffRole.objects.get().user == User.objects.get()
    for wrong in (
        ("x@y.example", "coordinator", "drenthe"),
        ("lead@regio.example", "coordinator", "nowhere"),
    ):
        with pytest.raises(CommandError):
            call_command("appoint", *wrong)


def test_a_region_without_organisations_says_so(client: Client) -> None:
    region()
    join(client)
    page = client.get(reverse("region:request") + "?regio=zeeland").content.decode()
    assert "nog geen organisaties" in page
    wrong = client.get(reverse("region:request") + "?regio=atlantis").content.decode()
    assert re.search(r"error-summary", wrong)


def test_what_is_exported_is_readable() -> None:
    from mmm.region import own_data

    me = user()
    member(me)
    coordinator(me)
    exported = own_data.export(me.id, me.vault_id)
    assert exported["work"][0]["profession"] == "jobcoach"
    assert exported["tasks"][0]["region"] == "Holland Rijnland"


def test_a_coordinator_puts_organisations_on_the_list_of_the_own_region_only() -> None:
    lead = _as_coordinator()
    url = reverse("region:organisations")
    data = {"name": "Werkpunt Noord", "kind": "service", "chain_link": "work"}
    assert lead.post(url, {"once": once()}).status_code == 200
    assert lead.post(url, {**data, "once": once()}).status_code == 302
    assert lead.post(url, {**data, "once": once()}).status_code == 302
    assert lead.get(url).content.decode().count("<strong>Werkpunt Noord") == 1
    actor = acting(user("X"), coordinator(User.objects.get(name="X"), of=region("drenthe")))
    with pytest.raises(NotAllowed):
        services.add_organisation(actor, region=region(), name="Y", chain_link="work", kind="service")


def test_a_coordinator_checks_organisations_of_the_own_region_only() -> None:
    place = organisation()
    lead = user("Joke")
    membership = member(user("Marieke"), at=place)
    seen = selectors.active_membership(membership.id, membership.user_id)
    assert seen is not None
    assert not seen.checked
    stranger = user("Els")
    with pytest.raises(NotAllowed):
        services.check_organisation(
            acting(stranger, coordinator(stranger, of=region("drenthe"))), organisation=place
        )
    services.check_organisation(acting(lead, coordinator(lead)), organisation=place, kvk="12345678")
    place.refresh_from_db()
    assert (place.kvk, place.checked_by) == ("12345678", lead.id)
    seen = selectors.active_membership(membership.id, membership.user_id)
    assert seen is not None
    assert seen.checked
    services.erase(lead.id)
    place.refresh_from_db()
    assert place.checked_by is None
    assert place.checked_at is not None


def test_only_coordinators_find_the_list_of_organisations(client: Client) -> None:
    join(client)
    assert client.get(reverse("region:organisations")).status_code == 404
    assert post(client, "region:organisations").status_code == 404


def test_ended_work_is_removed_after_a_year_and_present_work_never() -> None:
    from mmm.region import tasks

    me = user()
    present = member(me)
    left = member(user("Weg"))
    services.leave(acting(left.user), membership=left)
    with clock.moved(dt.timedelta(days=364)):
        tasks.prune()
        assert Membership.objects.count() == 2
    with clock.moved(dt.timedelta(days=366)):
        tasks.prune()
        assert Membership.objects.get() == present
