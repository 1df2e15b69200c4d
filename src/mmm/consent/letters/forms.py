"""Forms of letters, for who writes one and for who reads one."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mmm.consent.letters import policy
from mmm.design.widgets import CodeInput, DateParts
from mmm.foundation import clock


class LetterForm(forms.Form):
    """For whom, and until when."""

    reader = forms.CharField(
        label=_("For whom is this letter?"),
        help_text=_("A name that tells you enough. Only you see it. It is not in the letter."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Fill in for whom it is.")},
    )
    employer = forms.TypedChoiceField(
        label=_("Is this somebody you work for, or want to work for?"),
        help_text=_("An employer gets less: only what you want, can do and need."),
        choices=[("no", _("No")), ("yes", _("Yes, this is an employer"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    until = forms.DateField(
        label=_("Until when can it be read?"),
        help_text=_("At most two weeks. That day is included."),
        widget=DateParts,
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": _("Choose until when it may be read."),
            "invalid": _("This is not a date. Fill in a day, a month and a year, for example 31 12 2026."),
        },
    )

    def clean_until(self) -> dt.date:
        until: dt.date = self.cleaned_data["until"]
        if not clock.today() <= until <= policy.last_day():
            raise forms.ValidationError(_("Choose a day between today and two weeks from now."))
        return until


class MakeForm(forms.Form):
    """The last step. `paper` must be ticked for a P3 part, `health` when health words go to an employer."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    paper = forms.BooleanField(label=_("I have read this and I want to share it"), required=False)
    health = forms.BooleanField(label=_("This is not about my health"), required=False)

    def __init__(self, *args: Any, paper: bool, health: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, needed in (("paper", paper), ("health", health)):
            self.fields[name].required = needed
        self.fields["paper"].error_messages["required"] = _("Tick that you have read this first.")
        self.fields["health"].error_messages["required"] = _("Tick this, or change your text first.")


class LetterCodeForm(forms.Form):
    """The code on the paper."""

    letter_code = forms.CharField(
        label=_("The code in your letter"),
        help_text=_("16 digits. With or without spaces."),
        max_length=60,
        widget=CodeInput,
        error_messages={"required": _("Fill in the code in your letter.")},
    )
