"""A visitor on a phone looks for a page, and types as one does on a phone."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.hands import KeyboardWithoutScript, NoScript, Touch

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("hands", [NoScript, KeyboardWithoutScript])
def test_a_visitor_finds_a_page_with_a_typing_mistake_and_without_javascript(
    arrive: Arrive, hands: type[Touch]
) -> None:
    visitor = arrive(hands)
    visitor.open("/")
    visitor.write("Zoek op deze website", "toegankelijkheit")
    visitor.send("Zoek")
    page = visitor.page
    expect(page.get_by_role("status")).to_contain_text("Dit vonden we met toegankelijkheid")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page).to_have_title("Zoeken - Mensen met Mogelijkheden")
    visitor.go(page.locator("main").get_by_role("link", name="Toegankelijkheid", exact=True))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Toegankelijk")


def test_somebody_in_need_reads_first_whom_to_call(arrive: Arrive) -> None:
    visitor = arrive(NoScript)
    visitor.open("/zoeken/")
    visitor.write("Waar zoek je naar?", "zelfmoort")
    visitor.send("Zoek")
    call, title = visitor.page.locator("main a[href='tel:113']"), visitor.page.get_by_role("heading", level=1)
    at, below = call.bounding_box(), title.bounding_box()
    assert at is not None
    assert below is not None
    assert at["y"] < below["y"]
