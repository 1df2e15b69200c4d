"""When somebody answers the phone: hours by weekday, and the days on which nobody does."""

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from mmm.foundation import clock


@dataclass(frozen=True, slots=True)
class Hours:
    """On this weekday (0 = Monday) somebody answers, from `opens` until `closes`, Amsterdam time."""

    weekday: int
    opens: dt.time
    closes: dt.time


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row with the same hours: "Monday to Friday", "9.00", "17.00"."""

    days: str
    opens: str
    closes: str


def easter(year: int) -> dt.date:
    """Easter Sunday of a year (Gregorian calendar; the anonymous algorithm in Nature, 20 April 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1)


def holidays(year: int) -> set[dt.date]:
    """Days on which Dutch offices are closed: those of the Algemene termijnenwet, article 3 (BWBR0002448).

    That article names New Year's Day, Easter Monday, Ascension Day, Whit Monday, both Christmas days, the
    King's birthday and 5 May; it makes Good Friday equal to them. The King's birthday, 27 April, is kept on
    the 26th when it falls on a Sunday. Sundays are not in this set.
    """
    sunday = easter(year)
    king = dt.date(year, 4, 27)
    if king.isoweekday() == 7:
        king -= dt.timedelta(days=1)
    moving = (-2, 1, 39, 50)
    fixed = ((1, 1), (5, 5), (12, 25), (12, 26))
    return {king, *(sunday + dt.timedelta(days=n) for n in moving), *(dt.date(year, m, d) for m, d in fixed)}


def told(kept: Mapping[str, Sequence[str]]) -> list[Hours]:
    """The hours of a contact point (`ContactPoint.hours`), Monday first."""
    return [
        Hours(int(day), dt.time.fromisoformat(opens), dt.time.fromisoformat(closes))
        for day, (opens, closes) in sorted(kept.items())
    ]


def answers_now(rows: Iterable[Hours]) -> bool:
    """Whether somebody answers the phone at this moment."""
    now = timezone.localtime(clock.now())
    if now.date() in holidays(now.year):
        return False
    return any(row.weekday == now.weekday() and row.opens <= now.time() < row.closes for row in rows)


def spans(rows: Iterable[Hours]) -> Iterator[Span]:
    """The hours as people say them, days with the same hours together."""
    ordered = sorted(rows, key=lambda row: row.weekday)
    # Days in a row keep the same distance to their place in the list.
    numbered = enumerate(ordered)
    for _key, group in itertools.groupby(
        numbered, key=lambda pair: (pair[1].weekday - pair[0], pair[1].opens, pair[1].closes)
    ):
        days = [row for _place, row in group]
        first, last = WEEKDAYS[days[0].weekday], WEEKDAYS[days[-1].weekday]
        if len(days) == 1:
            words = str(first)
        elif len(days) == 2:
            words = _("%(first)s and %(last)s") % {"first": first, "last": last}
        else:
            words = _("%(first)s to %(last)s") % {"first": first, "last": last}
        yield Span(words, f"{days[0].opens:%-H.%M}", f"{days[0].closes:%-H.%M}")
