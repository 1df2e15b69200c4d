"""Forms of the ways in on paper: a code, a PIN, a nickname, a sentence."""

import uuid
from itertools import pairwise
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mmm.accounts import letters, numbers, paper_codes, recovery
from mmm.accounts.codes import digits
from mmm.accounts.forms import JoinForm, SharedForm
from mmm.design.widgets import CodeInput


class LetterCodeForm(SharedForm):
    """The code of a letter (16 digits) or one that somebody printed earlier (20 digits)."""

    code = forms.CharField(
        label=_("The code on your paper"),
        help_text=_("A letter has a code of 16 digits. A code to come in has 20."),
        max_length=60,
        widget=CodeInput,
        error_messages={"required": _("Fill in the code on your paper.")},
    )

    def clean_code(self) -> str:
        """The digits. A slip of the finger is told before anything is looked up."""
        typed = self.cleaned_data["code"]
        for length in (letters.CODE_DIGITS, paper_codes.DIGITS):
            if code := numbers.read(typed, length):
                return code
        if len(digits(typed)) == settings.MFA_RECOVERY_CODE_DIGITS:
            raise forms.ValidationError(
                _("This is a code for your second step. Sign in first; after that we ask for it.")
            )
        if len(digits(typed)) not in {letters.CODE_DIGITS, paper_codes.DIGITS}:
            raise forms.ValidationError(_("A digit is missing, or there is one too many. Look once more."))
        raise forms.ValidationError(_("There is a slip in the code. Compare each group of four digits."))


class PinForm(forms.Form):
    """The PIN of a letter; the PIN or a code on paper where somebody proves once more who they are."""

    pin = forms.CharField(
        label=_("Your PIN"),
        max_length=60,
        widget=CodeInput,
        error_messages={"required": _("Fill in your PIN.")},
    )


class AgainForm(PinForm):
    """Prove once more who you are, without e-mail."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["pin"].label = _("Your PIN, or a code to come in")


class NewPinForm(forms.Form):
    """A PIN of one's own choice."""

    pin = forms.CharField(
        label=_("Your new PIN"),
        help_text=_("Six to twelve digits. Not your date of birth, and not 123456."),
        max_length=40,
        widget=CodeInput,
        error_messages={"required": _("Fill in a new PIN.")},
    )

    def clean_pin(self) -> str:
        """The digits; not one digit all the time, and not a row."""
        pin = digits(self.cleaned_data["pin"])
        if not letters.PIN_DIGITS <= len(pin) <= letters.PIN_LONGEST:
            raise forms.ValidationError(_("Choose six to twelve digits."))
        steps = {int(b) - int(a) for a, b in pairwise(pin)}
        if len(steps) == 1 and steps <= {-1, 0, 1}:
            raise forms.ValidationError(_("Others guess this one first. Choose another."))
        return pin


class OwnPinForm(NewPinForm):
    """A PIN of one's own at the first use of a letter: whoever made the letter saw the printed one."""

    def __init__(self, *args: Any, letter_id: uuid.UUID, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.letter_id = letter_id
        self.fields["pin"].label = _("Choose a PIN of your own")
        self.fields["pin"].help_text = _(
            "Whoever made the letter knows the old one. That one stops working now. "
            "Take six to twelve digits. Not your date of birth, and not 123456."
        )

    def clean_pin(self) -> str:
        """The digits; not those of the letter."""
        pin = super().clean_pin()
        if letters.was_printed(self.letter_id, pin):
            raise forms.ValidationError(_("This one is on your letter. Choose another, that only you know."))
        return pin


class NicknameForm(OwnPinForm):
    """What we call somebody who comes with a letter, what fits now, and a PIN of their own."""

    name = JoinForm.base_fields["name"]
    situation = JoinForm.base_fields["situation"]
    sixteen = JoinForm.base_fields["sixteen"]
    field_order = ("name", "situation", "pin", "sixteen")


class SentenceForm(forms.Form):
    """The sentence by which a helper lets somebody in again."""

    sentence = forms.CharField(
        label=_("Your sentence"),
        help_text=_("At least four words. Something that nobody else knows and that you do not forget."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Fill in a sentence.")},
    )

    def clean_sentence(self) -> str:
        """Long enough not to be guessed."""
        sentence: str = self.cleaned_data["sentence"]
        if not recovery.long_enough(sentence):
            raise forms.ValidationError(_("This is too short. Take at least four words."))
        return sentence
