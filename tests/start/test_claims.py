"""What pages and mails say about times is what the code does."""

import datetime as dt
import re
from pathlib import Path

import pytest

from mmm.accounts import carry, codes
from mmm.foundation import backup, retention
from tests.house.sources import SOURCE

ROWS = {
    "nl": {
        "Wie wat las": "look log",
        "Met wie je hebt gedeeld, nadat het stopte": "ended grants",
        "Iets delen dat je niet afmaakte": "unfinished shares",
        "Mails die wij stuurden": "delivered messages",
    },
    "en": {
        "Who read what": "look log",
        "With whom you shared, after it ended": "ended grants",
        "Sharing that you did not finish": "unfinished shares",
        "Mails that we sent": "delivered messages",
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
