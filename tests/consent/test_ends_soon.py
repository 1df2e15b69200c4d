"""A share that runs out is told in time, once."""

import datetime as dt

import pytest

from mmm.accounts import blocks
from mmm.accounts.actors import Actor
from mmm.accounts.models import Notice
from mmm.consent import services
from mmm.foundation import clock
from tests import cast

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def told() -> int:
    return Notice.objects.filter(kind=services.ENDS_SOON).count()


def test_a_week_before_the_end_the_owner_hears_of_it_once() -> None:
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke, "dreams", "needs", days=30)
    for days, expected in ((22, 0), (23, 1), (24, 1), (30, 1), (31, 1)):
        with clock.moved(days * DAY):
            services.tell_what_ends()
            services.tell_what_ends()
        assert told() == expected, days
    assert Notice.objects.get(kind=services.ENDS_SOON).user == sam.user


def test_what_was_taken_back_or_meant_to_be_short_is_not_told() -> None:
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke, "dreams", days=5)
    (grant,) = cast.share(sam, marieke, "needs", days=30)
    services.revoke(sam, grant_id=grant.id)
    with clock.moved(25 * DAY):
        services.tell_what_ends()
    services.tell_what_ends()
    assert told() == 0


def test_what_closed_already_by_itself_is_not_told() -> None:
    blocking, left, both = cast.worker("Sam"), cast.worker("Noor"), cast.worker("Ali")
    marieke, ahmed, joke = cast.professional(), cast.professional("Ahmed"), cast.professional("Joke")
    for owner, reader in ((blocking, marieke), (left, ahmed), (both, joke)):
        cast.share(owner, reader, "story", days=30)
    blocks.block(blocking, person_id=marieke.id, known_as="Marieke")
    cast.leave(ahmed)
    cast.member(Actor(joke.user), cast.organisation("Werkpunt", kind="employer", at=cast.ELSEWHERE))
    with clock.moved(25 * DAY):
        services.tell_what_ends()
    assert told() == 0


def test_a_part_that_closed_does_not_hide_the_part_that_ends() -> None:
    sam, joke = cast.worker(), cast.professional("Joke")
    cast.share(sam, joke, "dreams", "story", days=30)
    cast.member(Actor(joke.user), cast.organisation("Werkpunt", kind="employer", at=cast.ELSEWHERE))
    with clock.moved(25 * DAY):
        services.tell_what_ends()
    assert told() == 1
