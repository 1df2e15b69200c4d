"""An account that nobody uses: told three times, then erased; the clock stands still during a break."""

import datetime as dt

import pytest
from django.test import Client

from mmm.accounts import idle, pause
from mmm.accounts.actors import Actor
from mmm.accounts.models import IdleWarning, Notice, Session, User
from mmm.foundation import clock, crypto, doors
from mmm.foundation.policy import Denied
from mmm.foundation.tasks import outbox, worker
from tests import cast
from tests.accounts.doors import enter, join

pytestmark = pytest.mark.django_db(transaction=True)
DAY = dt.timedelta(days=1)


def after(days: int) -> None:
    """A worker comes by, so many days from now; twice, because everything may be repeated."""
    with clock.moved(days * DAY):
        idle.tend()
        idle.tend()
        worker.run_due()


def messages() -> int:
    return Notice.objects.filter(kind=idle.KIND).count()


def test_a_person_who_never_comes_back_is_told_three_times_and_then_erased() -> None:
    sam = cast.person()
    for days, expected in ((364, 0), (365, 1), (500, 1), (699, 1), (700, 2), (722, 2), (723, 3), (729, 3)):
        after(days)
        steps = IdleWarning.objects.filter(user=sam.user).count()
        assert steps == expected, days
        assert User.objects.filter(id=sam.id).exists()
    after(730)
    assert not User.objects.filter(id=sam.id).exists()
    assert not crypto.vault_alive(sam.vault_id)


def test_the_message_is_a_mail_and_a_line_on_the_page_and_says_nothing() -> None:
    sam = cast.person()
    after(365)
    assert messages() == 1
    (mail,) = [message for message in outbox.recent(10) if message.kind != "code"]
    assert "gewist" not in mail.subject + mail.body
    assert sam.user.name not in mail.subject


def test_who_was_never_told_because_no_worker_ran_is_told_first_and_erased_a_week_later() -> None:
    sam = cast.person()
    after(900)
    assert User.objects.filter(id=sam.id).exists()
    assert messages() == 1
    after(906)
    assert User.objects.filter(id=sam.id).exists()
    after(907)
    assert not User.objects.filter(id=sam.id).exists()


def test_signing_in_begins_anew(client: Client) -> None:
    join(client)
    after(725)
    with clock.moved(726 * DAY):
        enter(client)
    user = User.objects.get()
    after(740)
    assert User.objects.filter(id=user.id).exists()
    after(726 + 365)
    assert IdleWarning.objects.filter(user=user, step=1).count() == 1


def test_a_session_that_slides_counts_as_being_here_without_a_get_that_writes(client: Client) -> None:
    join(client)
    user = User.objects.get()
    with clock.moved(20 * DAY):
        Session.objects.update(expire_date=clock.now() + dt.timedelta(hours=12))
        assert idle.note_seen() == 1
        assert idle.note_seen() == 0
        assert User.objects.get().last_seen_on == clock.today()
    with clock.moved(40 * DAY):
        # Over, and not removed yet; it went on for twelve hours after the last time here.
        Session.objects.update(expire_date=clock.now() - 3 * DAY + dt.timedelta(hours=12))
        idle.note_seen()
        user.refresh_from_db()
        assert user.last_seen_on == clock.today() - 3 * DAY


@pytest.mark.parametrize("hours", [0, 6, 12, 18])
def test_whoever_was_here_in_the_evening_was_not_here_the_next_day(client: Client, hours: int) -> None:
    with clock.moved(dt.timedelta(hours=hours)):
        join(client)
        day = clock.today()
        with clock.moved(DAY):
            idle.note_seen()
            assert User.objects.get().last_seen_on == day


def test_the_clock_stands_still_during_a_break_and_starts_at_its_end(client: Client) -> None:
    join(client)
    sam = Actor(User.objects.get())
    pause.pause(sam)
    after(3000)
    assert messages() == 0
    with clock.moved(3000 * DAY):
        enter(client)
        pause.resume(Actor(User.objects.get()))
    after(3364)
    assert messages() == 0
    after(3365)
    assert messages() == 1


def test_an_account_with_a_veto_stays() -> None:
    sam = cast.person()
    doors.leaving._items["test"] = doors.Leaving("test", lambda user_id: Denied("Eerst iets doorgeven."))
    try:
        after(724)
        after(800)
        assert User.objects.filter(id=sam.id).exists()
    finally:
        del doors.leaving._items["test"]
