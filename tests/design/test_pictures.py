from itertools import product

import pytest

from mmm.design import pictures

KEYS = [f"story-{number}" for number in range(40)]


def test_story_keeps_its_picture():
    assert pictures.story_picture("drie-uur", "culture") == pictures.story_picture("drie-uur", "culture")


def test_no_two_stories_look_the_same():
    drawn = {str(pictures.story_picture(key, sector)) for key, sector in product(KEYS, pictures.THINGS)}
    assert len(drawn) == len(KEYS) * len(pictures.THINGS)


@pytest.mark.parametrize("sector", pictures.THINGS)
def test_two_people_beside_each_other_differ_in_everything_one_sees(sector: str):
    for key in KEYS:
        drawn = pictures.plan(key, sector)
        one, other = drawn.left, drawn.right
        assert one.skin != other.skin
        assert one.clothes != other.clothes
        assert one.head != other.head
        assert not (one.glasses and other.glasses)


def test_every_sector_has_a_thing_and_places_that_exist():
    assert set(pictures.THINGS) == set(pictures.WHERE)
    assert {place for places in pictures.WHERE.values() for place in places} <= set(pictures.PLACES)


def test_unknown_work_still_gets_a_picture():
    assert "<svg" in pictures.story_picture("x", "something-new")


def test_picture_only_decorates():
    assert 'aria-hidden="true"' in pictures.story_picture("x", "care")


def test_view_of_a_real_persons_story_shows_nobody() -> None:
    for key in KEYS:
        assert 'r="25"' in pictures.story_picture(key, "green")  # a head
        assert 'r="25"' not in pictures.view(key)
    assert len({str(pictures.view(key)) for key in KEYS}) > 2
