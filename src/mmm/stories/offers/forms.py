"""Forms of stories to pass on. A text that is too long is refused without losing a letter of it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mmm.design.widgets import CountedTextarea
from mmm.stories.forms import WordsField
from mmm.stories.offers import selectors
from mmm.stories.offers.words import Words

LONGEST_NOTE, LONGEST_LINE = 2000, 120
TOO_LONG_LINE = _("Keep it under 120 characters. Nothing is lost.")
TOO_LONG_NOTE = _("Keep it under 2,000 characters. Nothing is lost.")


def _line(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST_LINE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": TOO_LONG_LINE},
    )


class BeginForm(forms.Form):
    """A copy of one part to begin with, or an empty page."""

    part = forms.ChoiceField(
        label=_("How do you want to begin?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you want to begin.")},
    )

    def __init__(self, *args: Any, parts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        copies = [(kind, _("With a copy of: %(title)s") % {"title": title}) for kind, title in parts]
        self.fields["part"].choices = [("new", _("With an empty page")), *copies]  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """The words of a story, and the version the page was opened with."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    title = _line(_("A title"), _("You may leave this empty. Then the editor thinks of one."))
    text = WordsField(label=_("Your story"))
    name = _line(
        _("The name that stands with it"),
        _("Choose another name than your own. Empty: “somebody who looks for work, name known”."),
    )
    note = _line(
        _("What should a reader know beforehand?"),
        _("For instance: this is about a hard time. You may leave this empty."),
    )

    @property
    def words(self) -> Words:
        """What was filled in."""
        given = self.cleaned_data
        return Words(**{each: given[each].strip() for each in ("title", "text", "name", "note")})


class SendForm(WordsForm):
    """The same, to give to the editors of a region."""

    region = forms.ChoiceField(
        label=_("Which region may work on it?"),
        help_text=_("An editor there reads it. You see in your log when."),
        required=False,
        widget=forms.Select,
    )
    adult = forms.BooleanField(label=_("I am 18 or older"), required=False)

    def __init__(self, *args: Any, sending: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sending = sending
        rows = selectors.regions_to_give_to().values_list("id", "name")
        choices = [(region_id.hex, name) for region_id, name in rows]
        self.has_regions = bool(choices)
        first = [("", _("Choose a region"))] if len(choices) != 1 else []
        self.fields["region"].choices = [*first, *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.sending:
            return given
        if "text" in given and not given["text"].strip():
            self.add_error("text", _("Write your story first. It may be short."))
        if not given.get("region"):
            self.add_error("region", _("Choose a region."))
        if not given.get("adult"):
            self.add_error("adult", _("You can only pass on a story when you are 18 or older."))
        return given


class EditForm(WordsForm):
    """The editor's. Proposing asks whether another could be recognised; the editor says so, no machine."""

    CHECKS = (
        ("names", _("Names of others: gone or changed")),
        ("places", _("Places: nobody can be found by them")),
        ("dates", _("Dates and ages: vague enough")),
        ("employers", _("Employers: no name, no detail that points at one")),
        ("colleagues", _("Colleagues: nobody knows themselves or another in it")),
        ("family", _("Family: nothing about them that is theirs to tell")),
    )
    checks = forms.MultipleChoiceField(
        label=_("Could somebody recognise another in this story?"),
        help_text=_("Look at each of these yourself. Tick what you looked at."),
        required=False,
        choices=CHECKS,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, proposing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposing = proposing
        self.fields["title"].help_text = ""
        self.fields["text"].label = _("The story")
        self.fields["name"].help_text = _("Chosen by the writer. Change it only when the writer asks.")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.proposing:
            return given
        if "title" in given and not given["title"].strip():
            self.add_error("title", _("Give the story a title."))
        if "text" in given and not given["text"].strip():
            self.add_error("text", _("There is no text yet."))
        if set(given.get("checks", ())) != {key for key, _words in self.CHECKS}:
            self.add_error("checks", _("Tick all six before the writer gets your text."))
        return given


class NoteForm(forms.Form):
    """What one says to the other."""

    words = forms.CharField(
        max_length=LONGEST_NOTE,
        widget=CountedTextarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Write something first."),
            "max_length": TOO_LONG_NOTE,
        },
    )

    def __init__(self, *args: Any, label: Any = "", help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].help_text = label, help_text


class ApproveForm(forms.Form):
    """The yes to one text: the version that the page showed."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
