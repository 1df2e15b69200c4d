"""The form of the card. Nothing is compulsory."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mmm.design.widgets import choice_label
from mmm.stories.care_card.content import MOST, sentences
from mmm.stories.care_card.selectors import Choice


class CareCardForm(forms.Form):
    """Which answers, which sentences, and whom one wants to be there."""

    answers = forms.MultipleChoiceField(
        label=_("Which of your answers go on the card?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    do = forms.MultipleChoiceField(
        label=_("What can the other do?"),
        help_text=_("Choose three at most."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    not_needed = forms.MultipleChoiceField(
        label=_("What need the other not do?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    who = forms.CharField(
        label=_("Whom do you want to be there?"),
        help_text=_("Somebody you trust. Leave it empty if you do not know."),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("Keep it under 120 characters. Nothing is lost.")},
    )

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers = [(each.key, choice_label(each.question, each.part)) for each in choices]
        self.fields["answers"].choices = answers  # type: ignore[attr-defined]
        for group in ("do", "not_needed"):
            self.fields[group].choices = list(sentences(group).items())  # type: ignore[attr-defined]
        if not answers:
            del self.fields["answers"]

    def clean_do(self) -> list[str]:
        picked: list[str] = self.cleaned_data["do"]
        if len(picked) > MOST:
            raise forms.ValidationError(_("Choose three at most. Then the other remembers them."))
        return picked
