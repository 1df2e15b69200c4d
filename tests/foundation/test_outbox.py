"""Mail leaves exactly when its change was committed; a killed worker loses none."""

import asyncio
import datetime as dt
import email
import os
import random
import signal
import socket
import time
from collections import Counter
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.db import transaction
from django.test import override_settings

from mmm.foundation import clock, tasks
from mmm.foundation.tasks import outbox, registry, worker
from mmm.foundation.tasks.models import OutboxMessage, Task
from mmm.foundation.tasks.tasks import prune_outbox
from tests.foundation import preloaded, processes

pytestmark = pytest.mark.django_db
LETTER = {"to": "sam@example.org", "subject": "Post", "body": "https://mmm.example/", "kind": "test"}
MESSAGES, KILLS, WORKERS = 200, 50, 3


def test_message_is_sent_with_its_own_id_and_marked_delivered() -> None:
    tasks.outbox.post(**LETTER, key="1")
    worker.run_due()
    worker.run_due()
    [sent] = mail.outbox
    row = OutboxMessage.objects.get()
    assert (sent.to, sent.subject, sent.body) == (["sam@example.org"], "Post", "https://mmm.example/")
    assert sent.extra_headers["Message-ID"] == row.message_id
    assert sent.message()["Message-ID"] == row.message_id
    assert row.delivered_at
    assert not Task.objects.filter(name="outbox.deliver").exists()


def test_message_of_a_rolled_back_change_is_not_sent() -> None:
    with transaction.atomic():
        tasks.outbox.post(**LETTER, key="1")
        transaction.set_rollback(True)
    worker.run_due()
    assert mail.outbox == []


def test_one_event_is_one_message() -> None:
    for _ in range(2):
        tasks.outbox.post(**LETTER, key="1")
        worker.run_due()
    assert len(mail.outbox) == 1


def test_message_that_was_sent_but_not_marked_goes_again_under_the_same_id(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tasks.outbox.post(**LETTER, key="1")
    payload = Task.objects.get(name="outbox.deliver").payload
    outbox.deliver(payload)
    OutboxMessage.objects.update(delivered_at=None)  # the worker was killed just before this was written
    outbox.deliver(payload)
    assert len({sent.extra_headers["Message-ID"] for sent in mail.outbox}) == 1
    assert len(mail.outbox) == 2


@override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend")
def test_demo_marks_as_delivered_without_leaving_the_machine() -> None:
    tasks.outbox.post(**LETTER, key="1")
    worker.run_due()
    [shown] = outbox.recent(10)
    assert (shown.to, shown.kind) == ("sam@example.org", "test")
    assert shown.delivered_at
    assert mail.outbox == []


def test_delivered_messages_go_after_14_days_and_so_do_undeliverable_ones() -> None:
    tasks.outbox.post(**LETTER, key="sent")
    worker.run_due()
    tasks.outbox.post(**LETTER, key="never sent")
    with clock.moved(dt.timedelta(days=13, hours=23)):
        prune_outbox()
    assert OutboxMessage.objects.count() == 2
    with clock.moved(dt.timedelta(days=14, minutes=1)):
        prune_outbox()
        assert OutboxMessage.objects.count() == 0
        worker.run_due()
    assert len(mail.outbox) == 1
    assert not Task.objects.filter(name="outbox.deliver").exists()


def test_erased_person_gets_no_more_mail() -> None:
    tasks.outbox.post(**LETTER, key="1")
    tasks.outbox.forget("Sam@Example.org")
    worker.run_due()
    assert mail.outbox == []


class Mailbox:
    """A mail server that has each message for a while before it says so: time to be killed in."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str]] = []
        self.in_hand = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        letter = email.message_from_bytes(envelope.content)
        self.got.append((letter["Message-ID"], envelope.rcpt_tos[0]))
        self.in_hand += 1
        await asyncio.sleep(0.05)
        self.in_hand -= 1
        return "250 OK"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _write(numbers: range) -> None:
    for number in numbers:
        with transaction.atomic():
            tasks.outbox.post(
                to=f"{number}@example.org", subject="Post", body="link", kind="killed", key=str(number)
            )
            tasks.enqueue("test.count", key=str(number), payload={"number": str(number)})


@pytest.mark.django_db(transaction=True)
def test_worker_killed_fifty_times_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.handlers, "test.count", lambda payload: None)
    mailbox, port, luck = Mailbox(), _free_port(), random.Random(7)
    names, context = processes.databases(), processes.context()
    waiting = Task.objects.filter(name__in=["outbox.deliver", "test.count"])
    running: list[Any] = []

    def start() -> None:
        process = context.Process(target=preloaded.work, args=(names, port), daemon=True)
        process.start()
        running.append(process)

    server = Controller(mailbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        _write(range(MESSAGES // 2))
        for _ in range(WORKERS):
            start()
        for kill in range(KILLS):
            # New work comes in while workers are killed.
            _write(range(MESSAGES // 2 + 2 * kill, MESSAGES // 2 + 2 * kill + 2))
            time.sleep(luck.uniform(0.02, 0.1))
            until = time.monotonic() + 0.3
            while not mailbox.in_hand and time.monotonic() < until:
                time.sleep(0.01)
            victim = running.pop(luck.randrange(WORKERS))
            os.kill(victim.pid, signal.SIGKILL)
            victim.join()
            start()
        until = time.monotonic() + 20
        while waiting.exists() and time.monotonic() < until:
            time.sleep(0.25)
    finally:
        for process in running:
            process.kill()
            process.join()
        server.stop()
    stuck = waiting.count()
    ids = dict(OutboxMessage.objects.filter(kind="killed").values_list("message_id", "to"))
    sent = Counter(mailbox.got)
    doubles = sum(sent.values()) - len(sent)
    print(f"{KILLS} kills: {stuck} stuck, {len(ids) - len(sent)} lost, {doubles} doubles")
    assert stuck == 0
    assert set(sent) == set(ids.items())  # nothing lost, and a double has the Message-ID of the first
    assert len(ids) == MESSAGES
    assert doubles > 0  # else no worker was killed at its work, and this test tested nothing
    assert not OutboxMessage.objects.filter(kind="killed", delivered_at=None).exists()
    assert OutboxMessage.objects.filter(kind="counted").count() == MESSAGES
