"""What the rooms export, as a page that a person can read and print: no script, nothing from elsewhere.

Everything that stands in the data stands on the page: the page is made from the data, by the words that the
rooms brought to the `personal_data` door.
"""

import base64
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, linebreaks
from django.utils.translation import gettext as _

from mmm.foundation import clock, doors

CSS: Final = Path(__file__).parent / "reading.css"
HERE: Final = "@@here@@"
SHORT: Final = 120  # longer texts and texts of more lines are shown below each other, not in a table
# On paper the newest of a long list; what stood somewhere before is in the other two files.
NOT_ON_PAPER: Final = frozenset({"earlier", "kind"})
NOT_READ: Final = frozenset({"kind"})  # for machines
NEWEST: Final = 200
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?([+-]\d{2}:\d{2}|Z)")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def page(name: str, rooms: Mapping[str, Any]) -> Iterator[str]:
    """The whole page, piece by piece."""
    sheet = base64.b64encode(CSS.read_bytes()).decode()
    shell = render_to_string(
        "accounts/takeaway/page.html",
        {"name": name, "sheet": f"data:text/css;base64,{sheet}", "here": HERE, "today": _day_of_making()},
    )
    yield from _filled(shell, rooms, NOT_READ)


def on_paper(name: str, rooms: Mapping[str, Any]) -> Iterator[str]:
    """The same for the typesetter: as it stands now, long lists cut off with a sentence that says so."""
    shell = render_to_string(
        "accounts/takeaway/paper.html", {"name": name, "here": HERE, "today": _day_of_making()}
    )
    yield from _filled(shell, rooms, NOT_ON_PAPER, newest=NEWEST)


def _day_of_making() -> str:
    return date_format(clock.today(), "j F Y")


def _filled(
    shell: str, rooms: Mapping[str, Any], without: frozenset[str], newest: int | None = None
) -> Iterator[str]:
    head, tail = shell.split(HERE)
    yield head
    for door in doors.personal_data:
        writer = _Writer(door.words, without, newest)
        pieces = list(writer.thing(rooms.get(door.room, {}), level=3))
        if pieces:
            yield f'<section class="room"><h2>{escape(door.title or door.room)}</h2>'
            yield from pieces
            yield "</section>"
    yield tail


class _Writer:
    """Writes the export of one room; `words` are what the room calls its keys."""

    def __init__(self, words: Mapping[str, doors.Text], without: frozenset[str], newest: int | None) -> None:
        self._words, self._without, self._newest = words, without, newest

    def thing(self, value: Mapping[str, Any], level: int, skip: str = "") -> Iterator[str]:
        """What is short first, as a list of names and values; then what is long, each under its heading."""
        shown = {
            key: each
            for key, each in value.items()
            if key != skip and key not in self._without and each not in (None, "", [], {}, False)
        }
        short = {key: each for key, each in shown.items() if _is_short(each)}
        if short:
            yield "<dl>"
            for key, each in short.items():
                yield f"<dt>{self._word(key)}</dt><dd>{escape(_said(each))}</dd>"
            yield "</dl>"
        for key, each in shown.items():
            if key not in short:
                yield from self._long(key, each, level)

    def _long(self, key: str, value: Any, level: int) -> Iterator[str]:
        if isinstance(value, str):
            yield f'<p class="what">{self._word(key)}</p>'
            yield f'<div class="own">{linebreaks(value, autoescape=True)}</div>'
        elif isinstance(value, Mapping):
            if pieces := list(self.thing(value, level + 1)):
                yield self._heading(self._word(key), level)
                yield from pieces
        elif all(isinstance(each, Mapping) for each in value):
            yield self._heading(self._word(key), level)
            yield from self._list(value, level + 1)
        else:
            items = "".join(f"<li>{escape(_said(each))}</li>" for each in value)
            yield f'<p class="what">{self._word(key)}</p><ul>{items}</ul>'

    def _list(self, items: Sequence[Mapping[str, Any]], level: int) -> Iterator[str]:
        if self._newest is not None and len(items) > self._newest:
            told = _("These are %(count)s of %(total)s. All of them are in lees-mij.html.")
            yield f"<p>{escape(told % {'count': self._newest, 'total': len(items)})}</p>"
            items = self._some(items)
        if len(items) > 1 and all(_is_short(each) for item in items for each in item.values()):
            yield from self._table(items)
            return
        for item in items:
            yield '<div class="item">'
            if item.get("title"):
                yield self._heading(escape(item["title"]), level)
            yield from self.thing(item, level + 1, skip="title")
            yield "</div>"

    def _some(self, items: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
        return items[: self._newest]

    def _table(self, items: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        keys = [
            key
            for key in items[0]
            if key not in self._without and any(item.get(key) not in (None, "", [], False) for item in items)
        ]
        heads = "".join(f'<th scope="col">{self._word(key)}</th>' for key in keys)
        yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
        for item in items:
            yield "<tr>"
            for key in keys:
                each = item.get(key)
                yield f"<td>{escape(_said(each)) if each not in (None, '', []) else ''}</td>"
            yield "</tr>"
        yield "</tbody></table>"

    def _word(self, key: str) -> str:
        return escape(self._words.get(key, key.replace("_", " ")))

    @staticmethod
    def _heading(text: str, level: int) -> str:
        depth = min(level, 6)
        return f"<h{depth}>{text}</h{depth}>"


def _is_short(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= SHORT and "\n" not in value
    if isinstance(value, Mapping):
        return False
    if isinstance(value, Sequence):
        return len(value) <= 5 and all(isinstance(each, str) and len(each) <= SHORT for each in value)
    return True


def _said(value: Any) -> str:
    """A value in words: moments in local time, yes and no."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, str):
        if _MOMENT.fullmatch(value):
            moment = timezone.localtime(dt.datetime.fromisoformat(value))
            return f"{date_format(moment, 'j F Y')}, {moment:%H.%M}"
        if _DAY.fullmatch(value):
            return date_format(dt.date.fromisoformat(value), "j F Y")
        return value
    if isinstance(value, Sequence):
        return ", ".join(_said(each) for each in value)
    return str(value)
