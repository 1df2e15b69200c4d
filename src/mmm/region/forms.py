"""Forms of my work."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mmm.accounts.forms import AddressForm
from mmm.region import selectors
from mmm.region.models import ChainLink, Organisation, Profession, Region


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
