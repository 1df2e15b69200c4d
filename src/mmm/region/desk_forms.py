"""Forms of who runs a region."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from mmm.accounts.forms import AddressField
from mmm.region import forms as region_forms
from mmm.region.models import ContactPoint, Membership, Organisation, StaffRoleName

TIMES = ["%H:%M", "%H.%M", "%H"]


class DeclineForm(forms.Form):
    """Why a request is not confirmed."""

    why = forms.ChoiceField(
        label=_("What is it?"),
        choices=Membership.Why.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why.")},
    )


class Named(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Memberships by the name at work."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class ChangeOrganisationForm(region_forms.OrganisationForm):
    """Write an organisation anew; say to which it belongs and who is its contact."""

    part_of = forms.ModelChoiceField(
        label=_("Is it a part of another organisation on the list?"),
        queryset=Organisation.objects.none(),
        empty_label=_("No, it stands by itself"),
        required=False,
    )
    contact = Named(
        label=_("Who is the contact?"),
        help_text=_("The contact can confirm who works here, beside you."),
        queryset=Membership.objects.none(),
        empty_label=_("Nobody"),
        required=False,
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any):
        super().__init__(*args, **kwargs)
        others = Organisation.objects.filter(region_id=organisation.region_id, closed_at__isnull=True)
        part_of, contact = self.fields["part_of"], self.fields["contact"]
        assert isinstance(part_of, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        assert isinstance(contact, forms.ModelChoiceField)  # noqa: S101
        part_of.queryset = others.filter(part_of__isnull=True).exclude(id=organisation.id)
        contact.queryset = Membership.objects.filter(
            organisation=organisation, confirmed_at__isnull=False, ended_at__isnull=True
        ).order_by("name")


class CheckForm(forms.Form):
    """How the coordinator knows that an organisation is what it says it is."""

    kvk = forms.RegexField(
        label=_("Number in the trade register (KvK)"),
        help_text=_("Eight digits. Leave it empty if you know the contact yourself."),
        regex=r"^\d{8}$",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("A number in the trade register has eight digits.")},
    )
    sure = forms.BooleanField(
        label=_("I looked: this organisation is what it says it is"),
        error_messages={"required": _("Tick this if you are sure.")},
    )


class ContactForm(forms.Form):
    """A number or address of the region."""

    name = forms.CharField(
        label=_("Name of the organisation or line"),
        max_length=80,
        error_messages={"required": _("Fill in a name.")},
    )
    phone = forms.RegexField(
        label=_("Phone number"),
        regex=r"^\+?[0-9 ()-]{3,20}$",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        error_messages={
            "required": _("Fill in the number."),
            "invalid": _("Use digits and spaces only, for example 071 123 45 67."),
        },
    )
    web = forms.URLField(
        label=_("Website"),
        help_text=_("You may leave it empty. It begins with https://"),
        max_length=200,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("This is not the address of a website. It begins with https://")},
    )
    words = forms.CharField(
        label=_("What should people know?"),
        help_text=_("In one or two short sentences. When is somebody there? What happens then?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Keep it under 300 characters. Nothing is lost.")},
    )
    organisation = forms.ModelChoiceField(
        label=_("About which organisation can people complain there?"),
        queryset=Organisation.objects.none(),
        empty_label=_("About everything in the region"),
        required=False,
    )
    source = forms.CharField(
        label=_("How do you know this?"),
        help_text=_("For example: their website, or I called them. Today’s date is written down with it."),
        max_length=200,
        error_messages={"required": _("Say how you know this.")},
    )

    def __init__(self, *args: Any, kind: str, organisations: list[Organisation], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["phone"].required = kind in {ContactPoint.Kind.CRISIS, ContactPoint.Kind.PHONE}
        if kind == ContactPoint.Kind.COMPLAINT:
            field = self.fields["organisation"]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
            ids = [each.id for each in organisations]
            field.queryset = Organisation.objects.filter(id__in=ids)
        else:
            del self.fields["organisation"]

    def clean(self) -> dict[str, Any]:
        """A complaint or fallback needs some way to reach it."""
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(way) for way in ("phone", "web", "words")):
            self.add_error("phone", _("Fill in a number, a website, or how it goes."))
        return cleaned


class FromUntil(forms.MultiWidget):
    """Two short fields: from and until."""

    labels = (_("From"), _("Until"))

    def __init__(self, attrs: dict[str, Any] | None = None):
        time = {"class": "input", "autocomplete": "off", "inputmode": "decimal"}
        super().__init__([forms.TextInput(time), forms.TextInput(time)], attrs)

    def decompress(self, value: Any) -> list[str]:
        """Nothing is filled in; what is there comes as two texts."""
        return ["", ""]


class Span(forms.MultiValueField):
    """From and until on one day; both empty: nobody answers."""

    widget = FromUntil

    def __init__(self, **kwargs: Any):
        times = [forms.TimeField(input_formats=TIMES, error_messages={"invalid": WRITE}) for _ in range(2)]
        super().__init__(times, require_all_fields=True, required=False, **kwargs)

    def compress(self, data_list: list[dt.time]) -> tuple[dt.time, dt.time] | None:
        """The pair. Raises ValidationError when one is missing or the end is before the beginning."""
        if not data_list or not any(data_list):
            return None
        opens, closes = data_list
        if not opens or not closes:
            raise forms.ValidationError(WRITE)
        if opens >= closes:
            raise forms.ValidationError(_("The end is before the beginning."))
        return opens, closes


WRITE = _("Fill in both times, for example 9.00 and 17.00. Or leave both empty.")


class HoursForm(forms.Form):
    """When somebody answers the phone, a row for each day."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for day, name in WEEKDAYS.items():
            self.fields[f"day{day}"] = Span(label=str(name).capitalize())

    def hours(self) -> dict[int, tuple[dt.time, dt.time]]:
        """By weekday; days without hours are left out."""
        return {day: span for day in WEEKDAYS if (span := self.cleaned_data[f"day{day}"])}


class AskForm(forms.Form):
    """Ask somebody to do a task: where the mail goes, and which task."""

    address = AddressField(
        label=_("E-mail address of this person"),
        help_text=_("We send a mail with a link. An account is not needed yet."),
        error_messages={
            "required": _("Fill in the e-mail address."),
            "invalid": _("This is not an e-mail address. It looks like name@example.nl."),
        },
    )
    role = forms.ChoiceField(
        label=_("Which task?"),
        choices=StaffRoleName.of_the_region,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a task.")},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["address"].widget.attrs["autocomplete"] = "off"


class ListForm(forms.Form):
    """A list out of a spreadsheet, pasted."""

    rows = forms.CharField(
        label=_("Paste the list here"),
        help_text=_("Copy it from your spreadsheet or open the CSV file in a text program."),
        max_length=1_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Paste the list first.")},
    )
