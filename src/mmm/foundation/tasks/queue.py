"""Writing tasks, taking them with a lease, and finishing them. The same code on SQLite and PostgreSQL."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import F, Q

from mmm.foundation import clock
from mmm.foundation.tasks import registry

if TYPE_CHECKING:
    from mmm.foundation.tasks.models import Task

LEASE: Final = dt.timedelta(seconds=60)
FIRST_DELAY: Final = dt.timedelta(seconds=5)
LONGEST_DELAY: Final = dt.timedelta(hours=6)


def enqueue(
    name: str, *, key: str, payload: dict[str, str] | None = None, run_after: dt.datetime | None = None
) -> None:
    """Write a task in the caller's transaction: it exists exactly when the change that asks for it does.

    `payload` holds ids only. A second task with the same name and key is the same task: while the first
    waits nothing changes; while it runs it will run once more. `run_after` is an aware moment (default: now).
    Raises KeyError when no handler has this name.
    """
    from mmm.foundation.tasks.models import Task

    registry.handlers[name]
    row = Task(name=name, key=key, payload=payload or {}, run_after=run_after or clock.now())
    Task.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["name", "key"], update_fields=["wanted"]
    )


def claim(lease: dt.timedelta = LEASE) -> "Task | None":
    """Take the task that is due longest, for `lease` long; None when nothing is due.

    Only names that this process knows are taken, so that an older worker leaves new work alone.
    """
    from mmm.foundation.tasks.models import Task

    now = clock.now()
    due = Task.objects.filter(
        Q(lease_until=None) | Q(lease_until__lte=now), run_after__lte=now, name__in=list(registry.handlers)
    ).order_by("run_after")
    if not due.exists():  # a look costs no write lock
        return None
    with transaction.atomic():
        # PostgreSQL passes over rows that another worker is taking; on SQLite the transaction itself is
        # the lock (BEGIN IMMEDIATE) and `select_for_update` means nothing.
        task = due.select_for_update(skip_locked=True).first()
        if task is None:
            return None
        task.wanted, task.lease, task.lease_until = False, uuid.uuid4(), now + lease
        task.tries += 1
        task.save(update_fields=["wanted", "lease", "lease_until", "tries"])
    return task


def finish(task: "Task") -> None:
    """Remove a task that was done, or make it wait again when it was asked for meanwhile.

    A task whose lease went to another worker is left alone.
    """
    mine = type(task).objects.filter(pk=task.pk, lease=task.lease)
    with transaction.atomic():
        if not mine.filter(wanted=False).delete()[0]:
            mine.update(lease=None, lease_until=None, run_after=clock.now(), tries=0, failed_as="")


def fail(task: "Task", error: BaseException) -> None:
    """Let a task that raised wait again: 5 s, 10 s, 20 s ... 6 hours. Keeps the error's class name only."""
    delay = min(FIRST_DELAY * 2 ** min(task.tries - 1, 20), LONGEST_DELAY)
    type(task).objects.filter(pk=task.pk, lease=task.lease).update(
        lease=None, lease_until=None, run_after=clock.now() + delay, failed_as=type(error).__name__[:100]
    )


def tick() -> None:
    """Write a task for each name that has come round. Any number of workers may call this at once."""
    from mmm.foundation.tasks.models import Tick

    now = clock.now()
    waiting = dict(Tick.objects.values_list("name", "due_at"))
    for name, period in registry.periods.items():
        if name not in waiting:
            Tick.objects.bulk_create([Tick(name=name, due_at=now)], ignore_conflicts=True)
        elif waiting[name] > now:
            continue
        with transaction.atomic():
            mine = Tick.objects.filter(name=name, due_at__lte=now).update(due_at=now + period, last_at=now)
            if mine:
                enqueue(name, key="tick")


def last_tick() -> dt.datetime | None:
    """When a worker last showed that it is alive; None when none ever did."""
    from mmm.foundation.tasks.models import Tick

    return Tick.objects.filter(name="tasks.heartbeat").values_list(F("last_at"), flat=True).first()
