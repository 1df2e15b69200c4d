"""Work for later: finishing an erasure, and removing old codes and sessions."""

import datetime as dt
import uuid

from django.db import connections

from mmm.accounts import addresses, codes, farewells, idle, letters, notices, recovery, services
from mmm.accounts.models import Session
from mmm.foundation import clock, retention, tasks


@tasks.task("accounts.erase")
def erase(payload: dict[str, str]) -> None:
    """Every step once more; then an empty write-ahead log, so that the file holds nothing either."""
    services.erase_now(uuid.UUID(hex=payload["user"]), uuid.UUID(hex=payload["vault"]))
    for connection in connections.all():
        # Inside a transaction SQLite refuses this; the next erasure or the end of the log does it then.
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@tasks.every("accounts.prune", dt.timedelta(hours=1))
def prune() -> None:
    """Remove codes of yesterday, sessions that have expired, and old notices."""
    codes.prune()
    letters.prune()
    recovery.prune()
    addresses.prune()
    notices.forget_old(clock.now() - retention.period("notices"))
    idle.note_seen()
    Session.objects.filter(expire_date__lt=clock.now()).delete()


@tasks.every("accounts.idle", dt.timedelta(days=1))
def tend_idle() -> None:
    """Tell people whose account nobody uses; erase it when its time is over."""
    idle.note_seen()
    idle.tend()


@tasks.every("accounts.farewells", dt.timedelta(hours=1))
def erase_due() -> None:
    """Erase who chose so, or was reported to have died, when the day has come."""
    farewells.erase_due()
