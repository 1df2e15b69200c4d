"""Many readers at once: every look gets its own number and the chain holds."""

import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connections

from mmm.foundation import audit, crypto
from mmm.foundation.audit import verifying
from mmm.foundation.audit.models import LookRow, MachineCount
from tests.foundation.test_audit import look

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys", "cache"])
READERS, TIMES = 8, 6


def at_once(act: Callable[[], object]) -> None:
    """Run `act` in `READERS` threads that start together, `TIMES` times each; fails when one of them did."""
    start, failures = threading.Barrier(READERS), []

    def run() -> None:
        start.wait()
        try:
            for _ in range(TIMES):
                act()
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_parallel_looks_at_one_person_make_one_whole_chain() -> None:
    vault: UUID = crypto.create_vault("user")
    at_once(lambda: look(vault))
    assert list(LookRow.objects.order_by("seq").values_list("seq", flat=True)) == list(
        range(1, READERS * TIMES + 1)
    )
    assert list(verifying.verify()) == []


def test_parallel_jobs_are_all_counted_in_one_row() -> None:
    vault: UUID = crypto.create_vault("user")
    at_once(lambda: audit.machine(vault, "export"))
    assert MachineCount.objects.get().count == READERS * TIMES
