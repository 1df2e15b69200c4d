"""Form widgets of the house; `{% field %}` draws each of them with label, help and error."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from mmm.design.icons import icon


class CardRadio(forms.RadioSelect):
    """One choice out of a few, each a card of at least 44 px high."""


class CardCheckboxes(forms.CheckboxSelectMultiple):
    """Several choices, each a card."""


class InRow(forms.RadioSelect):
    """One choice out of three beside its question, e.g. needed / nice / does not matter."""


class CountedTextarea(forms.Textarea):
    """A text area that counts. The browser never cuts text off: too long is told, and nothing is lost.

    `autocomplete="off"`: what people write here must not turn up in another form on a shared phone (rule 15).
    """

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"rows": 8, "autocomplete": "off", **(attrs or {})})

    def build_attrs(
        self, base_attrs: Mapping[str, Any], extra_attrs: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        attrs = super().build_attrs(dict(base_attrs), dict(extra_attrs or {}))
        if limit := attrs.pop("maxlength", None):
            attrs["data-count"] = limit
        return attrs


class CodeInput(forms.TextInput):
    """A code of digits, in big letters. `from_mail`: the device may offer the code that just came in."""

    def __init__(self, *, from_mail: bool = False, attrs: dict[str, Any] | None = None):
        offered = "one-time-code" if from_mail else "off"
        marks = {"class": "input-code", "inputmode": "numeric", "spellcheck": "false"}
        super().__init__({**marks, "autocomplete": offered, **(attrs or {})})


class DateParts(forms.MultiWidget):
    """A date as three short fields (day, month, year), which work everywhere; the value is an ISO date."""

    labels = (_("Day"), _("Month"), _("Year"))

    def __init__(self, attrs: dict[str, Any] | None = None):
        number = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            [
                forms.TextInput({**number, "class": "input"}),
                forms.TextInput({**number, "class": "input"}),
                forms.TextInput({**number, "class": "input input-year"}),
            ],
            attrs,
        )

    def decompress(self, value: dt.date | str | None) -> list[str]:
        if not value:
            return ["", "", ""]
        if isinstance(value, dt.date):
            return [str(value.day), str(value.month), str(value.year)]
        parts = value.split("-")[::-1]
        return [*parts, "", "", ""][:3]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:  # type: ignore[override]
        # A part that was not posted is None.
        parts = super().value_from_datadict(data, files, name) or ("", "", "")
        day, month, year = ((part or "").strip() for part in parts)
        return f"{year}-{month}-{day}" if day or month or year else ""


def choice_label(label: object, hint: object = "") -> SafeString:
    """The label of a card with a second, quieter line below it: for use in a field's `choices`."""
    return format_html('<span class="choice-text">{}</span><span class="hint">{}</span>', label, hint)


def picture_label(name: str, label: object) -> SafeString:
    """The label of a card with one of our icons before it: for use in a field's `choices`."""
    return format_html('<span class="choice-text choice-picture">{}<span>{}</span></span>', icon(name), label)


def grouped(widget: forms.Widget) -> bool:
    """Whether the widget is several controls that share one question, and so needs a fieldset."""
    return isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.MultiWidget)


def classes(*names: object) -> str:
    """Class names joined, empty ones left out."""
    return " ".join(str(name) for name in names if name)
