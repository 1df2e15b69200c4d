"""Forms of reports."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mmm.design.widgets import CountedTextarea
from mmm.region.models import Outcome


class ReportForm(forms.Form):
    """What is wrong, and what the coordinator may see."""

    shown = forms.MultipleChoiceField(
        label=_("What may the coordinator see?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one line. Else nobody can look into it.")},
    )
    words = forms.CharField(
        label=_("What is not right?"),
        help_text=_("You may leave this empty. The coordinator reads it."),
        required=False,
        max_length=600,
        widget=CountedTextarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Keep it under 600 characters. Nothing is lost.")},
    )

    def __init__(self, *args: Any, lines: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown"].choices = list(lines.items())  # type: ignore[attr-defined]


class ReplyForm(forms.Form):
    """What came of it, with a reason."""

    outcome = forms.ChoiceField(
        label=_("What did you do?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you did.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Who reported it reads this. If you hide a name, that person reads it, too."),
        max_length=600,
        widget=CountedTextarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write a reason. Nobody gets an answer without one."),
            "max_length": _("Keep it under 600 characters. Nothing is lost."),
        },
    )

    def __init__(self, *args: Any, can_hide: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = [choice for choice in Outcome.choices if can_hide or choice[0] != Outcome.HIDDEN]
        self.fields["outcome"].choices = left  # type: ignore[attr-defined]
