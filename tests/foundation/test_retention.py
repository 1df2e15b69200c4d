"""One table says how long things are kept; the document shows it and the jobs follow it."""

import datetime as dt
import re
from pathlib import Path

import pytest

from mmm.foundation import retention

DOCUMENT = Path(__file__).parents[2] / "docs" / "retention.md"
DAYS = {"day": 1, "days": 1, "month": 365 / 12, "months": 365 / 12}


def test_document_shows_the_table() -> None:
    assert retention.table() in DOCUMENT.read_text()


@pytest.mark.parametrize("rule", retention.RETENTION, ids=lambda rule: rule.name)
def test_period_is_what_the_document_says(rule: retention.RetentionRule) -> None:
    shown = re.fullmatch(r"(\d+) (days?|months?)", rule.shown)
    assert shown
    assert rule.period == dt.timedelta(days=int(shown[1]) * DAYS[shown[2]])


def test_unknown_rule_is_an_error() -> None:
    with pytest.raises(KeyError):
        retention.period("everything for ever")
    assert len({rule.name for rule in retention.RETENTION}) == len(retention.RETENTION)
