"""The loop that a worker process runs."""

import datetime as dt
import logging
import time
from collections.abc import Callable
from typing import Final

from django.db import Error, close_old_connections

from mmm.foundation.tasks import queue, registry

logger = logging.getLogger(__name__)

IDLE_SECONDS: Final = 1.0
BUSY_SECONDS: Final = 0.25
DATABASE_GONE_SECONDS: Final = 5.0


def run(*, stopping: Callable[[], bool], lease: dt.timedelta = queue.LEASE) -> None:
    """Do what is due until `stopping()` says so; looks again after 0.25 s (busy) or 1 s (idle)."""
    while not stopping():
        try:
            close_old_connections()
            did = run_due(stopping=stopping, lease=lease)
        except Error as error:  # the database is away: wait for it
            logger.error("the worker waits for the database: %s", type(error).__name__)
            close_old_connections()
            _wait(DATABASE_GONE_SECONDS, stopping)
        else:
            _wait(BUSY_SECONDS if did else IDLE_SECONDS, stopping)


def run_due(*, stopping: Callable[[], bool] = lambda: False, lease: dt.timedelta = queue.LEASE) -> int:
    """Do everything that is due now, ticks included; returns how many tasks ran."""
    queue.tick()
    count = 0
    while not stopping() and (task := queue.claim(lease)):
        count += 1
        try:
            registry.handlers[task.name](task.payload)
        except Exception as error:
            # The message and the traceback may hold somebody's words; the class name does not.
            logger.error("task %s failed: %s", task.name, type(error).__name__)
            queue.fail(task, error)
        else:
            queue.finish(task)
    return count


def _wait(seconds: float, stopping: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while not stopping() and time.monotonic() < until:
        time.sleep(BUSY_SECONDS)
