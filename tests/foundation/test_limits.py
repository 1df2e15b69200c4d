"""Limits hold with several processes, survive a rollback and store no address."""

import datetime as dt

import pytest
from django.db import connections, transaction

from mmm.foundation import clock, limits
from mmm.foundation.limits.models import Counter
from mmm.foundation.limits.tasks import prune
from tests.foundation import preloaded, processes

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
HOUR = dt.timedelta(hours=1)


def hit(subject: str = "sam@example.org", limit: int = 3) -> limits.Verdict:
    return limits.hit("code", subject, limit=limit, window=HOUR)


def test_tries_within_the_limit_are_allowed_and_the_next_says_when() -> None:
    start = clock.now()
    assert [hit().allowed for _ in range(4)] == [True, True, True, False]
    again = hit().retry_at
    assert again is not None
    assert dt.timedelta(minutes=59) < again - start <= dt.timedelta(hours=1, seconds=1)
    assert hit("kim@example.org").allowed


def test_denied_tries_do_not_make_the_wait_longer() -> None:
    first = [hit(limit=1).retry_at for _ in range(2)][1]
    with clock.moved(dt.timedelta(minutes=30)):
        assert hit(limit=1).retry_at == first
    with clock.moved(dt.timedelta(minutes=61)):
        assert hit(limit=1).allowed


def test_peek_counts_nothing_and_clear_forgets() -> None:
    assert limits.peek("code", "sam", limit=1, window=HOUR).allowed
    hit("sam", limit=1)
    assert [limits.peek("code", "sam", limit=1, window=HOUR).allowed for _ in range(3)] == [False] * 3
    assert limits.peek("code", "sam", limit=2, window=HOUR).allowed
    limits.clear("code", "sam")
    assert limits.peek("code", "sam", limit=1, window=HOUR).allowed


def test_counter_holds_no_address() -> None:
    hit("sam@example.org")
    assert "sam" not in Counter.objects.get().key


def test_ended_windows_go() -> None:
    hit()
    prune()
    assert Counter.objects.count() == 1
    with clock.moved(dt.timedelta(days=1, hours=2)):
        prune()
    assert Counter.objects.count() == 0


@pytest.mark.django_db(transaction=True, databases=["default", "cache"])
def test_rolled_back_page_still_counts() -> None:
    for _ in range(3):
        with transaction.atomic():
            hit()
            transaction.set_rollback(True)
    assert not hit().allowed


@pytest.mark.django_db(transaction=True, databases=["default", "cache"])
def test_four_processes_together_stay_within_the_limit() -> None:
    context = processes.context()
    allowed = context.Value("i", 0)
    workers = [
        context.Process(target=preloaded.hit_often, args=(processes.databases(), 25, 40, allowed))
        for _ in range(4)
    ]
    connections.close_all()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert [worker.exitcode for worker in workers] == [0] * 4
    assert allowed.value == 40
    assert Counter.objects.get().hits == 100
