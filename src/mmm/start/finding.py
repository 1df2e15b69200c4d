"""The fixed pages that can be found: prose as it stands in its template, others by what they are for."""

from collections.abc import Iterator
from html.parser import HTMLParser

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from mmm.design.context import Page
from mmm.foundation.doors import Document

BLOCKS = {"h2", "h3", "p", "li", "tr", "dt", "dd", "div", "section"}
PROSE = ("your_data", "accessibility", "about")


def documents(language: str) -> Iterator[Document]:
    """All fixed pages in this language."""
    yield Document(
        "first_visit",
        _("What do you need at your work?"),
        _("Five short questions, without an account. After that you have a card to print."),
        view="stories:first_visit",
    )
    yield Document(
        "join",
        _("Join"),
        _("Make an account and begin with your story. You choose who reads it."),
        view="accounts:join",
    )
    yield Document(
        "sign_in",
        _("Sign in"),
        _("Go on with your story, or read what was shared with you."),
        view="accounts:sign_in",
    )
    yield Document(
        "without_mail",
        _("Joining without e-mail"),
        _("You get a letter with a code. A helper in your region prints it."),
        view="accounts:without_mail",
    )
    yield Document(
        "letter_code",
        _("I have a letter with a code"),
        _("Somebody shared a text with you on paper. Type the code and read."),
        view="consent:letter_code",
    )
    yield Document(
        "settings",
        _("Settings"),
        _("Bigger letters, more contrast, reading aloud, and the button to leave quickly."),
        view="accounts:settings",
    )
    yield Document(
        "regions",
        _("Choose your region"),
        _("All regions for work, in a list and on a map."),
        view="region:regions",
    )
    for name in PROSE:
        page = _Prose()
        page.feed(render_to_string(f"start/{language}/{name}.html", {"page": Page()}))
        yield Document(
            name,
            page.title,
            page.intro,
            "\n".join(line for each in page.text.splitlines() if (line := " ".join(each.split()))),
            view=f"start:{name}",
        )


class _Prose(HTMLParser):
    """Title, introduction and text of what stands in `<main>`."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self._said = {"h1": "", "p": ""}
        self._first = True
        self.text = ""

    @property
    def title(self) -> str:
        return " ".join(self._said["h1"].split())

    @property
    def intro(self) -> str:
        return " ".join(self._said["p"].split())

    def handle_starttag(self, tag: str, attributes: object) -> None:
        if tag == "main" or (self._open and tag in {"h1", "p"}):
            self._open.append(tag)
        if self._open and tag in BLOCKS:
            self.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
            self._first = self._first and not (tag == "p" and self._said["p"].strip())

    def handle_data(self, data: str) -> None:
        if not self._open:
            return
        tag = self._open[-1]
        if tag == "h1" or (tag == "p" and self._first):
            self._said[tag] += data
        else:
            self.text += " ".join(data.split("\n"))
