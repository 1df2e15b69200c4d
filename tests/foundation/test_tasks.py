"""Tasks run at least once, by one worker at a time, and never keep what somebody wrote."""

import datetime as dt
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import OperationalError, transaction

from mmm.foundation import clock, tasks
from mmm.foundation.tasks import queue, registry, worker
from mmm.foundation.tasks.models import Task, Tick
from tests.foundation import processes

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, str]]]:
    """A task `note` that writes down its payloads, and no ticks but those of the test."""
    seen: list[dict[str, str]] = []
    monkeypatch.setattr(registry, "handlers", {"note": seen.append})
    monkeypatch.setattr(registry, "periods", {})
    return seen


def test_task_runs_once_and_leaves_no_row(done: list[dict[str, str]]) -> None:
    tasks.enqueue("note", key="1", payload={"id": "a"})
    assert worker.run_due() == 1
    assert worker.run_due() == 0
    assert done == [{"id": "a"}]
    assert not Task.objects.exists()


def test_task_of_a_rolled_back_change_does_not_exist(done: list[dict[str, str]]) -> None:
    with transaction.atomic():
        tasks.enqueue("note", key="1")
        transaction.set_rollback(True)
    assert worker.run_due() == 0


def test_second_task_with_a_waiting_key_is_the_same_task(done: list[dict[str, str]]) -> None:
    for words in ("a", "b"):
        tasks.enqueue("note", key="1", payload={"id": words})
    worker.run_due()
    assert done == [{"id": "a"}]


def test_task_asked_for_while_it_runs_runs_once_more(
    done: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def note(payload: dict[str, str]) -> None:
        done.append(payload)
        if len(done) == 1:
            tasks.enqueue("note", key="1")
            tasks.enqueue("note", key="1")

    monkeypatch.setitem(registry.handlers, "note", note)
    tasks.enqueue("note", key="1")
    worker.run_due()
    assert len(done) == 2
    assert not Task.objects.exists()


def test_task_waits_until_its_moment(done: list[dict[str, str]]) -> None:
    tasks.enqueue("note", key="1", run_after=clock.now() + MINUTE)
    assert worker.run_due() == 0
    with clock.moved(MINUTE):
        assert worker.run_due() == 1


def test_task_nobody_knows_is_refused_when_written_and_left_when_read(done: list[dict[str, str]]) -> None:
    with pytest.raises(KeyError):
        tasks.enqueue("no such task", key="1")
    Task.objects.create(name="of a newer worker", key="1")
    assert worker.run_due() == 0
    assert Task.objects.count() == 1


def test_name_is_given_once(done: list[dict[str, str]]) -> None:
    with pytest.raises(ValueError, match="already"):
        tasks.task("note")(done.append)


def test_failed_task_waits_longer_each_time_and_keeps_no_words(
    done: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(payload: dict[str, str]) -> None:
        raise RuntimeError("what somebody wrote")

    monkeypatch.setitem(registry.handlers, "note", fail)
    tasks.enqueue("note", key="1")
    start = clock.now()
    waits = []
    ahead = dt.timedelta()
    with caplog.at_level(logging.DEBUG):
        for _ in range(14):
            with clock.moved(ahead):
                assert worker.run_due() == 1
                now = clock.now()
            row = Task.objects.get()
            waits.append(round((row.run_after - now).total_seconds()))
            ahead = row.run_after - start
    assert waits[:4] == [5, 10, 20, 40]
    assert waits[-1] == 6 * 60 * 60
    assert row.failed_as == "RuntimeError"
    assert row.lease is None
    assert "task note failed: RuntimeError" in caplog.text
    assert "what somebody wrote" not in caplog.text


def test_task_of_a_killed_worker_is_free_again_after_its_lease(done: list[dict[str, str]]) -> None:
    tasks.enqueue("note", key="1")
    assert queue.claim()
    assert queue.claim() is None
    with clock.moved(queue.LEASE):
        assert worker.run_due() == 1
    assert len(done) == 1


def test_worker_that_lost_its_lease_changes_nothing(done: list[dict[str, str]]) -> None:
    tasks.enqueue("note", key="1")
    slow = queue.claim()
    assert slow
    with clock.moved(queue.LEASE):
        other = queue.claim()
    assert other
    queue.finish(slow)
    queue.fail(slow, RuntimeError())
    row = Task.objects.get()
    assert (row.lease, row.failed_as) == (other.lease, "")


def test_tick_comes_round_once_in_its_period(
    done: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = []
    tasks.every("round", dt.timedelta(hours=1))(lambda: turns.append(1))
    for _ in range(5):
        queue.tick()
        worker.run_due()
    assert len(turns) == 1
    with clock.moved(dt.timedelta(hours=1)):
        worker.run_due()
    assert len(turns) == 2
    assert Tick.objects.get().last_at


def test_tick_that_fails_is_tried_again(done: list[dict[str, str]]) -> None:
    turns = []

    @tasks.every("round", dt.timedelta(hours=1))
    def round_() -> None:
        turns.append(1)
        if len(turns) == 1:
            raise RuntimeError

    worker.run_due()
    with clock.moved(dt.timedelta(seconds=6)):
        worker.run_due()
    assert len(turns) == 2


def test_worker_waits_for_a_database_that_is_away(
    done: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    rounds = iter([OperationalError("secret"), 3, 0])

    def run_due(**_: object) -> int:
        found = next(rounds)
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(worker, "run_due", run_due)
    monkeypatch.setattr(worker, "_wait", lambda seconds, stopping: waits.append(seconds))
    worker.run(stopping=lambda: len(waits) == 3)
    assert waits == [5.0, 0.25, 1.0]


def test_run_worker_once_does_what_is_due_and_ends(done: list[dict[str, str]]) -> None:
    tasks.enqueue("note", key="1")
    call_command("run_worker", "--once")
    assert len(done) == 1


@pytest.mark.django_db(transaction=True)
def test_worker_process_shows_itself_and_ends_on_sigterm() -> None:
    code = (
        "from tests.foundation import preloaded, processes;"
        f"processes.begin({processes.databases()!r});"
        "from django.core.management import call_command; call_command('run_worker')"
    )
    path = os.pathsep.join(path for path in sys.path if path)
    process = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path})
    try:
        until = time.monotonic() + 20
        while queue.last_tick() is None and time.monotonic() < until:
            time.sleep(0.2)
        assert queue.last_tick()
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
    finally:
        process.kill()
        process.wait()
