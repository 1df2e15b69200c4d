"""Forms of the story. A text that is too long is refused without losing a letter of it."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mmm.design.widgets import CardCheckboxes, CountedTextarea, InRow, picture_label
from mmm.stories import questions
from mmm.stories.services import LONGEST

HEX = re.compile(r"[0-9a-f]{32}")
LEVELS = [("needed", _("needed")), ("nice", _("nice")), ("either", _("makes no difference"))]


class WordsField(forms.CharField):
    """Free text of the person: any Unicode, kept as typed; line ends are made one kind."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, widget=CountedTextarea, **kwargs)
        # Shown as a count only: a maxlength in the page would cut off what somebody pastes.
        self.max_length = LONGEST

    def to_python(self, value: Any) -> str:
        # A NUL has no place in text, and Django would refuse all of it for one.
        text = super().to_python(value) or ""
        return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: str) -> None:
        super().validate(value)
        over = len(value) - LONGEST
        if over > 0:
            raise forms.ValidationError(
                ngettext(
                    "Your text is %(over)d character too long. Nothing is lost. Make it a bit shorter, "
                    "or put a piece of it at another question.",
                    "Your text is %(over)d characters too long. Nothing is lost. Make it a bit shorter, "
                    "or put a piece of it at another question.",
                    over,
                )
                % {"over": over}
            )


class IdsField(forms.CharField):
    """Several ids, hex, with commas between them; what is no id is left out."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> list[UUID]:
        return [UUID(hex=part) for part in str(value or "").split(",") if HEX.fullmatch(part)]


class Origin(forms.Form):
    """Where an answer comes from: the version its page was opened with, that page, its how-manieth save."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    page = forms.UUIDField(required=False, widget=forms.HiddenInput)
    turn = forms.IntegerField(required=False, min_value=0, max_value=1_000_000, widget=forms.HiddenInput)

    seen = IdsField(required=False)  # the texts beside it that the page showed, when the person settles
    with_help = forms.BooleanField(
        label=_("Somebody is helping me to write"),
        help_text=_("Then your reader sees: written with help."),
        required=False,
    )

    @property
    def origin(self) -> dict[str, Any]:
        """`version`, `page` and `turn` as the services take them."""
        given = self.cleaned_data
        return {"version": given["version"], "page": given["page"], "turn": given["turn"] or 0}

    def marked(self, **content: Any) -> dict[str, Any]:
        """The parts of the answer that are there, with a mark when somebody helped; empty when nothing is."""
        there = {name: value for name, value in content.items() if value}
        return there | ({"with_help": True} if there and self.cleaned_data["with_help"] else {})


class AnswerForm(Origin):
    """An answer in the person's own words, in sentences they chose, or both."""

    picked = forms.MultipleChoiceField(label=_("Choose what fits you"), required=False, widget=CardCheckboxes)
    text = WordsField(label=_("Or write it yourself"))

    def __init__(self, *args: Any, cards: Sequence[questions.Card] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not cards:
            del self.fields["picked"]
            self.fields["text"].label = _("Your answer")
            return
        choices = [(card.key, picture_label(card.icon, card.text)) for card in cards]
        self.fields["picked"].choices = choices  # type: ignore[attr-defined]

    @property
    def content(self) -> dict[str, Any]:
        return self.marked(text=self.cleaned_data["text"], picked=self.cleaned_data.get("picked", []))


class PutBackForm(forms.Form):
    """Which earlier text, and the version that stands there now."""

    earlier_id = forms.UUIDField()
    version = forms.IntegerField(min_value=0)


class ConditionsForm(Origin):
    """A level for each working condition; what is left open is not kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for condition in questions.conditions():
            self.fields[condition.key] = forms.ChoiceField(
                label=capfirst(condition.label), required=False, choices=LEVELS, widget=InRow
            )

    @property
    def content(self) -> dict[str, Any]:
        return self.marked(
            choices={
                condition.key: level
                for condition in questions.conditions()
                # "clear": a button that makes one choice empty again; a radio alone cannot.
                if (level := self.cleaned_data[condition.key]) and condition.key != self.data.get("clear")
            }
        )

    @property
    def first(self) -> list[forms.BoundField]:
        """The eight conditions in view."""
        return [self[condition.key] for condition in questions.first_conditions()]

    @property
    def chosen(self) -> list[forms.BoundField]:
        """The conditions for which something is chosen now."""
        return [self[each.key] for each in questions.conditions() if self[each.key].value()]

    @property
    def chose_further(self) -> bool:
        """Whether something was chosen among the other forty: then they stand open."""
        return any(bound.value() for _name, group in self.further for bound in group)

    @property
    def further(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The other forty, by group."""
        return [
            (name, [self[condition.key] for condition in group])
            for name, group in questions.further_conditions()
        ]
