"""*Met mij gedeeld*: what is new to a reader, and when they last read. The look log is the only memory."""

import datetime as dt

import pytest

from mmm.consent import selectors, services
from mmm.foundation import clock
from tests import cast

pytestmark = pytest.mark.django_db


def line(marieke, sam):
    return next(each for each in selectors.shared_with(marieke) if each.owner_id == sam.id)


def test_what_nobody_read_yet_is_new():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke, "dreams", "story")
    found = line(marieke, sam)
    assert found.read_at is None
    assert found.new_titles == found.titles == ["Mijn dromen", "Wat ik wil vertellen"]
    page = cast.client_of(marieke).get("/met-mij-gedeeld/").content.decode()
    assert "Je las dit nog niet." in page


def test_what_was_read_is_new_no_more_and_says_the_day():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke)
    services.read(marieke, owner_id=sam.id)
    found = line(marieke, sam)
    assert (found.new_titles, found.read_at is not None) == ([], True)
    with clock.moved(dt.timedelta(days=2)):
        assert line(marieke, sam).read_at == found.read_at
        page = cast.client_of(marieke).get("/met-mij-gedeeld/").content.decode()
    assert "Laatst gelezen op" in page
    assert "Nieuw</span>" not in page


def test_a_part_that_is_shared_later_is_the_only_one_that_is_new():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke, "dreams")
    services.read(marieke, owner_id=sam.id)
    with clock.moved(dt.timedelta(days=1)):
        cast.share(sam, marieke, "story")
        assert line(marieke, sam).new_titles == ["Wat ik wil vertellen"]
        services.read(marieke, owner_id=sam.id)
        assert line(marieke, sam).new_titles == []


def test_what_somebody_else_read_stays_new():
    sam, henk = cast.worker(), cast.worker("Henk")
    marieke, joost = cast.professional(), cast.professional("Joost")
    cast.share(sam, marieke)
    cast.share(sam, joost)
    cast.share(henk, marieke)
    services.read(joost, owner_id=sam.id)
    services.read(marieke, owner_id=henk.id)
    assert line(marieke, sam).read_at is None
    assert line(marieke, henk).new_titles == []


def test_reading_in_one_role_says_nothing_about_another():
    sam, marieke = cast.worker(), cast.professional()
    other = cast.member(marieke, cast.organisation("Ander Werk"))
    cast.share(sam, marieke)
    cast.share(sam, other)
    services.read(marieke, owner_id=sam.id)
    assert line(other, sam).read_at is None
