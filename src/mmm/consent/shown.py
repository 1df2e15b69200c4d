"""How consent's figures are put on the page: from selectors' shapes to the design's."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mmm.consent.selectors import Given, LookLine, Matrix
from mmm.design import shapes
from mmm.foundation import clock


def matrix(found: Matrix) -> shapes.Matrix:
    """The table of parts x readers."""
    return shapes.Matrix(
        caption=_("You can change this at any moment."),
        corner=_("Part"),
        columns=[
            shapes.Column(
                name=column.reader.name, line=column.reader.profession or column.reader.organisation
            )
            for column in found.columns
        ],
        rows=[
            shapes.MatrixRow(title=thing.title, cells=[_cell(given) for given in cells])
            for thing, cells in found.rows
        ],
    )


def _cell(given: Given | None) -> shapes.Cell:
    if given is None:
        return shapes.Cell(open=False)
    return shapes.Cell(
        open=True,
        until=_("until %(day)s") % {"day": date_format(given.until, "j F")},
        action_url=reverse("consent:stop", args=[given.grant_id]),
        action=_("Stop"),
    )


@dataclass(frozen=True, slots=True)
class Day:
    """The looks of one day."""

    title: str
    lines: Sequence[shapes.LookLine]


def days(found: Sequence[LookLine]) -> list[Day]:
    """Looks grouped per day (Europe/Amsterdam), newest first."""
    words = _Words()
    return [
        Day(title=_day(day), lines=[words.line(look) for look in looks])
        for day, looks in groupby(found, key=lambda look: timezone.localtime(look.at).date())
    ]


def _day(day: dt.date) -> str:
    if day == clock.today():
        return _("Today")
    if day == clock.today() - dt.timedelta(days=1):
        return _("Yesterday")
    return capfirst(date_format(day, "l j F Y"))


class _Words:
    """Makes lines; what is the same in every line is looked up once for the whole page."""

    def __init__(self) -> None:
        self._sentence, self._at = _("%(reader)s, read %(titles)s"), _("at %(time)s")
        self._title, self._and, self._stop = _("“%(title)s”"), _(" and "), _("Stop sharing")
        self._wrong = _("This is not right")
        # Worked out once: a page may have many lines.
        self._wrong_url = reverse("region:report", args=["lezen", UUID(int=0)]).removesuffix(f"{0:032x}/")
        self._urls: dict[UUID, str] = {}

    def line(self, look: LookLine) -> shapes.LookLine:
        titles = self._and.join(self._title % {"title": title} for title in look.titles)
        return shapes.LookLine(
            sentence=self._sentence % {"reader": look.reader_line, "titles": titles},
            at=self._at % {"time": f"{timezone.localtime(look.at):%H.%M}"},
            stop_url=self._stop_url(look.open_grant),
            stop=self._stop,
            wrong_url=self._wrong_url + look.id.hex + "/" if look.id else "",
            wrong=self._wrong,
        )

    def _stop_url(self, grant_id: UUID | None) -> str:
        if grant_id is None:
            return ""
        if grant_id not in self._urls:
            self._urls[grant_id] = reverse("consent:stop", args=[grant_id])
        return self._urls[grant_id]
