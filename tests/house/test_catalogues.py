"""Both languages say everything, and say it with the same names in the gaps."""

import re

import polib
import pytest

from tests import catalogues
from tests.house.sources import SOURCE

GAP = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|</?[a-z]+>")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(SOURCE / "locale" / language / "LC_MESSAGES" / "django.po"))


def unlike(entry: polib.POEntry) -> list[str]:
    """What is wrong with the form of a translation: names in the gaps, tags, space at the ends."""
    found = []
    originals = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
    for text in filter(None, [entry.msgstr, *entry.msgstr_plural.values()]):
        if not any(sorted(GAP.findall(text)) == sorted(GAP.findall(original)) for original in originals):
            found.append(f"other gaps or tags: {text!r}")
        if re.sub(r"\S(.|\n)*\S", "", text) != re.sub(r"\S(.|\n)*\S", "", entry.msgid):
            found.append(f"other space at the ends: {text!r}")
        if "!" in text:
            found.append(f"an exclamation mark: {text!r}")
    return found


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_catalogue_is_complete(language: str) -> None:
    assert catalogues.gaps(language) == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_translations_have_the_form_of_their_message(language: str) -> None:
    assert [wrong for entry in catalogue(language) for wrong in unlike(entry)] == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_no_message_stands_in_a_template_and_in_python(language: str) -> None:
    """Templates are Dutch and Python is English: what stands in both would be wrong in one of them."""
    for entry in catalogue(language):
        assert len({name.endswith(".py") for name, _ in entry.occurrences}) == 1, entry.msgid


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("Welkom, %(name)s", "Welcome, %(naam)s"),
        ("Welkom, %(name)s", "Welcome"),
        ("{n} characters left", "Nog {m} tekens"),
        ("Kijk bij <strong>%(x)s</strong>", "Look at %(x)s"),
        (" and ", "en"),
        ("Welkom", "Welcome!"),
    ],
)
def test_a_wrong_form_is_found(msgid: str, msgstr: str) -> None:
    assert unlike(polib.POEntry(msgid=msgid, msgstr=msgstr))


def test_a_right_form_passes() -> None:
    assert unlike(polib.POEntry(msgid="Welkom, %(name)s", msgstr="Welcome, %(name)s")) == []
