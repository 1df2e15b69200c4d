"""The tags of the house. Built in: templates need no `{% load %}` for them.

Tags that stand in loops are plain functions; only the big ones are templates.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

import segno
from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.middleware.csrf import get_token
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mmm.design import forms, icons, shapes
from mmm.design.context import Link
from mmm.foundation import doors

register = template.Library()
EMPTY = SafeString("")

STATES = {"done": ("ok", "check"), "busy": ("busy", "busy"), "new": ("new", "empty")}
NOTICES = {"info": "info", "success": "check", "warning": "alert", "error": "alert"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "lock" %}`: one of `icons.SHAPES`, always beside words."""
    return icons.icon(name)


@register.simple_tag
def field(bound: BoundField, big: bool = False) -> SafeString:
    """`{% field form.name %}`: label, help, error and control. `big=True` on a page with one question."""
    return forms.field(bound, big=big)


@register.simple_tag
def form_errors(form: BaseForm) -> SafeString:
    """`{% form_errors form %}` above the h1: the error summary, or nothing."""
    return forms.summary(form)


@register.simple_tag(takes_context=True)
def form_head(context: Context) -> SafeString:
    """`{% form_head %}` first in every POST form: csrf token, once-key, and what rooms put at "form_head"."""
    from mmm.foundation.once.templatetags.once import once_field

    request = context["request"]
    same: SafeString | None = getattr(request, "form_head", None)
    if same is None:  # what is the same in every form of a page is made once
        extra = ((slot.render(request),) for slot in doors.slots if slot.place == "form_head")
        same = request.form_head = format_html(
            '<input type="hidden" name="csrfmiddlewaretoken" value="{}">{}',
            get_token(request),
            format_html_join("", "{}", extra),
        )
    return same + once_field(request)


@register.simple_tag
def menu(links: Iterable[Link]) -> SafeString:
    """`{% menu page.links %}`: the links as items of a list; the page itself, or where it lies, is marked."""
    return _menu(tuple(links))


@lru_cache(maxsize=1000)
def _menu(links: tuple[Link, ...]) -> SafeString:
    # Kept: thirty links on every page were a third of what its frame costs.
    here = SafeString(' aria-current="page"')
    rows = ((link.url, here if link.current else "", link.label) for link in links)
    return format_html_join("", '<li><a href="{}"{}>{}</a></li>', rows)


@register.simple_tag(takes_context=True)
def error_prefix(context: Context) -> str:
    """ "Error: " at the start of the page's title when its `form` has errors, so that it is heard first."""
    form = context.get("form")
    if isinstance(form, BaseForm) and form.is_bound and form.errors:
        return _("Error:") + " "
    return ""


@register.simple_tag
def danger(lines: Iterable[Any] = ()) -> SafeString:
    """`{% danger %}`: the calm block of rule 13, above every free text of a person and on error pages.

    `{% danger lines %}` where a region is known: its crisis lines (`name`, `phone`, `dialled`, `words`) stand
    below the national numbers, which always come first.
    """
    if not lines:
        return _fixed("design/components/danger/danger.html", get_language() or "nl")
    return render_to_string("design/components/danger/danger.html", {"lines": lines})


@register.simple_tag
def square_code(text: str, label: str) -> SafeString:
    """`{% square_code link label %}`: a QR code as inline SVG with its name, always black on white."""
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(scale=4, border=4, dark="#000", light="#fff", omitsize=True, svgclass=None)
    opening = format_html('<svg role="img" aria-label="{}" class="square-code" ', label)
    return SafeString(drawn.replace("<svg ", opening, 1))  # drawn by the library: numbers only


@register.simple_tag
def drawing(name: str) -> SafeString:
    """`{% drawing "home" %}`: one of our illustrations, with its title, as inline SVG."""
    return _fixed(f"design/drawings/{name}.html", get_language() or "nl")


@cache
def _fixed(name: str, language: str) -> SafeString:
    return render_to_string(name)


@register.simple_tag
def saved_line(moment: dt.datetime | None = None) -> SafeString:
    """`{% saved_line part.saved_at %}`: "Saved at 14.32", with the day when that is not today.

    autosave.js keeps the line up to date; its sentences ride along as data so that the script has no words.
    """
    text = _("Nothing saved yet")
    if moment:
        local = timezone.localtime(moment)
        text = _("Saved at %(time)s") % {"time": f"{local:%H.%M}"}
        if local.date() != timezone.localdate():
            text = _("Saved on %(day)s at %(time)s") % {"day": f"{local:%d-%m-%Y}", "time": f"{local:%H.%M}"}
    return format_html(
        '<p class="saved" role="status" data-saved="{}" data-unsaved="{}">{}<span>{}</span></p>',
        _("Saved at {time}"),
        _("Not saved yet. We will try again."),
        icons.icon("check"),
        text,
    )


@register.simple_tag
def notice(kind: str, text: str) -> SafeString:
    """`{% notice "success" text %}`: info, success, warning or error; Django's message levels fit."""
    kind = kind if kind in NOTICES else "info"
    return format_html(
        '<div class="notice notice-{}" role="{}">{}<p>{}</p></div>',
        kind,
        "alert" if kind == "error" else "status",
        icons.icon(NOTICES[kind]),
        text,
    )


@register.simple_tag
def crumbs(*parts: str) -> SafeString:
    """`{% crumbs "Mijn verhaal" story_url "Mijn dromen" %}`: label, address, ..., label of this page."""
    *before, current = parts
    pairs = zip(before[::2], before[1::2], strict=True)
    return format_html(
        '<nav class="crumbs" aria-label="{}"><ol>{}<li><span aria-current="page">{}</span></li></ol></nav>',
        _("You are here"),
        format_html_join("", '<li><a href="{1}">{0}</a></li>', pairs),
        current,
    )


@register.filter
def breakable(name: str) -> SafeString:
    """A name with a slash ("Zaanstreek/Waterland") may break there on a small screen."""
    return format_html_join(SafeString("/<wbr>"), "{}", ((each,) for each in name.split("/")))


@register.simple_tag
def back(url: str, label: str) -> SafeString:
    """`{% back url "Terug naar mijn verhaal" %}`: says where it leads."""
    return format_html('<a class="back" href="{}">{}{}</a>', url, icons.icon("back"), label)


@register.simple_tag
def step_of(number: int, total: int) -> SafeString:
    """`{% step_of 2 4 %}`: "Step 2 of 4" with a bar that only decorates."""
    on = SafeString(' class="on"')
    marks = format_html_join("", "<span{}></span>", ((on if n < number else "",) for n in range(total)))
    return format_html(
        '<p class="step-of">{}</p><div class="progress" aria-hidden="true">{}</div>',
        _("Step %(number)s of %(total)s") % {"number": number, "total": total},
        marks,
    )


@register.simple_tag
def task_row(
    title: str,
    url: str,
    *,
    icon: str,
    state: str,
    state_text: str,
    hint: str = "",
    who: str = "",
    private: bool = True,
) -> SafeString:
    """One `<li>` of `<ul class="tasks">`: a part with its state (done, busy, new) and who may read it."""
    css, mark = STATES[state]
    readers = (
        format_html("<span>{} {}</span>", icons.icon("lock" if private else "eye"), who) if who else EMPTY
    )
    return format_html(
        '<li>{}<h3><a href="{}">{}</a></h3><span class="state st-{}">{}{}</span>'
        '<p class="meta"><span>{}</span>{}</p></li>',
        icons.icon(icon),
        url,
        title,
        css,
        icons.icon(mark),
        state_text,
        hint,
        readers,
    )


@register.simple_tag
def look_line(line: shapes.LookLine) -> SafeString:
    """One `<li>` of `<ul class="rows">` in the look log, with "stop sharing" beside it."""
    stop = EMPTY
    if line.stop_url:
        stop = format_html('<a class="btn btn-quiet btn-small" href="{}">{}</a>', line.stop_url, line.stop)
    wrong = EMPTY
    if line.wrong_url:
        wrong = format_html(
            '<p class="small"><a class="reach" href="{}">{}</a></p>', line.wrong_url, line.wrong
        )
    return format_html(
        '<li class="look"><div><p>{}</p><p class="small">{}</p>{}</div>{}</li>',
        line.sentence,
        line.at,
        wrong,
        stop,
    )


@register.simple_tag
def person(name: str, line: str, *, icon: str = "person", extra: str = "") -> SafeString:
    """`{% person "Marieke de Wit" "jobcoach bij Werkpunt Leiden" %}`: who somebody is."""
    return format_html(
        '<div class="person">{}<p><strong>{}</strong></p><p>{}</p>{}</div>',
        icons.icon(icon),
        name,
        line,
        format_html('<p class="small">{}</p>', extra) if extra else EMPTY,
    )


@register.inclusion_tag("design/components/table/table.html")
def share_matrix(matrix: shapes.Matrix) -> dict[str, Any]:
    """`{% share_matrix matrix %}`: a `shapes.Matrix`; a table that becomes a list on a phone."""
    return {"matrix": matrix}


@register.inclusion_tag("design/components/rows/rows.html")
def check_answers(answers: Sequence[shapes.Answer]) -> dict[str, Any]:
    """`{% check_answers answers %}`: a list of `shapes.Answer`, each with its own way to change it."""
    return {"answers": answers}


@register.simple_tag
def tile_map(tiles: Sequence[shapes.Tile], label: str) -> SafeString:
    """`{% tile_map tiles label %}`: the map that goes with a list of the same links; the list comes first."""
    here = SafeString(' aria-current="page"')
    cells = (
        (tile.column, tile.row, tile.url, here if tile.current else "", tile.code, tile.name)
        for tile in tiles
    )
    return format_html(
        '<ul class="tiles" aria-label="{}">{}</ul>',
        label,
        format_html_join(
            "",
            '<li class="tx{} ty{}"><a href="{}"{}>'
            '<span aria-hidden="true">{}</span><span class="vh">{}</span></a></li>',
            cells,
        ),
    )
