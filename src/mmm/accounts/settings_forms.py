"""Forms of the settings: how pages look, and how one hears of what is new."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mmm.accounts import notices
from mmm.design.widgets import CardRadio, choice_label
from mmm.foundation import doors


def _radio(label: Any, choices: list[tuple[str, Any]], help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, help_text=help_text, widget=CardRadio)


class DisplayForm(forms.Form):
    """Every field of `design.display.Display`, and the language."""

    language = _radio(_("Language"), list(settings.LANGUAGES))
    text = _radio(
        _("Size of the text"),
        [("1", _("Usual")), ("2", _("Larger")), ("3", _("Large")), ("4", _("Very large"))],
    )
    spacing = _radio(
        _("Space between letters and lines"),
        [("1", _("Usual")), ("2", _("More space")), ("3", _("Much space"))],
    )
    contrast = _radio(
        _("Colours"),
        [
            ("device", _("As my device has it")),
            ("light", _("Light")),
            ("dark", _("Dark")),
            ("high", _("Strong: black and white")),
        ],
    )
    motion = _radio(_("Movement"), [("device", _("As my device has it")), ("less", _("Nothing moves"))])
    aloud = _radio(
        _("Reading aloud"),
        [("no", _("No button")), ("yes", _("A button that reads the page aloud"))],
        _("Only with a voice of your own device. Nothing is sent. Without such a voice there is no button."),
    )
    exit = _radio(
        _("The button “Snel weg”"),
        [
            ("own", choice_label(_("On my own pages"), _("And everywhere on a shared device."))),
            ("always", choice_label(_("On every page"), _("Also before I sign in."))),
            ("shared", _("Only on a shared device")),
        ],
        _("One tap, or Escape twice, and you are somewhere else. You are signed out then."),
    )


HOURS = [(str(hour), f"{hour}.00") for hour in range(24)]


class NoticesForm(forms.Form):
    """A way for each kind that may be chosen, the quiet hours, and a pause of all mail."""

    paused = forms.BooleanField(label=_("Pause all mail"), required=False)
    quiet_from = forms.ChoiceField(label=_("No mail from"), choices=HOURS)
    quiet_until = forms.ChoiceField(
        label=_("No mail until"), choices=HOURS, help_text=_("The same hour twice: no quiet hours.")
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.kinds = {f"way_{n}": door for n, door in enumerate(doors.notice_kinds) if not door.always}
        ways = list(notices.WAY_NAMES.items())
        for name, door in self.kinds.items():
            self.fields[name] = forms.ChoiceField(label=str(door.title), choices=ways)

    @property
    def ways(self) -> list[forms.BoundField]:
        """The fields of the kinds."""
        return [self[name] for name in self.kinds]

    def chosen(self) -> dict[str, str]:
        """Kind -> way."""
        return {door.kind: self.cleaned_data[name] for name, door in self.kinds.items()}
