"""Forms of signing up, signing in and my data."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mmm.accounts import paper_codes
from mmm.accounts.codes import digits
from mmm.accounts.factors import passwords
from mmm.design.widgets import CodeInput


def normal_address(value: str) -> str:
    """The one spelling under which an address is looked up: NFC, no spaces around, lower case."""
    return unicodedata.normalize("NFC", value).strip().lower()


class AddressField(forms.EmailField):
    """An e-mail address, normalised."""

    def __init__(self, **kwargs: Any):
        attrs = {"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}
        super().__init__(max_length=254, widget=forms.EmailInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> str:
        return normal_address(super().to_python(value) or "")


class AddressForm(forms.Form):
    """Sign in: which mailbox is yours?"""

    email = AddressField(
        label=_("Your e-mail address"),
        help_text=_("Only for signing in. Your readers do not see this address."),
        error_messages={
            "required": _("Fill in your e-mail address."),
            "invalid": _("This is not a whole e-mail address. Look at it once more."),
        },
    )


class SharedForm(forms.Form):
    """The question of every sign-in: does somebody else use this device, too? (house rule 15)."""

    shared = forms.ChoiceField(
        label=_("Does somebody else use this device, too?"),
        help_text=_("If so, we sign you out sooner. This device then remembers less."),
        choices=[("no", _("No, only me")), ("yes", _("Yes, somebody else, too"))],
        widget=forms.RadioSelect,
        required=False,
    )
    field_order = ("code", "shared")

    def clean_shared(self) -> bool:
        """True when others use this device, too."""
        return bool(self.cleaned_data["shared"] == "yes")


def shared_choice(shared: bool) -> dict[str, str]:
    """The answer of the last sign-in in this browser, as the form's initial value."""
    return {"shared": "yes" if shared else "no"}


def whose_device(data: Any, *, shared: bool) -> SharedForm:
    """The question alone, beside a passkey. Its marks are its own: a page may ask it of two forms."""
    return SharedForm(data, initial=shared_choice(shared=shared), auto_id="key_%s")


class CodeForm(SharedForm):
    """The code from the mail."""

    code = forms.CharField(
        label=_("The code from the mail"),
        max_length=40,
        widget=CodeInput(from_mail=True),
        error_messages={"required": _("Fill in the code from the mail.")},
    )


STEP_NOT_RIGHT = _("This code does not fit. Wait for the next one in your app, or use your paper.")


class StepForm(SharedForm):
    """The second step: a code of the app, or one from paper; at sign-in also whose device this is."""

    code = forms.CharField(
        label=_("The code from your app"),
        help_text=_("Or a code of 12 digits from your paper."),
        max_length=40,
        widget=CodeInput(from_mail=True),
        error_messages={"required": _("Fill in a code from your app or from your paper.")},
    )

    def clean_code(self) -> str:
        """As typed; a code from the other paper, which lets somebody in, is told from these."""
        typed: str = self.cleaned_data["code"]
        if len(digits(typed)) == paper_codes.DIGITS:
            raise forms.ValidationError(
                _("This is a code to come in. Here you need one of 12 digits, or the code of your app.")
            )
        return typed


class PasswordSignInForm(AddressForm):
    """Sign in with a password; the second step comes on the next page."""

    password = forms.CharField(
        label=_("Your password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Fill in your password.")},
    )


class NewPasswordForm(forms.Form):
    """Choose a password. Asked once: a code by mail lets in whoever mistyped it."""

    password = forms.CharField(
        label=_("Your new password"),
        help_text=_("At least 12 characters. A few words in a row is fine. Not one that many people use."),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Fill in a password.")},
    )

    def clean_password(self) -> str:
        """The password, if it is not too easy to guess."""
        password: str = self.cleaned_data["password"]
        if passwords.is_too_easy(password):
            raise forms.ValidationError(
                _("Others can guess this password. Choose at least 12 characters, for instance four words.")
            )
        return password


class KeyForm(forms.Form):
    """What somebody calls a passkey, to know it again in the list."""

    name = forms.CharField(
        label=_("What do you call this device?"),
        help_text=_("For instance: my phone."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Fill in what you call this device.")},
    )


class AppForm(forms.Form):
    """Setting up the app: the first code that it shows."""

    code = forms.CharField(
        label=_("The code that your app shows now"),
        max_length=40,
        widget=CodeInput(from_mail=True),
        error_messages={"required": _("Fill in the six digits that your app shows.")},
    )


class JoinForm(AddressForm):
    """Sign up as somebody who works or looks for work. A nickname is enough; nothing about health."""

    SITUATIONS = [
        ("search", _("I am looking for work")),
        ("keep", _("I work and want to keep it that way")),
        ("home", _("I am ill at home now")),
    ]

    name = forms.CharField(
        label=_("What shall we call you?"),
        help_text=_("A nickname is fine."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        error_messages={"required": _("Fill in what we may call you.")},
    )
    situation = forms.ChoiceField(
        label=_("What fits you now?"),
        help_text=_("You may skip this. We do not keep your answer; you only get a welcome that fits."),
        choices=SITUATIONS,
        widget=forms.RadioSelect,
        required=False,
    )
    sixteen = forms.BooleanField(
        label=_("I am 16 years or older"),
        error_messages={"required": _("You can join from the age of 16.")},
    )
    field_order = ["name", "email", "situation", "sixteen"]


class JoinAsProfessionalForm(AddressForm):
    """Sign up as a professional: own name and the address at work."""

    name = forms.CharField(
        label=_("Your own name"),
        help_text=_("People see this name when they share something with you."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Fill in your own name.")},
    )
    sixteen = forms.BooleanField(
        label=_("I am 16 years or older"),
        error_messages={"required": _("You can join from the age of 16.")},
    )
    field_order = ["name", "email", "sixteen"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Your e-mail address at work")


class NameForm(forms.Form):
    """Change what we call you."""

    name = JoinForm.base_fields["name"]


class EraseForm(forms.Form):
    """Now, or after fourteen days in which one can come back."""

    WHEN = [
        ("later", _("After 14 days. Until then I can come back.")),
        ("now", _("Now. Then I can never come back.")),
    ]

    when = forms.ChoiceField(
        label=_("When shall we erase everything for good?"),
        help_text=_("In both cases nobody sees anything of you from this moment on."),
        choices=WHEN,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose when we erase everything.")},
    )
