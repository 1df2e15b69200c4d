"""Forms of sharing. Errors are said at the field, in plain words; nothing chosen is lost."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from mmm.consent import policy
from mmm.design.widgets import DateParts
from mmm.foundation import clock
from mmm.foundation.doors import SharedThing

PURPOSES = [
    ("know_me", _("To get to know me")),
    ("find_work", _("To look for work together")),
    ("prepare_talk", _("To prepare a talk")),
    ("keep_work", _("To keep my work going well")),
    ("other", _("Something else")),
]
PURPOSE_WORDS = dict(PURPOSES)


class ThingsForm(forms.Form):
    """Which parts."""

    things = forms.MultipleChoiceField(
        label=_("What do you want to share?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one part.")},
    )

    def __init__(self, *args: Any, things: list[SharedThing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._things = {thing.id.hex: thing for thing in things}
        self.fields["things"].choices = [(key, thing.title) for key, thing in self._things.items()]  # type: ignore[attr-defined]

    def chosen(self) -> list[SharedThing]:
        return [self._things[key] for key in self.cleaned_data["things"]]


class ReaderForm(forms.Form):
    """Who reads: one membership from the directory."""

    membership = forms.UUIDField(error_messages={"required": _("Choose who may read it.")})


class SearchForm(forms.Form):
    """Find a professional by name, profession or organisation."""

    q = forms.CharField(required=False, max_length=80, label=_("Name, profession or organisation"))
    region = forms.UUIDField(required=False)

    def region_id(self) -> UUID | None:
        return self.cleaned_data.get("region")


def in_months(months: int) -> dt.date:
    """The same day of the month `months` from now (the last day of that month when it is shorter)."""
    today = clock.today()
    years, month = divmod(today.month - 1 + months, 12)
    for day in range(today.day, 27, -1):
        try:
            return dt.date(today.year + years, month + 1, day)
        except ValueError:
            continue
    return dt.date(today.year + years, month + 1, min(today.day, 28))


class PurposeForm(forms.Form):
    """What for and until when; three months are filled in."""

    purpose = forms.ChoiceField(
        label=_("What is it for?"),
        choices=PURPOSES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is for.")},
    )
    words = forms.CharField(
        label=_("Want to say it in your own words?"),
        help_text=_("The reader sees this too. You may leave it empty."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("Keep it under 300 characters. Nothing is lost.")},
    )
    until = forms.DateField(
        label=_("Until when?"),
        help_text=_("We filled in three months. Shorter is fine. That day is included."),
        widget=DateParts,
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": _("Choose until when it may be read."),
            "invalid": _("This is not a date. Fill in a day, a month and a year, for example 31 12 2026."),
        },
    )

    def clean_until(self) -> dt.date:
        until: dt.date = self.cleaned_data["until"]
        if not clock.today() <= until <= clock.today() + dt.timedelta(days=policy.LONGEST_DAYS):
            raise forms.ValidationError(_("Choose a day between today and one year from now."))
        return until


class SeenForm(forms.Form):
    """A page about the reader was read; `version` is the one of the draft that it showed."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class ConfirmForm(SeenForm):
    """The last step; `income` must be ticked when the reader works where benefits are decided.

    Not when the person came by the page about that. `health`: when health words go to an employer (rule 2).
    """

    income = forms.BooleanField(label=_("I have read this and I want to share it"), required=False)
    health = forms.BooleanField(label=_("This is not about my health"), required=False)

    def __init__(self, *args: Any, income: bool, health: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["income"].required = income
        self.fields["income"].error_messages["required"] = _("Tick that you have read this first.")
        self.fields["health"].required = health
        self.fields["health"].error_messages["required"] = _("Tick this, or change your text first.")
