"""The one place that knows what time it is, so that tests and the demo can move it."""

import contextlib
import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

_offset = dt.timedelta()


def now() -> dt.datetime:
    """The current moment, aware, in UTC."""
    return timezone.now() + _offset


def today() -> dt.date:
    """Today's date in Europe/Amsterdam."""
    return timezone.localtime(now()).date()


@contextlib.contextmanager
def moved(delta: dt.timedelta) -> Iterator[None]:
    """Inside the block the clock runs `delta` ahead (or behind). For tests and the demo world."""
    global _offset
    before, _offset = _offset, _offset + delta
    try:
        yield
    finally:
        _offset = before
