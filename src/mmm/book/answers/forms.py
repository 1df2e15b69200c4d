"""The form of one exercise. Nothing is compulsory, and what is too long stays on the page."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from mmm.book.answers.questions import Exercise
from mmm.book.answers.services import LONGEST, LONGEST_LINE
from mmm.design.widgets import CardCheckboxes, CardRadio, CountedTextarea

TOO_LONG = _("This is too long: %(limit_value)d characters at most. Nothing is lost. Make it a bit shorter.")


class WordsField(forms.CharField):
    """Words of the reader, kept as typed. A `short` one has few lines and no count below it."""

    def __init__(self, *, longest: int, short: bool = False, **kwargs: Any) -> None:
        look = {"rows": 2, "class": "input-lines"} if short else {"rows": 6}
        super().__init__(
            required=False,
            strip=False,
            max_length=None if short else longest,  # what is counted
            widget=CountedTextarea(look),
            error_messages={"max_length": TOO_LONG},
            **kwargs,
        )
        if short:
            self.validators.append(MaxLengthValidator(longest, TOO_LONG))

    def to_python(self, value: Any) -> str:
        # A NUL has no place in text, and Django would refuse all of it for one.
        text = super().to_python(value) or ""
        return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


class ExerciseForm(forms.Form):
    """One exercise: words, one choice, several, or lines to fill in."""

    exercise = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, exercise: Exercise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prefix = exercise.id.hex[:8]
        self.asked = exercise
        choices = [(each.key, each.words) for each in exercise.options]
        label = _("Your answer")
        if exercise.kind == "text":
            self.fields["text"] = WordsField(label=label, longest=LONGEST)
        elif exercise.kind == "choice":
            self.fields["chosen"] = forms.MultipleChoiceField(
                label=label, choices=choices, required=False, widget=CardCheckboxes
            )
        elif exercise.kind == "scale":
            self.fields["chosen"] = forms.ChoiceField(
                label=label, choices=choices, required=False, widget=CardRadio
            )
        else:
            for number, (_key, words) in enumerate(choices):
                self.fields[f"line{number}"] = WordsField(label=words, longest=LONGEST_LINE, short=True)

    @staticmethod
    def filled(exercise: Exercise, content: dict[str, Any], version: int) -> dict[str, Any]:
        """What the fields hold at first, from an answer as it was kept."""
        chosen = content.get("chosen", [])
        lines = content.get("lines", {})
        return {
            "exercise": exercise.id.hex,
            "version": version,
            "text": content.get("text", ""),
            "chosen": chosen if exercise.kind == "choice" else next(iter(chosen), ""),
            **{f"line{number}": lines.get(each.key, "") for number, each in enumerate(exercise.options)},
        }

    @property
    def shown(self) -> list[forms.BoundField]:
        """What somebody fills in."""
        return [field for field in self if field.name not in {"exercise", "version"}]

    @property
    def content(self) -> dict[str, Any]:
        """As `services.keep` takes it."""
        given = self.cleaned_data
        if self.asked.kind == "text":
            return {"text": given["text"] if given["text"].strip() else ""}
        if self.asked.kind in {"choice", "scale"}:
            chosen = given["chosen"]
            return {"chosen": [chosen] if isinstance(chosen, str) and chosen else list(chosen)}
        lines = {
            each.key: given[f"line{number}"]
            for number, each in enumerate(self.asked.options)
            if given[f"line{number}"].strip()
        }
        return {"lines": lines}


class ThrowAwayForm(forms.Form):
    """Which answer goes."""

    answer_id = forms.UUIDField(widget=forms.HiddenInput)
