"""Forms of my work."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mmm.accounts.forms import AddressField, AddressForm
from mmm.region import selectors
from mmm.region.models import ChainLink, Organisation, Profession, Region, StaffRoleName


class RegionForm(forms.Form):
    """First step of telling where you work: the region."""

    regio = forms.ModelChoiceField(
        label=_("In which region do you work?"),
        queryset=Region.objects.none(),
        to_field_name="slug",
        empty_label=_("Choose a region"),
        error_messages={"required": _("Choose a region."), "invalid_choice": _("Choose a region.")},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["regio"].queryset = selectors.regions()  # type: ignore[attr-defined]


class MembershipForm(forms.Form):
    """Second step: organisation, profession and the name at work."""

    organisation = forms.ModelChoiceField(
        label=_("For which organisation do you work?"),
        queryset=Organisation.objects.none(),
        empty_label=_("Choose an organisation"),
        error_messages={"required": _("Choose an organisation.")},
    )
    profession = forms.ModelChoiceField(
        label=_("What is your profession?"),
        queryset=Profession.objects.none(),
        empty_label=_("Choose a profession"),
        error_messages={"required": _("Choose a profession.")},
    )
    name = forms.CharField(
        label=_("Your name at work"),
        help_text=_("First and last name. People see this name when they share something with you."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Fill in your name at work.")},
    )

    def __init__(self, *args: Any, region_id: uuid.UUID, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = selectors.organisations(region_id)  # type: ignore[attr-defined]
        self.fields["profession"].queryset = selectors.professions()  # type: ignore[attr-defined]


class OrganisationForm(forms.Form):
    """A coordinator puts an organisation on the list."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=120,
        error_messages={"required": _("Fill in the name of the organisation.")},
    )
    kind = forms.ChoiceField(
        label=_("What kind of organisation is it?"),
        choices=[
            (Organisation.Kind.SERVICE, _("It helps people")),
            (Organisation.Kind.EMPLOYER, _("It is an employer")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of organisation.")},
    )
    chain_link = forms.ChoiceField(
        label=_("Where does it stand?"),
        choices=ChainLink.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where it stands.")},
    )


class SecrecyForm(forms.Form):
    """Accept the statement; choose whether workers can find you."""

    accept = forms.BooleanField(
        label=_("I have read this and I will keep to it"),
        error_messages={"required": _("Tick this. Otherwise nobody can share with you.")},
    )
    listed = forms.BooleanField(
        label=_("People may find me in the list of professionals"),
        help_text=_("You can change this at any time."),
        required=False,
    )


class DeathForm(AddressForm):
    """Of whom a death is reported: the exact address, as somebody signed up with it."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("The e-mail address of who died")
        self.fields["email"].help_text = _("Exactly as that person used it here.")
        self.fields["email"].widget.attrs["autocomplete"] = "off"


class GreetingForm(forms.Form):
    """All that a helper chooses for a letter."""

    greeting = forms.ChoiceField(
        label=_("How does the letter begin?"),
        choices=[("hello", _("Hello,")), ("good_day", _("Good day,"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the letter begins.")},
    )


class OnceMoreForm(forms.Form):
    """What the person says, typed by the helper: the sentence."""

    sentence = forms.CharField(
        label=_("The sentence that the person says"),
        help_text=_("Type it as you hear it. Capitals and full stops do not matter."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Type the sentence.")},
    )

    def refuse(self) -> None:
        """Say that it does not fit, and not why."""
        self.add_error("sentence", _("This does not fit. Ask the person to say it once more."))


class WhoForm(OnceMoreForm):
    """Name and sentence."""

    name = forms.CharField(
        label=_("The name that the person has here"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Type the name.")},
    )
    field_order = ("name", "sentence")


class InvitationForm(forms.Form):
    """Whom a coordinator invites: to an organisation of the region, or to a task; by mail or by letter."""

    organisation = forms.ModelChoiceField(
        label=_("To work at this organisation"),
        queryset=Organisation.objects.none(),
        empty_label=_("No organisation"),
        required=False,
    )
    profession = forms.ModelChoiceField(
        label=_("With this profession"),
        help_text=_("Only for an organisation that helps people."),
        queryset=Profession.objects.none(),
        empty_label=_("No profession"),
        required=False,
    )
    role = forms.ChoiceField(label=_("Or for this task in the region"), required=False)
    address = AddressField(
        label=_("The e-mail address"),
        help_text=_("Leave this empty to print a letter instead."),
        required=False,
    )

    def __init__(self, *args: Any, region: Region, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = region.organisations.all()  # type: ignore[attr-defined]
        self.fields["profession"].queryset = selectors.professions()  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", _("No task")), *StaffRoleName.of_the_region()]  # type: ignore[attr-defined]
        self.fields["address"].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        """One of both, and a profession where people are helped."""
        data: dict[str, Any] = super().clean() or {}
        organisation = data.get("organisation")
        if bool(organisation) == bool(data.get("role")):
            self.add_error("organisation", _("Choose an organisation or a task, not both."))
        elif organisation and organisation.kind == Organisation.Kind.SERVICE and not data.get("profession"):
            self.add_error("profession", _("Choose the profession."))
        return data


class AcceptForm(forms.Form):
    """Say yes to an invitation, with the name for this work."""

    name = forms.CharField(
        label=_("Your name for this work"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Fill in your name at work.")},
    )


class DirectoryForm(forms.Form):
    """Who does what: by profession and municipality; both may be left open."""

    beroep = forms.TypedChoiceField(
        label=_("Profession"), coerce=int, empty_value=None, required=False, choices=[]
    )
    gemeente = forms.TypedChoiceField(
        label=_("Municipality"), coerce=uuid.UUID, empty_value=None, required=False, choices=[]
    )

    def __init__(
        self,
        *args: Any,
        professions: list[tuple[int, str]],
        municipalities: list[tuple[str, str]],
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.fields["beroep"].choices = [("", _("Every profession")), *professions]  # type: ignore[attr-defined]
        self.fields["gemeente"].choices = [("", _("Every municipality")), *municipalities]  # type: ignore[attr-defined]
