"""Sharing, reading and erasing at the same moment, on both databases."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Timer
from typing import Any

import pytest
from django.db import connections

from mmm.accounts import pause
from mmm.accounts import services as accounts
from mmm.consent import services, things
from mmm.consent.letters import services as letters
from mmm.consent.models import Draft, Grant
from mmm.consent.selectors import NotThere
from mmm.foundation.audit import verifying
from mmm.foundation.audit.models import LookRow
from tests import cast
from tests.house.world import letter

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 5


def together(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gives, or the error it raised, in threads with connections of their own."""

    def run(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def ready_to_share(sam, marieke) -> Draft:
    dreams = [thing for thing in things.of(sam.id) if thing.kind == "stories.dreams"]
    draft = services.begin(sam, chosen=dreams)
    services.choose(
        sam,
        draft_id=draft.id,
        membership=marieke.role.membership_id,
        purpose="know_me",
        words="",
        until=cast.today() + dt.timedelta(days=9),
    )
    return draft


def test_shares_of_one_thing_to_one_reader_at_once_leave_one_open():
    sam, marieke = cast.worker(), cast.professional()
    drafts = [ready_to_share(sam, marieke) for _ in range(TIMES)]
    answers = together(*[lambda draft=draft: services.share(sam, draft_id=draft.id) for draft in drafts])
    assert [len(grants) for grants in answers] == [1] * TIMES
    assert Grant.objects.filter(revoked_at=None).count() == 1


def test_one_draft_shared_from_five_tabs_at_once_is_shared_once():
    sam, marieke = cast.worker(), cast.professional()
    draft = ready_to_share(sam, marieke)
    answers = together(*[lambda: services.share(sam, draft_id=draft.id)] * TIMES)
    assert sum(isinstance(answer, list) for answer in answers) == 1
    assert sum(isinstance(answer, NotThere) for answer in answers) == TIMES - 1


def test_one_code_used_in_five_browsers_at_once_is_read_in_one_with_one_look():
    sam = cast.worker()
    letter_id, marks = letter(sam), [str(number) * 32 for number in range(TIMES)]
    opened = together(
        *[lambda mark=mark: letters.open_once(letter_id=letter_id, mark=mark) for mark in marks]
    )
    assert sorted(opened) == [False] * (TIMES - 1) + [True]
    texts = together(*[lambda mark=mark: letters.read(letter_id=letter_id, mark=mark) for mark in marks])
    assert sum(isinstance(text, NotThere) for text in texts) == TIMES - 1
    assert LookRow.objects.filter(vault_id=sam.vault_id).count() == 1


def test_opening_and_taking_back_at_once_leaves_nothing_to_read():
    sam = cast.worker()
    for _round in range(TIMES):
        letter_id = letter(sam)
        together(
            lambda letter_id=letter_id: letters.open_once(letter_id=letter_id, mark="m"),
            lambda letter_id=letter_id: letters.take_back(sam, letter_id=letter_id),
        )
        with pytest.raises(NotThere):
            letters.read(letter_id=letter_id, mark="m")


def test_erasing_while_somebody_reads_leaves_no_look_behind(monkeypatch):
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke)
    services.read(marieke, owner_id=sam.id)
    opened, go_on, render = Event(), Event(), things.render

    def slowly(*args: Any) -> Any:
        opened.set()
        go_on.wait(5)
        return render(*args)

    def erase() -> None:
        opened.wait(5)
        Timer(0.5, go_on.set).start()
        accounts.erase(sam)

    monkeypatch.setattr(things, "render", slowly)
    together(lambda: services.read(marieke, owner_id=sam.id), erase)
    assert not LookRow.objects.filter(vault_id=sam.vault_id).exists()
    assert list(verifying.verify()) == []


def test_a_break_while_somebody_reads_waits_for_the_look_and_then_nobody_reads(monkeypatch):
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke)
    opened, go_on, render = Event(), Event(), things.render

    def slowly(*args: Any) -> Any:
        opened.set()
        go_on.wait(5)
        return render(*args)

    def rest() -> Any:
        opened.wait(5)
        Timer(0.5, go_on.set).start()
        return pause.pause(sam).paused_at

    monkeypatch.setattr(things, "render", slowly)
    reading, since = together(lambda: services.read(marieke, owner_id=sam.id), rest)
    assert reading.sheets
    (look,) = LookRow.objects.filter(vault_id=sam.vault_id)
    assert look.at <= since
    with pytest.raises(NotThere):
        services.read(marieke, owner_id=sam.id)
