"""Hours of the phone, and the days on which nobody answers."""

import datetime as dt

import pytest
from django.utils import timezone

from mmm.foundation import clock
from mmm.region import hours

# Easter Sundays as printed in almanacs.
EASTERS = ["2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25", "2285-03-22"]
WEEK = [hours.Hours(weekday=day, opens=dt.time(9), closes=dt.time(17)) for day in range(5)]


@pytest.mark.parametrize("day", EASTERS)
def test_easter_is_when_almanacs_say(day: str) -> None:
    assert hours.easter(int(day[:4])) == dt.date.fromisoformat(day)


def test_the_holidays_of_2026_are_those_of_the_law() -> None:
    days = ["01-01", "04-03", "04-06", "04-27", "05-05", "05-14", "05-25", "12-25", "12-26"]
    assert sorted(hours.holidays(2026)) == [dt.date.fromisoformat(f"2026-{day}") for day in days]


def test_the_kings_day_on_a_sunday_is_kept_on_saturday() -> None:
    assert dt.date(2025, 4, 26) in hours.holidays(2025)
    assert dt.date(2025, 4, 27) not in hours.holidays(2025)


@pytest.mark.parametrize(
    ("moment", "answered"),
    [
        ("2026-11-23 09:00", True),
        ("2026-11-23 08:59", False),
        ("2026-11-23 16:59", True),
        ("2026-11-23 17:00", False),
        ("2026-11-22 12:00", False),  # a Sunday
        ("2026-12-25 12:00", False),  # a Friday, and Christmas
    ],
)
def test_somebody_answers_in_the_hours_and_not_on_a_holiday(moment: str, answered: bool) -> None:
    then = timezone.make_aware(dt.datetime.fromisoformat(moment))
    with clock.moved(then - clock.now() + dt.timedelta(seconds=1 if moment[-1] != "9" else 0)):
        assert hours.answers_now(WEEK) is answered


def test_days_in_a_row_are_said_together() -> None:
    def row(day: int, opens: int, closes: int) -> hours.Hours:
        return hours.Hours(weekday=day, opens=dt.time(opens), closes=dt.time(closes, 30))

    rows = [row(0, 9, 17), row(1, 9, 17), row(2, 9, 17), row(4, 9, 17), row(5, 10, 12), row(6, 10, 12)]
    said = [(span.days, span.opens, span.closes) for span in hours.spans(rows)]
    assert [len(each) for each in said] == [3, 3, 3]
    assert [(opens, closes) for _days, opens, closes in said] == [
        ("9.00", "17.30"),
        ("9.00", "17.30"),
        ("10.00", "12.30"),
    ]
