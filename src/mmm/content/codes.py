"""A field that holds some codes of a fixed list, ticked by an editor."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Codes = Sequence[tuple[str, str | Promise]]


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
