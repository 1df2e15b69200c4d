"""Somebody gives a story: edited, approved, seven days, on the web; then taken back, and gone everywhere."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.hands import NoScript, Touch, dutch
from tests.live import Live

pytestmark = pytest.mark.journey
PEOPLE = """
import json
from tests import cast
cast.organisation()
sam, joris = cast.worker("Sam"), cast.staff("editor", name="Joris Bakker")
print(json.dumps({name: cast.client_of(actor).cookies["mmm_session"].value
                  for name, actor in (("writer", sam), ("editor", joris))}))
"""
# The server's clock cannot be moved from outside, so the yes is moved back instead.
SEVEN_DAYS = """
import datetime as dt
from django.db.models import F
from mmm.stories.models import Offer
from mmm.stories.offers import editing
Offer.objects.filter(state="approved").update(approved_at=F("approved_at") - dt.timedelta(days=7))
editing.publish_due()
"""


def feed(reader: Touch) -> str:
    """The stories' feed, as a program gets it."""
    return reader.context.request.get("/verhalen/feed.xml").text()


def finds(reader: Touch, words: str, address: str) -> bool:
    """Search for words; whether the page at this address is among what is found."""
    reader.open("/zoeken/")
    reader.write("Waar zoek je naar?", words)
    reader.send("Zoek")
    return bool(reader.page.locator(f'ol.results a[href="{address}"]').count())


@pytest.mark.parametrize("hands", [Touch, NoScript])
def test_a_person_gives_a_story_and_takes_it_back(hands: type[Touch], arrive: Arrive, live: Live) -> None:
    sessions: dict[str, str] = json.loads(live.python(PEOPLE))
    writer, editor, reader = arrive(hands), arrive(hands), arrive(hands)
    for who, name in ((writer, "writer"), (editor, "editor")):
        cookie = {"name": "mmm_session", "value": sessions[name], "url": live.base_url}
        who.context.add_cookies([cookie])  # type: ignore[list-item]

    writer.open("/mijn-verhaal/")
    writer.follow("Geef je verhaal door")
    writer.choose("Met een kopie van: Wat ik wil vertellen")
    writer.send("Begin met schrijven")
    writer.write(dutch("The name that stands with it"), "Merel")
    writer.choose(dutch("I am 18 or older"))
    writer.send("Geef het aan de redactie")
    writer.title(dutch("It lies with the editors"))

    editor.open("/doorgegeven/")
    editor.go(editor.page.locator("ul.rows a").last)
    expect(editor.page.locator("textarea[name=text]")).to_have_value(
        re.compile("Ik werkte elf jaar bij een tandarts.")
    )
    editor.write(dutch("A title"), "Elf jaar")
    for box in editor.page.locator("input[name=checks]").all():
        editor.tick(box)
    editor.send("Leg deze tekst voor aan de schrijver")

    writer.open("/wie-las-wat/")
    writer.reads("Joris Bakker, redacteur, Holland Rijnland")
    writer.open("/mijn-verhaal/doorgeven/")
    writer.reads(dutch("The text waits for your yes"))
    writer.go(writer.page.locator("ul.rows a").first)
    writer.reads("Elf jaar", "Ik werkte elf jaar bij een tandarts.", "Merel")
    writer.send("Ja, zo mag het op de website")
    writer.title(dutch("You said yes. It waits seven days"))

    live.python(SEVEN_DAYS)
    writer.reload()
    writer.title(dutch("It is on the website"))
    address = writer.page.get_by_role("link", name="Bekijk je verhaal op de website").get_attribute("href")
    assert address
    assert reader.open(address) == 200
    reader.title("Elf jaar")
    reader.reads("Ik werkte elf jaar bij een tandarts.", "Merel")
    assert "Sam" not in reader.page.content()

    card = reader.page.locator("li.story-card", has_text="Van een echt mens")
    reader.open("/verhalen/")
    reader.reads("Verteld door Merel")
    reader.go(card.get_by_role("link", name="Elf jaar"))
    reader.title("Elf jaar")
    assert address in feed(reader)
    assert finds(reader, "tandartsen", address)  # the story says "tandarts"

    writer.follow("Neem je verhaal terug")
    writer.send("Neem je verhaal nu terug")
    writer.title(dutch("You took it back"))
    assert not finds(reader, "tandartsen", address)
    assert address not in feed(reader)
    reader.open("/verhalen/")
    assert not card.count()
    assert reader.open(address) == 410
    reader.title("Dit verhaal is hier niet te lezen")
    assert "tandarts" not in reader.page.content()
    assert arrive(hands).open(address) == 410
