"""Regions as everybody sees them, and the shipped content."""

import pytest
from django.test import Client
from django.urls import reverse

from mmm.region import content_loader
from mmm.region.models import Municipality, Profession, Region
from tests.region.people import member, region, user

pytestmark = pytest.mark.django_db


def test_content_is_loaded_whole_and_again_without_change() -> None:
    first = content_loader.load()
    before = [list(model.objects.values()) for model in (Region, Municipality, Profession)]
    assert first == {"regions": 35, "municipalities": 342, "professions": 21}
    assert content_loader.load() == first
    assert [list(model.objects.values()) for model in (Region, Municipality, Profession)] == before


def test_loading_again_keeps_what_the_region_decided() -> None:
    Region.objects.filter(id=region().id).update(is_open=True)
    content_loader.load()
    assert region().is_open


def test_every_region_has_its_own_place_on_the_map() -> None:
    region()
    assert len(set(Region.objects.values_list("column", "row"))) == 35


def test_all_regions_are_a_list_of_links(client: Client) -> None:
    region()
    page = client.get(reverse("region:regions")).content.decode()
    assert page.count("/regios/holland-rijnland/") == 2  # the list, and the map


def test_a_region_says_honestly_that_it_is_not_open(client: Client) -> None:
    region()
    page = client.get(reverse("region:region", args=["zeeland"])).content.decode()
    assert "nog niet open" in page
    assert "Er doen nog geen organisaties mee." in page
    assert "Middelburg" in page


def test_a_region_shows_organisations_and_never_people(client: Client) -> None:
    membership = member(user("Marieke"))
    page = client.get(reverse("region:region", args=["holland-rijnland"])).content.decode()
    assert membership.organisation.name in page
    assert "Marieke" not in page


def test_an_unknown_region_is_not_there(client: Client) -> None:
    assert client.get(reverse("region:region", args=["atlantis"])).status_code == 404


def test_professions_have_two_languages(client: Client) -> None:
    from django.utils import translation

    region()
    coach = Profession.objects.get(nr=15)
    with translation.override("en"):
        assert coach.name == "job coach"
    with translation.override("nl"):
        assert coach.name == "jobcoach"
