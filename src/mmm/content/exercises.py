"""Exercises and sheets for a group: on the page and on paper. What somebody answers is kept nowhere.

A value here is raw data of Wagtail: `{"kind": "choice", "title": ..., "text": "<p>..</p>", "options": [..]}`.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from mmm.design import icons

KINDS: Final[Mapping[str, str | Promise]] = {
    "text": _("To write"),
    "choice": _("To choose"),
    "scale": _("From little to much"),
    "list": _("To fill in"),
}
ICONS: Final = {"text": "pen", "choice": "check", "scale": "rise", "list": "book"}
LINES: Final = 6  # empty lines for an exercise to write
WITH_OPTIONS: Final = frozenset({"choice", "scale", "list"})
_LINE: Final = '<div class="write-line" aria-hidden="true"></div>'

Clean = Callable[[str], str]


def options(value: Mapping[str, Any]) -> list[str]:
    """What there is to choose from, or to fill in. Wagtail keeps them bare or as items with an id."""
    found = (each["value"] if isinstance(each, Mapping) else each for each in value.get("options") or ())
    return [str(each) for each in found]


def exercise(value: Mapping[str, Any], anchor: str, clean: Clean) -> str:
    """HTML of an exercise. `clean` makes HTML of an editor safe; `anchor` is the id of its heading."""
    kind = str(value.get("kind"))
    if kind not in KINDS:  # an editor's draft
        kind = "text"
    return (
        f'<section class="box exercise" aria-labelledby="{escape(anchor)}">'
        f'<p class="tag">{icons.icon(ICONS[kind])}{escape(KINDS[kind])}</p>'
        f'<h3 id="{escape(anchor)}">{escape(value.get("title") or "")}</h3>'
        f"{clean(value.get('text') or '')}{_PAPER[kind](options(value))}</section>"
    )


def sheet(value: Mapping[str, Any], anchor: str, clean: Clean) -> str:
    """HTML of the sheet for who reads a chapter together."""
    return (
        f'<section class="sheet" aria-labelledby="{escape(anchor)}">'
        f'<h2 id="{escape(anchor)}">{escape(value.get("title") or "")}</h2>'
        f"{clean(value.get('text') or '')}</section>"
    )


def _write(lines: list[str]) -> str:
    return _LINE * LINES


def _choose(lines: list[str]) -> str:
    return f'<ul class="marks">{_items(lines)}</ul>'


def _scale(lines: list[str]) -> str:
    return f'<ol class="marks marks-round">{_items(lines)}</ol>'


def _fill_in(lines: list[str]) -> str:
    return f'<ol class="fill-in">{"".join(f"<li>{escape(line)}{_LINE}</li>" for line in lines)}</ol>'


def _items(lines: list[str]) -> str:
    return "".join(f"<li>{escape(line)}</li>" for line in lines)


# What there is on paper, by kind.
_PAPER: Final[Mapping[str, Callable[[list[str]], str]]] = {
    "text": _write,
    "choice": _choose,
    "scale": _scale,
    "list": _fill_in,
}
