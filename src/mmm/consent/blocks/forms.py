"""The form of undoing a block."""

from django import forms


class UnblockForm(forms.Form):
    """Which block: of a person or of an organisation."""

    person = forms.UUIDField(required=False)
    organisation = forms.UUIDField(required=False)
