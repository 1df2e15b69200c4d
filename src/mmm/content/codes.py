"""Fields that hold codes of a fixed list, chosen or ticked by an editor."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Codes = Sequence[tuple[str, str | Promise]]


class WordsField(forms.CharField):
    """A list of words as an editor types it: one on a line, or with commas between."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """A line for each word."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """The words, each once, in the order in which they were typed."""
        typed = value if isinstance(value, list | tuple) else re.split(r"[,;\n]", value or "")
        return list(dict.fromkeys(filter(None, (" ".join(word.split()) for word in typed))))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other words stand there now."""
        return self.to_python(initial) != self.to_python(data)


class CodeField(models.CharField):  # type: ignore[type-arg]
    """One code of a fixed list; words for an editor where Django draws dashes. To a migration a CharField."""

    def deconstruct(self) -> Any:
        """As its parent, so that no migration knows this class."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def get_choices(self, *args: Any, **kwargs: Any) -> Any:
        """The list, with words for "nothing chosen yet"."""
        return super().get_choices(*args, **{"blank_choice": [("", _("Choose"))], **kwargs})


class CodesField(models.JSONField):
    """A list of codes in JSON, out of `codes` (code, words), which no migration holds."""

    def __init__(self, *args: Any, codes: Codes = (), **kwargs: Any):
        self.codes = codes
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Only codes of the list."""
        super().validate(value, model_instance)
        known = {code for code, _words in self.codes}
        if not isinstance(value, list) or not set(value) <= known:
            raise ValidationError(_("Choose from the list."))

    def formfield(self, **kwargs: Any) -> forms.MultipleChoiceField:
        """Ticks."""
        return forms.MultipleChoiceField(
            choices=self.codes,
            required=not self.blank,
            label=kwargs.get("label") or self.verbose_name,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )
