"""Fixed windows that begin with the first try, counted by one statement that no process can come between."""

import datetime as dt
import math
from dataclasses import dataclass
from typing import Final

from django.db import connections

from mmm.foundation import clock, crypto

# EXCLUDED is the row that could not be inserted: https://www.sqlite.org/lang_upsert.html, and the same in
# PostgreSQL. The count stops growing far above any limit.
_HIT: Final = """
    INSERT INTO limits_counter (key, hits, until) VALUES (%s, 1, %s)
    ON CONFLICT (key) DO UPDATE SET
        hits = CASE WHEN limits_counter.until <= %s THEN 1
                    WHEN limits_counter.hits >= 1000000 THEN limits_counter.hits
                    ELSE limits_counter.hits + 1 END,
        until = CASE WHEN limits_counter.until <= %s THEN excluded.until ELSE limits_counter.until END
    RETURNING hits, until
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one may; if not, from which moment one may again."""

    allowed: bool
    retry_at: dt.datetime | None = None


def hit(name: str, subject: str, *, limit: int, window: dt.timedelta) -> Verdict:
    """Count one try of `subject` (an address, an account id, a network) and say whether it is within `limit`.

    Counted in the database `cache`, outside the caller's transaction: a rolled back page still counts.
    """
    now = math.floor(clock.now().timestamp())
    end = now + math.ceil(window.total_seconds())
    with connections["cache"].cursor() as cursor:
        cursor.execute(_HIT, [_key(name, subject), end, now, now])
        hits, until = cursor.fetchone()
    return _verdict(hits <= limit, until)


def peek(name: str, subject: str, *, limit: int, window: dt.timedelta) -> Verdict:
    """Whether a try now would be within `limit`; counts nothing."""
    from mmm.foundation.limits.models import Counter

    now = math.floor(clock.now().timestamp())
    row = Counter.objects.filter(key=_key(name, subject), until__gt=now).first()
    return Verdict(True) if row is None else _verdict(row.hits < limit, row.until)


def clear(name: str, subject: str) -> None:
    """Forget the tries of `subject`, for instance after it succeeded."""
    from mmm.foundation.limits.models import Counter

    Counter.objects.filter(key=_key(name, subject)).delete()


def _key(name: str, subject: str) -> str:
    return f"{name}:{crypto.fingerprint('limits', f'{name}:{subject}')}"


def _verdict(allowed: bool, until: int) -> Verdict:
    return Verdict(True) if allowed else Verdict(False, dt.datetime.fromtimestamp(until, dt.UTC))
