"""Forms of one's own addresses: another one, and the code that proves it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mmm.accounts.forms import AddressForm, CodeForm


class NewAddressForm(AddressForm):
    """Another address. Whether it takes the place of the main one is asked only when both are possible."""

    WHAT = [
        ("change", _("In the place of my address")),
        ("spare", _("Beside it, as a second way in")),
    ]

    what = forms.ChoiceField(
        label=_("What is this address for?"),
        choices=WHAT,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what this address is for.")},
    )

    def __init__(self, *args: Any, own: Sequence[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._own = own
        self.fields["email"].label = _("Your new e-mail address")
        self.fields["email"].help_text = _("We send a code to it first.")
        if len(own) != 1:
            del self.fields["what"]

    def clean_email(self) -> str:
        """Not one that is there already."""
        email: str = self.cleaned_data["email"]
        if email in self._own:
            raise forms.ValidationError(_("You have this address already. Fill in another one."))
        return email

    def clean(self) -> dict[str, Any]:
        """`spare`: it comes beside the main address."""
        data: dict[str, Any] = super().clean() or {}
        data["spare"] = not self._own or data.get("what") == "spare"
        return data


class ProveForm(forms.Form):
    """The code from the new mailbox."""

    code = CodeForm.base_fields["code"]
