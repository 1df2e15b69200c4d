"""The demo world: believable, whole, invented, and the same in both languages."""

import pytest
from django.test import Client
from django.utils import translation

from mmm.accounts import selectors as accounts
from mmm.accounts.actors import Actor, roles_of
from mmm.consent import selectors as consent
from mmm.demo import world
from mmm.demo.cast import BY_KEY, CAST, HOMES, SHARES, WORDS
from mmm.region.models import StaffRoleName

pytestmark = pytest.mark.django_db


@pytest.fixture
def built() -> None:
    assert world.build()
    assert not world.build()


def test_there_are_two_regions_every_role_and_a_street_of_people() -> None:
    assert len(HOMES) == 2
    assert len([person for person in CAST if person.group == "story"]) >= 8
    assert {person.staff.role for person in CAST if person.staff} == set(StaffRoleName.values)
    assert {person.group for person in CAST} == {"story", "professional", "employer", "region"}


def test_everybody_is_told_about_in_both_languages() -> None:
    for language in ("nl", "en"):
        assert set(WORDS[language]) == {person.key for person in CAST}
        with translation.override(language):
            assert all(person.about and person.look for person in CAST)


@pytest.mark.usefixtures("built")
def test_everybody_can_be_looked_along_with_in_the_role_they_are_there_for() -> None:
    for person in CAST:
        user = accounts.by_address(person.address)
        assert user is not None
        confirmed = not person.work or person.work.confirmed
        assert not confirmed or any(role.kind == person.kind for role in roles_of(user)), person.key


@pytest.mark.usefixtures("built")
def test_who_was_shared_with_can_read_it_now() -> None:
    for share in SHARES:
        user = accounts.by_address(f"{share.reader}@voorbeeld.example")
        assert user is not None
        role = next(role for role in roles_of(user) if role.kind == "member")
        names = [sharer.name for sharer in consent.shared_with(Actor(user, role))]
        assert BY_KEY[share.owner].name in names


@pytest.mark.urls("tests.house.urls_demo")
def test_the_demo_page_shows_all_of_them_in_the_language_of_the_page(client: Client) -> None:
    assert client.get("/demo/").content.decode().count("<h3>") == len(CAST)
    assert "Was a dental assistant" in client.get("/en/demo/").content.decode()
