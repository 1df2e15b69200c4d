"""Notices: who hears of what, how and when; and that a mail about it says nothing."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from mmm.accounts import backend, notices, pause
from mmm.accounts import services as accounts
from mmm.accounts.actors import Actor
from mmm.accounts.models import Notice
from mmm.accounts.notices import Hours, sending
from mmm.foundation import clock, doors
from mmm.foundation.tasks import queue, worker
from mmm.foundation.tasks.models import OutboxMessage, Task
from tests import cast, guards

pytestmark = pytest.mark.django_db
# A winter day: the clock in Amsterdam is an hour ahead of UTC.
NOON, EVENING, NIGHT, MORNING = "12:00", "21:30", "03:00", "07:59"
KINDS = {
    "test.mail": doors.NoticeKind("test.mail", "Nieuws", "mail"),
    "test.page": doors.NoticeKind("test.page", "Nieuws", "page"),
    "test.daily": doors.NoticeKind("test.daily", "Nieuws", "daily"),
    "test.safety": doors.NoticeKind("test.safety", "Veilig", "mail", always=True),
    "test.self": doors.NoticeKind("test.self", "Voor jou.", side="self"),
    "test.work": doors.NoticeKind("test.work", "Voor je werk", side="work"),
}


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(doors.notice_kinds, "_items", {**doors.notice_kinds._items, **KINDS})
    backend._with_frame.cache_clear()  # which kinds there are is known once the program runs
    yield
    backend._with_frame.cache_clear()


@pytest.fixture
def at() -> Iterator[Callable[[str], None]]:
    """`at("21:30")`: the house's clock says so, on a winter day; later calls only go forward."""
    day = dt.date(2027, 1, 12)

    def move(words: str) -> None:
        hour, minute = words.removeprefix("next ").split(":")
        date = day + dt.timedelta(days=words.startswith("next "))
        moment = dt.datetime.combine(date, dt.time(int(hour), int(minute)), timezone.get_default_timezone())
        clock._offset = moment - timezone.now()

    before = clock._offset
    yield move
    clock._offset = before


def someone(**chosen: object) -> Actor:
    """A person who chose this about notices: a way for each kind, and hours."""
    actor = cast.person()
    hours = {"quiet_from": 21, "quiet_until": 8, "paused": False} | {
        key: chosen.pop(key) for key in ("quiet_from", "quiet_until", "paused") if key in chosen
    }
    ways = {f"test.{kind}": str(way) for kind, way in chosen.items()}
    notices.choose(actor, ways=ways, **hours)  # type: ignore[arg-type]
    return actor


def send(actor: Actor, kind: str, key: str = "1") -> None:
    notices.send(actor.id, kind=f"test.{kind}", view="accounts:mine", key=key)


NEVER = None
# kind, what somebody chose for it, paused, when it happens -> on the page?, and when it is mailed
TABLE = [
    ("mail", None, False, NOON, True, NOON),
    ("mail", None, False, EVENING, True, "next 08:00"),
    ("mail", None, False, NIGHT, True, "08:00"),
    ("mail", None, False, MORNING, True, "08:00"),
    ("mail", "page", False, NOON, True, NEVER),
    ("mail", "daily", False, NOON, True, "next 09:00"),
    ("mail", "daily", False, NIGHT, True, "09:00"),
    ("mail", "off", False, NOON, False, NEVER),
    ("mail", None, True, NOON, True, NEVER),
    ("mail", "mail", True, NOON, True, NEVER),
    ("mail", "daily", True, NOON, True, NEVER),
    ("page", None, False, NOON, True, NEVER),
    ("page", "mail", False, NOON, True, NOON),
    ("page", "mail", False, EVENING, True, "next 08:00"),
    ("page", "daily", False, EVENING, True, "next 09:00"),
    ("page", "off", False, NOON, False, NEVER),
    ("daily", None, False, "08:30", True, "09:00"),
    ("daily", None, False, NOON, True, "next 09:00"),
    ("daily", "mail", False, NOON, True, NOON),
    ("daily", None, True, NOON, True, NEVER),
    # Safety is always mailed, at once, whatever somebody chose.
    *(
        ("safety", way, paused, when, True, when)
        for way in (None, "page", "daily", "off")
        for paused in (False, True)
        for when in (NOON, NIGHT)
    ),
]


@pytest.mark.parametrize(("kind", "way", "paused", "when", "on_page", "mailed"), TABLE)
def test_kind_choice_quiet_hours_and_pause_decide_together(
    at: Callable[[str], None],
    kind: str,
    way: str | None,
    paused: bool,
    when: str,
    on_page: bool,
    mailed: str | None,
) -> None:
    at("00:30")
    actor = someone(paused=paused, **({kind: way} if way else {}))
    at(when)
    send(actor, kind)
    worker.run_due()
    assert bool(notices.lines_for(actor)) is on_page
    if mailed == when:
        assert len(mail.outbox) == 1
        return
    assert mail.outbox == []
    if mailed:
        hour, minute = mailed.removeprefix("next ").split(":")
        earlier = f"{int(hour) - 1}:59" if minute == "00" else f"{hour}:00"
        at(mailed.replace(f"{hour}:{minute}", earlier))
        worker.run_due()
        assert mail.outbox == []
        at(mailed)
        worker.run_due()
        assert len(mail.outbox) == 1
    at("next 23:00")
    worker.run_due()
    assert len(mail.outbox) == bool(mailed)


@pytest.mark.parametrize(
    ("quiet_from", "quiet_until", "hour", "quiet"),
    [(21, 8, 21, True), (21, 8, 20, False), (21, 8, 7, True), (21, 8, 8, False), (13, 15, 14, True),
     (13, 15, 15, False), (0, 0, 0, False), (9, 9, 9, False), (0, 23, 23, False), (0, 23, 0, True)],
)  # fmt: skip
def test_quiet_hours_may_cross_midnight_or_not_be_there(
    quiet_from: int, quiet_until: int, hour: int, quiet: bool
) -> None:
    moment = dt.datetime(2027, 7, 1, hour, 30, tzinfo=timezone.get_default_timezone())
    assert Hours(quiet_from, quiet_until).is_quiet(moment) is quiet


def test_all_that_waited_for_the_morning_is_one_mail(at: Callable[[str], None]) -> None:
    at(NIGHT)
    actor = someone()
    for key in "abc":
        send(actor, "mail", key)
    at("08:00")
    worker.run_due()
    assert len(mail.outbox) == 1
    assert len(notices.lines_for(actor)) == 3


def test_safety_does_not_wait_behind_what_waits_for_the_morning(at: Callable[[str], None]) -> None:
    at(NIGHT)
    actor = someone()
    send(actor, "mail")
    send(actor, "safety")
    worker.run_due()
    assert len(mail.outbox) == 1
    at("08:00")
    worker.run_due()
    assert len(mail.outbox) == 2


def test_who_turns_it_off_pauses_or_sees_it_meanwhile_gets_no_mail(at: Callable[[str], None]) -> None:
    at(NIGHT)
    off, paused, seen, still = someone(), someone(), someone(), someone()
    for actor in (off, paused, seen, still):
        send(actor, "mail")
    notices.choose(off, ways={"test.mail": "off"}, quiet_from=21, quiet_until=8, paused=False)
    notices.choose(paused, ways={}, quiet_from=21, quiet_until=8, paused=True)
    (line,) = notices.lines_for(seen)
    notices.see(seen, notice_id=line.id)
    at("08:00")
    worker.run_due()
    assert [message.to for message in mail.outbox] == [[cast_address(still)]]
    notices.choose(paused, ways={}, quiet_from=21, quiet_until=8, paused=False)
    at(NOON)
    worker.run_due()
    assert len(mail.outbox) == 1  # what came in a pause stands on the page; no mail comes after it


def test_somebody_having_a_break_gets_nothing_but_safety(at: Callable[[str], None]) -> None:
    at(NOON)
    actor = someone()
    send(actor, "mail", "before")
    pause.pause(actor)
    send(actor, "mail", "during")
    worker.run_due()
    assert mail.outbox == []
    send(actor, "safety")
    worker.run_due()
    assert len(mail.outbox) == 1
    pause.resume(actor)
    worker.run_due()
    assert len(mail.outbox) == 1
    assert len(notices.lines_for(actor)) == 3


def test_safety_is_mailed_although_somebody_opened_it(at: Callable[[str], None]) -> None:
    """Who opened it may be a stranger in a session that they took."""
    at(NOON)
    actor = someone()
    send(actor, "safety")
    notices.see_all(actor)
    worker.run_due()
    assert len(mail.outbox) == 1


def cast_address(actor: Actor) -> str:
    from mmm.accounts import selectors

    return selectors.own_address(actor)


def test_shared_device_gets_no_mail_until_it_is_chosen(at: Callable[[str], None]) -> None:
    at(NOON)
    actor = cast.person()
    notices.only_on_page(actor.id)
    send(actor, "mail", "1")
    send(actor, "safety", "1")
    worker.run_due()
    assert len(mail.outbox) == 1  # safety alone
    notices.choose(actor, ways={"test.mail": "mail"}, quiet_from=21, quiet_until=8, paused=False)
    send(actor, "mail", "2")
    worker.run_due()
    assert len(mail.outbox) == 2


def test_same_key_is_one_notice_and_one_mail(at: Callable[[str], None]) -> None:
    at(NOON)
    actor = someone()
    for _ in range(3):
        send(actor, "mail")
        worker.run_due()
    assert Notice.objects.count() == len(mail.outbox) == 1


def test_notice_of_a_rolled_back_change_is_not_there() -> None:
    actor = someone()
    with transaction.atomic():
        send(actor, "safety")
        transaction.set_rollback(True)
    worker.run_due()
    assert mail.outbox == []
    assert not Notice.objects.exists()


def test_worker_that_is_killed_half_way_loses_nothing_and_doubles_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    actor = someone()
    send(actor, "safety")

    class Killed(BaseException):
        """As a kill: nothing after it is run."""

    def dies(*args: object, **kwargs: object) -> None:
        raise Killed

    real = sending._post
    for stage in (dies, lambda *a, **k: (real(*a, **k), dies())):
        monkeypatch.setattr(sending, "_post", stage)
        task = queue.claim()
        while task and task.name != sending.TASK:
            queue.finish(task)
            task = queue.claim()
        with pytest.raises(Killed):
            sending.mail_due(task.payload)  # type: ignore[union-attr]
        assert not OutboxMessage.objects.filter(kind="notice").exists()
        Task.objects.filter(name=sending.TASK).update(lease_until=clock.now())  # the lease runs out
    monkeypatch.undo()
    monkeypatch.setattr(doors.notice_kinds, "_items", {**doors.notice_kinds._items, **KINDS})
    for _ in range(2):
        worker.run_due()
    assert len(mail.outbox) == 1
    sending.mail_due({"user": actor.id.hex})
    assert OutboxMessage.objects.filter(kind="notice").count() == 1


def test_every_mail_is_the_same_whatever_it_is_about(at: Callable[[str], None]) -> None:
    at(NOON)
    actor = someone(daily="mail", page="mail")
    told = set()
    for kind in ("mail", "page", "daily", "safety", "self", "work"):
        send(actor, kind)
        worker.run_due()
        told.add((mail.outbox[-1].subject, mail.outbox[-1].body, mail.outbox[-1].from_email))
    assert len(mail.outbox) == 6
    assert len(told) == 1
    ((subject, body, _sender),) = told
    for word in (actor.user.name, "verhaal", "Veilig", "werk", actor.id.hex):
        assert word not in subject + body
    assert body.count("http") == 1


def test_who_is_gone_or_without_address_gets_no_mail() -> None:
    gone, without = someone(), someone()
    send(gone, "safety")
    accounts.erase_now(gone.id, gone.vault_id)
    without.user.emailaddress_set.all().delete()
    send(without, "safety")
    send(gone, "safety", "2")
    notices.send(uuid.uuid4(), kind="test.safety", view="accounts:mine", key="1")
    worker.run_due()
    assert mail.outbox == []
    assert len(notices.lines_for(without)) == 1
    assert Notice.objects.count() == 1


def test_unknown_kind_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        notices.send(cast.person().id, kind="test.nowhere", view="accounts:mine", key="1")


def test_each_side_sees_its_own_notices() -> None:
    marieke = cast.professional()
    Notice.objects.all().delete()  # that her work was confirmed
    self_ = Actor(marieke.user)
    for kind in ("self", "work", "mail"):
        send(marieke, kind)
    assert {line.text for line in notices.lines_for(self_)} == {"Voor jou.", "Nieuws"}
    assert {line.text for line in notices.lines_for(marieke)} == {"Voor je werk", "Nieuws"}
    work_page = cast.client_of(marieke).get(reverse("accounts:notices")).content.decode()
    assert "Voor jezelf is er ook iets nieuws." in work_page
    assert "Voor jou." not in work_page
    hidden = Notice.objects.get(kind="test.self")
    assert notices.see(marieke, notice_id=hidden.id) is None
    assert notices.see(self_, notice_id=hidden.id) == reverse("accounts:mine")


def test_the_frame_counts_what_is_new_without_a_question_of_its_own() -> None:
    actor = someone()
    client = cast.client_of(actor)
    page = reverse("accounts:welcome")
    client.get(page)
    with guards.questions() as before:
        assert "Meldingen" in client.get(page).content.decode()
    for key in "ab":
        send(actor, "mail", key)
    with guards.questions() as after:
        assert "2 nieuw" in client.get(page).content.decode()
    assert len(before) == len(after) == 2


def test_opening_a_line_marks_it_and_leads_there_and_nobody_opens_anothers() -> None:
    actor, other = someone(), someone()
    send(actor, "mail", "1")
    send(actor, "mail", "2")
    first, _second = notices.lines_for(actor)
    page = reverse("accounts:notices")
    assert cast.post(cast.client_of(other), page, {"notice": first.id.hex}).status_code == 404
    client = cast.client_of(actor)
    answer = cast.post(client, page, {"notice": first.id.hex})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("accounts:mine"))
    assert [line.seen for line in notices.lines_for(actor)] == [False, True]
    cast.post(client, page, {"all": "1"})
    assert all(line.seen for line in notices.lines_for(actor))
    for nonsense in ("x", "", uuid.uuid4().hex):
        assert cast.post(client, page, {"notice": nonsense}).status_code == 404


def test_notices_go_after_their_time() -> None:
    send(someone(), "mail")
    assert notices.forget_old(clock.now() - dt.timedelta(days=90)) == 0
    with clock.moved(dt.timedelta(days=91)):
        assert notices.forget_old(clock.now() - dt.timedelta(days=90)) == 1
