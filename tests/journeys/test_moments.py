"""Moments that happen to people: two devices, the back button, a double click, a session that lapsed."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Arrive
from tests.journeys.hands import NoScript, Touch, dutch
from tests.live import Live

pytestmark = pytest.mark.journey
QUESTION = "/mijn-verhaal/dromen/1/"

PEOPLE = """
import json
from mmm.accounts import selectors
from tests import cast
who = {name: cast.worker(name) if name == "sharer" else cast.person(name) for name in NAMES}
cast.professional("Guus Bos")
print(json.dumps({name: {"address": selectors.own_address(actor),
                         "session": cast.client_of(actor).cookies["mmm_session"].value}
                  for name, actor in who.items()}))
"""
NAMES = ["two", "back", "sharer", "lapsed", "lapsed bare", "long", "out", "typing"]
Enter = Callable[..., Touch]


@pytest.fixture(scope="module")
def people(live: Live) -> dict[str, dict[str, str]]:
    """Somebody for each moment: mail address, and a session they are signed in with."""
    found: dict[str, dict[str, str]] = json.loads(live.python(f"NAMES = {NAMES!r}\n{PEOPLE}"))
    return found


@pytest.fixture
def enter(arrive: Arrive, people: dict[str, dict[str, str]], live: Live) -> Enter:
    """`enter("two")`: this person on a device of their own, signed in; `enter("two", NoScript)`."""

    def come(name: str, hands: type[Touch] = Touch) -> Touch:
        person = arrive(hands)
        cookie = {"name": "mmm_session", "value": people[name]["session"], "url": live.base_url}
        person.context.add_cookies([cookie])  # type: ignore[list-item]
        return person

    return come


def saved(page: Page) -> None:
    """Wait until the page says that it was saved."""
    expect(page.locator(".saved span")).to_contain_text(dutch("Saved at %(time)s").split("%")[0])


def test_two_devices_on_one_question_lose_neither_text(enter: Enter) -> None:
    phone, laptop = enter("two"), enter("two")
    for device in (phone, laptop):
        device.open(QUESTION)
    phone.tell("Op de telefoon: een kwekerij.")
    saved(phone.page)
    with laptop.page.expect_navigation():  # it saves by itself, and the page with both texts comes
        laptop.tell("Op de laptop: een bakkerij.")
    laptop.title("Er zijn twee teksten")
    laptop.reads("Op de telefoon: een kwekerij.", "Op de laptop: een bakkerij.")
    laptop.send("Houd ze allebei")
    expect(laptop.answer()).to_have_value("Op de telefoon: een kwekerij.\n\nOp de laptop: een bakkerij.")
    assert laptop.storage() == phone.storage() == {}


def test_two_devices_without_javascript_lose_neither_text(enter: Enter) -> None:
    phone, laptop = enter("back", NoScript), enter("back", NoScript)
    for device in (phone, laptop):
        device.open("/mijn-verhaal/verhaal/1/")
    phone.tell("Eerst zorgde ik.")
    phone.send("Bewaar en ga verder")
    laptop.tell("Daarna bakte ik.")
    laptop.send("Bewaar en ga verder")
    laptop.title("Er zijn twee teksten")
    laptop.reads("Eerst zorgde ik.", "Daarna bakte ik.")


def test_back_after_saving_shows_what_was_saved_and_saves_again(enter: Enter) -> None:
    p = enter("back")
    p.open(QUESTION)
    p.tell("Een tuin.")
    p.send("Bewaar en ga verder")
    p.page.go_back()
    p.title("Welk werk zou je graag doen?")
    assert p.answer().input_value() == "Een tuin."
    p.tell(" Of een kas.")
    p.send("Bewaar en ga verder")
    p.title("Hoe ziet een goede werkdag eruit?")
    p.open(QUESTION)
    assert p.answer().input_value() == "Een tuin. Of een kas."


def test_double_click_on_share_shares_once(enter: Enter) -> None:
    p = enter("sharer")
    p.open("/delen/")
    p.choose("Mijn dromen")
    p.send("Verder: wie mag dit lezen?")
    p.choose("Guus Bos")
    p.send("Verder: waarvoor en tot wanneer?")
    p.choose(dutch("To get to know me"))
    p.send("Verder: kijk wat Guus Bos te lezen krijgt")
    button = p.button("Deel dit met Guus Bos")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    p.page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    p.title("Wie mag wat lezen?")
    expect(p.page.get_by_role("columnheader", name="Guus Bos")).to_have_count(1)
    expect(p.page.locator(".yes")).to_have_count(1)


@pytest.mark.parametrize(("hands", "who"), [(Touch, "lapsed"), (NoScript, "lapsed bare")])
def test_lapsed_session_keeps_the_typed_words_through_sign_in(
    hands: type[Touch], who: str, enter: Enter, people: dict[str, dict[str, str]]
) -> None:
    p, words = enter(who, hands), "Ik dacht lang na.\n\nEn toen wist ik het: <b>hout</b> & lijm."
    p.open(QUESTION)
    p.context.clear_cookies(name="mmm_session")
    if p.scripts:
        with p.page.expect_navigation():  # it tries to save by itself
            p.answer().fill(words)
    else:
        p.answer().fill(words)
        p.send("Bewaar en stop voor nu")
    p.title("Inloggen")
    p.write(dutch("Your e-mail address"), people[who]["address"])
    p.with_code(people[who]["address"], lambda: p.send("Stuur mij een code"))
    p.title("Je tekst is er nog")
    p.send("Ga verder met mijn tekst")
    p.open(QUESTION)
    assert p.answer().input_value() == words
    assert p.storage() == {}


@pytest.mark.parametrize("hands", [Touch, NoScript])
def test_too_long_text_is_refused_and_kept_whole(hands: type[Touch], enter: Enter) -> None:
    p, words = enter("long", hands), "Ik vertel. " * 1900
    p.open(QUESTION)
    p.answer().fill(words)
    p.send("Bewaar en ga verder")
    assert p.answer().input_value() == words
    summary = p.page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("900")
    expect(p.page).to_have_title(f"{dutch('Error:')} Mensen met Mogelijkheden")


def test_after_saving_nothing_waits_in_the_browser(enter: Enter) -> None:
    p = enter("typing")
    p.open(QUESTION)
    p.tell("Even")
    assert any("Even" in kept for kept in p.storage().values())  # only until the server has it
    saved(p.page)
    assert p.storage() == {}
    p.reload()
    assert p.answer().input_value() == "Even"


@pytest.mark.parametrize("hands", [Touch, NoScript])
def test_first_visit_gives_a_card_in_five_taps_and_keeps_nothing(hands: type[Touch], arrive: Arrive) -> None:
    p, chosen = arrive(hands), []
    p.open("/")
    p.follow("Wat heb jij nodig op je werk?")
    for tap in range(1, 6):
        p.reads(dutch("Step %(number)s of %(total)s") % {"number": tap, "total": 5})
        button = p.page.locator("button.tap").first
        chosen.append(button.inner_text())
        p.send(chosen[-1])
    p.title("Jouw kaart")
    for words in chosen:
        expect(p.page.locator(".sheet li").filter(has_text=words)).to_be_visible()
    expect(p.page.get_by_role("button", name="Print de kaart")).to_be_visible(visible=p.scripts)

    p.page.emulate_media(media="print")
    expect(p.page.get_by_text("We bewaren niets.")).to_be_hidden()
    printed, paper = p.page.screenshot(), p.page.pdf()
    p.page.evaluate("document.body.style.visibility = 'hidden'")
    assert len(printed) > 3 * len(p.page.screenshot()), "the card is blank"
    assert len(paper) > 3 * len(p.page.pdf()), "the paper is blank"

    assert p.storage() == {}
    assert p.context.cookies() == []


def test_signing_out_leaves_nothing_behind_the_back_button(enter: Enter) -> None:
    p = enter("out")
    p.open(QUESTION)
    p.tell("Dit is van mij.")
    p.send("Bewaar en stop voor nu")
    p.follow("Lees mijn hele verhaal")
    p.reads("Dit is van mij.")
    p.unfold()
    with p.page.expect_navigation():
        p.press(p.button("Log uit"))
    p.title("Je bent uitgelogd")
    for _step in range(3):
        p.page.go_back()
        assert "Dit is van mij." not in p.page.content()
        p.title("Inloggen")
    assert p.storage() == {}
    assert not [cookie for cookie in p.context.cookies() if cookie.get("name") == "mmm_session"]
