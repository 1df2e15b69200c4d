"""A psychiatrist finds what to do in two clicks; a visitor filters stories on a phone, without JavaScript."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import PHONE
from tests.databases import Postgres, Sqlite
from tests.live import Live, running

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def live(template: Sqlite | Postgres) -> Iterator[Live]:
    with running(template, mode="demo") as installation:
        yield installation


@pytest.fixture
def page(live: Live, browser: Browser) -> Iterator[Page]:
    profile = browser.new_context(
        base_url=live.base_url, viewport=PHONE, locale="nl-NL", java_script_enabled=False
    )
    yield profile.new_page()
    profile.close()


def test_psychiatrist_knows_in_two_clicks_what_to_do_in_five_minutes(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Kies je beroep").click()
    page.get_by_role("link", name="Psychiater").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Psychiater")
    expect(page.get_by_role("heading", name="Stel deze ene vraag")).to_be_visible()
    question = page.locator(".ask .said")
    box = question.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 1.3 * PHONE["height"]  # hardly any scrolling


def test_visitor_filters_stories_on_a_phone_without_scripts(page: Page) -> None:
    page.goto("/verhalen/")
    everything = page.locator(".story-card").count()
    page.get_by_text("Kies preciezer").click()
    page.get_by_label("Waar gaat het over?").select_option("limits")
    page.get_by_label("Wie vertelt?").select_option("worker")
    page.get_by_role("button", name="Laat zien").click()
    expect(page.locator("#gevonden")).to_contain_text("over je grens")
    fewer = page.locator(".story-card").count()
    assert 0 < fewer < everything
    page.get_by_role("link", name="haal deze keuze weg").first.click()
    assert fewer <= page.locator(".story-card").count() < everything
    page.locator(".story-card h3 a").first.click()
    expect(page.get_by_text("Voorbeeldverhaal, verzonnen")).to_be_visible()


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_head_is_one_line_and_help_is_one_tap_away(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for path in ("/", "/en/"):
        page.goto(path)
        box = page.locator(".head").bounding_box()
        assert box is not None
        assert box["height"] < 70, (path, box)
    page.locator(".head").get_by_role("link", name="Help", exact=True).click()
    expect(page.locator("main a[href='tel:113']").first).to_be_in_viewport()
