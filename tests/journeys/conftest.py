"""People with browsers of their own, for the journeys."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.hands import Touch
from tests.live import Live

Arrive = Callable[[type[Touch]], Touch]


@pytest.fixture
def arrive(browser: Browser, live: Live) -> Iterator[Arrive]:
    """`arrive(Touch)`: somebody with a browser of their own, which is closed after the test."""
    there: list[Touch] = []

    def come(hands: type[Touch]) -> Touch:
        there.append(hands(browser, live))
        return there[-1]

    yield come
    for number, person in enumerate(there):
        # MMM_SHOTS=/tmp/shots: where everybody stood at the end, to look at after a failure.
        if (folder := os.environ.get("MMM_SHOTS")) and not person.page.is_closed():
            person.page.screenshot(path=Path(folder) / f"{number}.png", full_page=True)
        person.context.close()
    if folder := os.environ.get("MMM_SHOTS"):
        (Path(folder) / "server.log").write_text(live.log())
