"""A letter: made on a phone, read once in a browser without an account, seen in the owner's log."""

import json

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Arrive
from tests.journeys.hands import Keyboard, NoScript, Touch, dutch
from tests.live import Live

pytestmark = pytest.mark.journey
WRITER = """
import json
from tests import cast
sam = cast.worker({name!r})
print(json.dumps(cast.client_of(sam).cookies["mmm_session"].value))
"""


@pytest.mark.parametrize(
    ("hands", "name"),
    [(Touch, "Wende"), (Keyboard, "Ilse"), (NoScript, "Bas")],
    ids=["touch", "keyboard", "without-javascript"],
)
def test_a_letter_is_made_read_once_and_seen(
    hands: type[Touch], name: str, live: Live, arrive: Arrive
) -> None:
    session = json.loads(live.python(WRITER.format(name=name)))
    p = arrive(hands)
    p.context.add_cookies([{"name": "mmm_session", "value": session, "url": live.base_url}])

    # Choose what, for whom and until when; look at it; make the letter.
    p.open("/delen/")
    p.choose("Mijn dromen")
    p.send("Verder: wie mag dit lezen?")
    p.follow("Iemand zonder account? Maak een brief met een code")
    p.write(dutch("For whom is this letter?"), "mijn zus")
    p.choose(dutch("No"))
    p.send("Verder: kijk wat de lezer krijgt")
    p.title("Dit krijgt mijn zus te lezen")
    p.reads("planten")
    p.send("Maak de brief")
    p.title("Brief voor mijn zus")
    p.reads("Nog niet gelezen.")
    code = p.page.locator(".code").inner_text()

    # Somebody without an account: typing opens nothing, one button opens it.
    reader = arrive(hands)
    reader.open("/brief-lezen/")
    reader.write(dutch("The code in your letter"), code)
    reader.send("Ga verder")
    reader.title("De code klopt. Heb je nu tijd?")
    assert "planten" not in reader.page.content()
    assert name not in reader.page.content()
    reader.send("Lees nu")
    reader.title(name)
    reader.reads("planten")
    assert reader.reload() == 200

    # A second reader with the same code gets nothing.
    second = arrive(hands)
    second.open("/brief-lezen/")
    second.write(dutch("The code in your letter"), code)
    second.send("Ga verder")
    second.reads(dutch("This code does not work. Look at it once more."))

    # The owner sees that it was read, and takes back what is still on a screen.
    p.open("/wie-las-wat/")
    p.reads("iemand met de code van een brief")
    p.open("/wie-mag-lezen/")
    p.follow("Brief voor mijn zus")
    p.send("Neem de brief terug")
    p.reads("De code werkt niet meer.")
    reader.reload()
    reader.title("Een brief lezen")
    assert "planten" not in reader.page.content()


@pytest.mark.parametrize(
    ("address", "name", "typed"),
    [
        ("/brief-lezen/", "letter_code", "1234 5678 9012 3456"),
        ("/brief/", "code", "1234 5678 9012 3456 7890"),
    ],
)
def test_a_code_is_seen_whole_on_a_small_phone_while_it_is_typed_over(
    address: str, name: str, typed: str, page: Page, live: Live
) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(live.url(address))
    field = page.locator(f"main [name={name}]")
    field.fill(typed)
    assert field.evaluate("field => field.scrollWidth - field.clientWidth") == 0
