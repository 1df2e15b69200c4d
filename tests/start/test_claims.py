"""What pages and mails say about times is what the code does."""

import datetime as dt
import re
from pathlib import Path

import pytest

from mmm.accounts import carry, codes, idle, recovery
from mmm.accounts import services as accounts
from mmm.consent.letters import policy as letter_policy
from mmm.consent.letters import selectors as letters
from mmm.foundation import backup, retention
from tests.house.sources import SOURCE

ROWS = {
    "nl": {
        "Wie wat las": "look log",
        "Met wie je hebt gedeeld, nadat het stopte": "ended grants",
        "Iets delen dat je niet afmaakte": "unfinished shares",
        "Mails die wij stuurden": "delivered messages",
        "Een brief die je deelde, nadat het stopte": "ended letters",
        "Een brief om in te loggen die niemand gebruikte": "unused letters",
        "Wat er nieuw voor je was": "notices",
        "Wat je meldde, na het antwoord": "answered reports",
        "Dat iemand een nieuwe brief voor je vroeg": "recoveries",
        "Een ander e-mailadres kiezen": "changes of addresses",
        "Waar je werkte, nadat het stopte": "ended work",
        "Een account dat niemand gebruikt": "idle accounts",
        "Wissen dat je later laat ingaan": "chosen erasure",
        "Je account, als je bent overleden": "stilled accounts",
    },
    "en": {
        "Who read what": "look log",
        "With whom you shared, after it ended": "ended grants",
        "Sharing that you did not finish": "unfinished shares",
        "Mails that we sent": "delivered messages",
        "A letter that you shared, after it ended": "ended letters",
        "A letter to sign in that nobody used": "unused letters",
        "What was new for you": "notices",
        "What you reported, after the answer": "answered reports",
        "That somebody asked for a new letter for you": "recoveries",
        "Choosing another e-mail address": "changes of addresses",
        "Where you worked, after it ended": "ended work",
        "An account that nobody uses": "idle accounts",
        "Erasing that you let begin later": "chosen erasure",
        "Your account, when you have died": "stilled accounts",
    },
}
DUTCH = {"months": "maanden", "days": "dagen", "day": "dag"}
CODE_TEXTS = [
    *("accounts/templates/accounts/mail/code.txt", "accounts/templates/accounts/code.html"),
    "accounts/templates/accounts/wait.html",
]


def words(path: str | Path) -> str:
    return (SOURCE / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ROWS)
def test_the_page_about_data_says_how_long_as_the_jobs_do(language: str) -> None:
    page = words(f"start/templates/start/{language}/your_data.html")
    said = dict(re.findall(r'<th scope="row">(.*?)</th>\s*<td>(.*?)</td>', page))
    assert said.keys() == ROWS[language].keys()
    for title, name in ROWS[language].items():
        shown = retention.rule(name).shown
        number, unit = shown.split()
        assert said[title] == (shown if language == "en" else f"{number} {DUTCH[unit]}")
    assert dt.timedelta(days=7) == backup.KEYS_ARE_KEPT
    assert re.search(r"7 (dagen|days)", page)


@pytest.mark.parametrize("path", CODE_TEXTS)
def test_a_code_works_as_long_as_is_said(path: str) -> None:
    minutes = int(codes.VALID.total_seconds() // 60)
    assert set(re.findall(r"(\d+) minuten", words(path))) == {str(minutes)}


def test_other_times_are_as_is_said() -> None:
    assert dt.timedelta(hours=1) == carry.AGE
    assert "We houden een tekst een uur vast." in words("accounts/templates/accounts/words_dropped.html")
    assert dt.timedelta(hours=1) == codes.ASK_WINDOW
    assert "over een uur" in words("accounts/templates/accounts/wait.html")
    assert retention.rule("look log").period == dt.timedelta(days=2 * 365)
    assert "We bewaren die regel twee jaar." in words("consent/templates/consent/looks.html")
    assert dt.timedelta(days=7) == backup.KEYS_ARE_KEPT
    assert "Na zeven dagen" in words("accounts/templates/accounts/erased.html")


def test_what_the_page_about_data_promises_in_its_text_is_what_the_code_does() -> None:
    said = words("start/templates/start/nl/your_data.html")
    assert dt.timedelta(hours=72) == recovery.WAIT
    assert "wachten we 72 uur" in said
    assert dt.timedelta(minutes=10) == accounts.IDLE_SHARED
    assert "na 10 minuten rust" in said
    assert (dt.timedelta(minutes=30), 14) == (letters.VIEW, letter_policy.LONGEST_DAYS)
    assert "een half uur lezen" in said
    assert "14 dagen op zijn langst" in said
    assert dt.timedelta(days=365) == retention.period("idle message")
    assert dt.timedelta(days=730) == retention.period("idle accounts")
    assert "Was je hier een jaar niet?" in said
    assert "na twee jaar" in said
    assert idle.LAST == 3  # the first after a year, two more before the end
    assert "nog twee keer bericht" in said
    assert dt.timedelta(days=14) == retention.period("chosen erasure")
    assert "nu, of na 14 dagen" in said
    assert retention.rule("stilled accounts").shown == "6 months"
    assert "Na zes maanden" in said
