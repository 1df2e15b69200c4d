"""Who does what: only who chose it, only for who signed in, and a peer expert only for colleagues."""

import pytest
from django.test import Client
from django.urls import reverse

from mmm.accounts.actors import Actor
from mmm.region import directory, opening, selectors, services
from mmm.region.models import Membership, Municipality, Region
from tests import cast

pytestmark = pytest.mark.django_db


def names(viewer: Actor, **filters: object) -> list[str]:
    return [reader.name for reader in directory.who_does_what(viewer, **filters).items]  # type: ignore[arg-type]


def test_it_is_for_who_signed_in_and_shows_who_chose_it_and_never_a_worker(client: Client) -> None:
    sam, marieke = cast.worker("Sam"), cast.professional()
    cast.employer()
    hidden = cast.professional("Verborgen")
    row = Membership.objects.get(id=hidden.role.membership_id)
    services.choose_listed(Actor(hidden.user), membership=row, listed=False)
    assert client.get(reverse("region:directory")).status_code == 302
    assert names(sam) == [marieke.user.name]
    assert marieke.user.name in cast.client_of(sam).get(reverse("region:directory")).content.decode()


def test_it_is_narrowed_by_profession_and_municipality() -> None:
    sam = cast.person()
    cast.professional("Marieke")
    cast.income_professional("Ruud")
    here = Municipality.objects.get(name="Leiden").id
    there = Municipality.objects.get(name="Enschede").id
    assert names(sam) == ["Marieke", "Ruud"]
    assert names(sam, profession=cast.CASE_MANAGER) == ["Ruud"]
    assert names(sam, municipality_id=here) == ["Marieke", "Ruud"]
    assert names(sam, municipality_id=there) == []


def test_a_peer_expert_is_shown_to_colleagues_only_and_after_a_second_choice() -> None:
    sam, marieke = cast.person(), cast.professional("Marieke")
    delano = cast.member(cast.person("Delano"), cast.organisation("Anker"), profession=cast.PEER_EXPERT)
    assert "Delano" not in names(marieke)
    row = Membership.objects.get(id=delano.role.membership_id)
    browser = cast.client_of(delano)
    cast.post(browser, reverse("region:listed", args=[row.id]), {"peer": "1"})
    assert "Delano" in names(marieke)
    assert "Delano" not in names(sam)
    assert "Delano" not in names(Actor(marieke.user)), "at home somebody is no colleague"
    assert "Delano" not in names(cast.coordinator())


def test_nobody_stands_in_it_while_the_region_is_shut() -> None:
    sam = cast.person()
    cast.professional("Marieke")
    opening.close(cast.coordinator())
    assert not Region.objects.get(slug=cast.HOME).is_open
    assert names(sam) == []


def test_it_has_pages_and_no_count(monkeypatch: pytest.MonkeyPatch) -> None:
    sam = cast.person()
    monkeypatch.setattr(directory, "ON_A_PAGE", 2)
    for name in ("A", "B", "C"):
        cast.professional(name)
    assert names(sam) == ["A", "B"]
    assert names(sam, number=2) == ["C"]
    page = cast.client_of(sam).get(reverse("region:directory")).content.decode()
    assert "bladzijde=2" in page


def test_who_shares_finds_a_peer_expert_by_name_and_by_that_word_only_after_a_choice() -> None:
    sam = cast.person()
    delano = cast.member(cast.person("Delano"), cast.organisation("Anker"), profession=cast.PEER_EXPERT)
    row = Membership.objects.get(id=delano.role.membership_id)

    def found(query: str) -> list[str]:
        return [reader.line for reader in selectors.reader_directory(query=query, owner_id=sam.id)]

    assert found("Delano") == ["Delano, Anker"]
    assert found("ervaringsdeskundige") == []
    services.choose_listed_as_peer(delano, membership=row, listed=True)
    assert found("ervaringsdeskundige") == found("Delano") == ["Delano, ervaringsdeskundige, Anker"]
