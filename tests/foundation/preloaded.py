"""What runs in the processes beside a test. The fork server loads this once, so it imports little."""

import datetime as dt
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402

from mmm.foundation import clock, limits, tasks  # noqa: E402
from mmm.foundation.tasks import worker  # noqa: E402
from mmm.foundation.tasks.models import OutboxMessage  # noqa: E402
from tests.accounts import beside  # noqa: E402, F401
from tests.foundation import processes  # noqa: E402


def work(databases: dict[str, str], port: int) -> None:
    """A worker that mails to the server on `port`, until it is killed."""
    processes.begin(databases)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port

    @tasks.task("test.count")
    def count(payload: dict[str, str]) -> None:
        # Its effect is a row, so that the test sees what was done.
        OutboxMessage.objects.get_or_create(
            kind="counted",
            key=payload["number"],
            defaults={"to": "x@example.org", "delivered_at": clock.now()},
        )

    worker.run(stopping=lambda: False, lease=dt.timedelta(seconds=1))


def hit_often(databases: dict[str, str], times: int, limit: int, allowed: Any) -> None:
    """Try `times` times, and add what was allowed to the shared number."""
    processes.begin(databases)
    for _ in range(times):
        if limits.hit("code", "one person", limit=limit, window=dt.timedelta(hours=1)).allowed:
            with allowed.get_lock():
                allowed.value += 1
