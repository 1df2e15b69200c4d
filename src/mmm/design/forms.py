"""How a form is drawn: label, help, error and control that know of each other.

The ids are Django's own (`<id>_helptext`, `<id>_error`), so that its `aria-describedby` points at them.
"""

from collections.abc import Iterator

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mmm.design import widgets
from mmm.design.icons import icon

EMPTY = SafeString("")


def field(bound: BoundField, *, big: bool = False) -> SafeString:
    """The whole field as HTML. `big` makes the label the question of a page (`.big`)."""
    if bound.is_hidden:
        return bound.as_hidden()
    widget = bound.field.widget
    if isinstance(widget, widgets.InRow):
        return _group(bound, "field row-field", _cards(bound), big=False)
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return _group(bound, "field", _cards(bound), big=big)
    if isinstance(widget, forms.MultiWidget):
        return _group(bound, "field", _parts(bound), big=big)
    if isinstance(widget, forms.CheckboxInput):
        return _tick(bound)
    css = widgets.classes("input", widget.attrs.get("class"))
    return format_html(
        '<div class="{}"><label for="{}"{}>{}</label>{}{}{}{}</div>',
        _box(bound, "field"),
        bound.id_for_label,
        SafeString(' class="big"') if big else "",
        bound.label,
        _help(bound),
        problem(bound),
        bound.as_widget(attrs={"class": css}),
        _count(bound),
    )


def problem(bound: BoundField) -> SafeString:
    """The error line of a field, or nothing."""
    if not bound.errors:
        return EMPTY
    return format_html(
        '<p class="problem" id="{}_error">{}<span><span class="vh">{} </span>{}</span></p>',
        bound.auto_id,
        icon("alert"),
        _("Error:"),
        format_html_join(" ", "{}", ((error,) for error in bound.errors)),
    )


def summary(form: forms.BaseForm) -> SafeString:
    """All errors of a form as links to their fields, focused when the page opens; nothing without errors."""
    if not form.is_bound or not form.errors:
        return EMPTY
    return format_html(
        '<div class="error-summary" role="alert" tabindex="-1" autofocus><h2>{}</h2><ul>{}</ul></div>',
        _("Something is not right yet"),
        format_html_join("", "<li>{}</li>", ((line,) for line in _summary_lines(form))),
    )


def _summary_lines(form: forms.BaseForm) -> Iterator[SafeString]:
    for error in form.non_field_errors():
        yield format_html("{}", error)
    for bound in form:
        target = f"{bound.auto_id}_0" if widgets.grouped(bound.field.widget) else bound.auto_id
        for error in bound.errors:
            if bound.is_hidden:
                yield format_html("{}", error)
            else:
                yield format_html('<a href="#{}">{} {}</a>', target, _named(bound.label), error)


def _named(label: object) -> str:
    # A label that is a question needs no colon after it.
    text = str(label)
    return text if text.endswith(("?", ".", ":")) else f"{text}:"


def _box(bound: BoundField, css: str) -> str:
    return f"{css} field-bad" if bound.errors else css


def _help(bound: BoundField) -> SafeString:
    if not bound.help_text:
        return EMPTY
    return format_html('<p class="hint" id="{}_helptext">{}</p>', bound.auto_id, bound.help_text)


def _count(bound: BoundField) -> SafeString:
    limit = getattr(bound.field, "max_length", None)
    if not limit or not isinstance(bound.field.widget, widgets.CountedTextarea):
        return EMPTY
    # The sentences for count.js ride along, so that the script has no words of its own.
    shown = number_format(limit, force_grouping=True)
    return format_html(
        '<p class="count" data-count-for="{}" data-left="{}" data-over="{}">{}</p>',
        bound.auto_id,
        _("{n} characters left"),
        _("{n} characters too many. Your text stays here. Make it a little shorter."),
        _("At most %(limit)s characters") % {"limit": shown},
    )


def _group(bound: BoundField, css: str, controls: SafeString, *, big: bool) -> SafeString:
    described = [
        f"{bound.auto_id}_{part}"
        for part, there in (("helptext", bound.help_text), ("error", bound.errors))
        if there
    ]
    return format_html(
        '<fieldset class="{}"{}><legend{}>{}</legend>{}{}{}</fieldset>',
        _box(bound, css),
        format_html(' aria-describedby="{}"', " ".join(described)) if described else "",
        SafeString(' class="big"') if big else "",
        bound.label,
        _help(bound),
        problem(bound),
        controls,
    )


def _cards(bound: BoundField) -> SafeString:
    # Not by Django's widget templates: 48 conditions x 3 would be 300 small templates a page.
    kind = "checkbox" if isinstance(bound.field.widget, forms.CheckboxSelectMultiple) else "radio"
    cards = (
        (
            kind,
            option.data["name"],
            option.data["value"],
            flatatt({key: value for key, value in option.data["attrs"].items() if key != "required"}),
            _text(option.data["label"]),
        )
        for option in bound.subwidgets
    )
    css = widgets.classes("choices", bound.field.widget.attrs.get("class"))
    return format_html(
        '<div class="{}">{}</div>',
        css,
        format_html_join(
            "",
            '<label class="choice"><input type="{}" name="{}" value="{}"{}><span>{}</span></label>',
            cards,
        ),
    )


def _text(label: object) -> SafeString:
    if isinstance(label, SafeString):
        return label
    return format_html('<span class="choice-text">{}</span>', label)


def _parts(bound: BoundField) -> SafeString:
    labels = getattr(bound.field.widget, "labels", ())
    context = bound.field.widget.get_context(bound.html_name, bound.value(), {"id": bound.auto_id})
    inputs = (
        (
            part["attrs"]["id"],
            label,
            part["name"],
            part["value"] or "",
            flatatt({**part["attrs"], "aria-invalid": "true" if bound.errors else None}),
        )
        for label, part in zip(labels, context["widget"]["subwidgets"], strict=True)
    )
    return format_html(
        '<div class="date-parts">{}</div>',
        format_html_join(
            "", '<div><label for="{}">{}</label><input type="text" name="{}" value="{}"{}></div>', inputs
        ),
    )


def _tick(bound: BoundField) -> SafeString:
    return format_html(
        '<div class="{}">{}<label class="choice" for="{}">{}'
        '<span><span class="choice-text">{}</span>{}</span></label></div>',
        _box(bound, "field"),
        problem(bound),
        bound.id_for_label,
        bound.as_widget(),
        bound.label,
        format_html('<span class="hint" id="{}_helptext">{}</span>', bound.auto_id, bound.help_text)
        if bound.help_text
        else "",
    )
