"""One editor writes, another reads and says yes, and on its day the story is everywhere a story should be."""

import io
import json
import re
import time
import uuid

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.conftest import Arrive
from tests.journeys.hands import NoScript, Touch
from tests.live import Live

pytestmark = pytest.mark.journey
PEOPLE = """
import json
from mmm.accounts import selectors
from tests import cast
made = [cast.staff("editor", name=name) for name in {names!r}]
for each in made:
    cast.with_app(each)
print(json.dumps([selectors.own_address(each) for each in made]))
"""
# The server's clock cannot be moved from outside: the chosen moment goes back instead, and the tick comes.
MOMENT_HAS_COME = """
import datetime as dt
from django.utils import timezone
from wagtail.models import Page, Revision
from mmm.content import tasks
page = Page.objects.get(slug={slug!r})
assert not page.live
moment = timezone.now() - dt.timedelta(minutes=1)
waiting = Revision.objects.filter(object_id=str(page.pk), approved_go_live_at__isnull=False)
content = waiting.get().content
waiting.update(approved_go_live_at=moment, content={{**content, "go_live_at": moment.isoformat()}})
tasks.publish_what_is_due()
"""


class AtDesk(Touch):
    """Somebody with a mouse, at a screen 1280 px wide: the editors' room is made for that."""

    def __init__(self, browser: Browser, live: Live) -> None:
        super().__init__(browser, live)
        self.context.close()
        self.context = browser.new_context(
            base_url=live.base_url, viewport={"width": 1280, "height": 900}, locale="nl-NL"
        )
        self.context.set_default_timeout(15_000)
        self.page = self.context.new_page()

    def press(self, target: Locator) -> None:
        """Click it."""
        target.click()

    def tick(self, target: Locator) -> None:
        """Click it."""
        target.click()

    def enter(self, target: Locator) -> None:
        """Click in it."""
        target.click()

    def begin(self, address: str) -> None:
        """Sign in, do the second step, be here as an editor, and go to the room."""
        self.sign_in(address)
        self.open("/rol/")
        self.send("Ga verder als redacteur, Holland Rijnland")
        self.second_step(address)
        self.follow("Schrijf voor de site")

    def piece(self, kind: str) -> None:
        """Add a piece of this kind at the end of the text."""
        self.page.get_by_role("button", name="Blok invoegen").last.click()
        self.page.get_by_role("option", name=kind, exact=True).last.click()

    def other_action(self, name: str) -> None:
        """The line behind the arrow beside 'keep'."""
        self.page.get_by_role("button", name="Meer acties").click()
        self.go(self.page.get_by_role("button", name=name, exact=True))


def drawing() -> bytes:
    """A picture, as a camera would give it."""
    made = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(made, "JPEG")
    return made.getvalue()


def bring_picture(editor: AtDesk) -> None:
    """Choose a picture of one's own; without words for who does not see it, it is refused with a reason."""
    page = editor.page
    page.get_by_role("button", name="Kies een afbeelding").click()
    page.get_by_role("tab", name="Uploaden").click()
    page.locator("#id_image-chooser-upload-title").fill("Hal")
    words = page.locator("#id_image-chooser-upload-description")
    for text in ("", "Een lege hal met een bezem"):
        words.fill(text)
        page.locator("#id_image-chooser-upload-file").set_input_files(
            {"name": "hal.jpg", "mimeType": "image/jpeg", "buffer": drawing()}
        )
        page.get_by_role("button", name="Uploaden").click()
        if not text:
            editor.reads("Schrijf wat er op het plaatje staat")
    expect(words).to_have_count(0)


def test_a_story_is_written_read_by_another_and_there_on_its_day(live: Live, arrive: Arrive) -> None:
    mark = uuid.uuid4().hex[:6]
    title, slug = f"De bezem van Bram {mark}", f"de-bezem-van-bram-{mark}"
    names = [f"Jolanda {mark}", f"Sjoerd {mark}"]
    addresses = json.loads(live.python(PEOPLE.format(names=names)).splitlines()[-1])

    # She writes it, with a picture in words.
    her, visitor = AtDesk, arrive(NoScript)
    writer = arrive(her)
    assert isinstance(writer, AtDesk)
    writer.begin(addresses[0])
    writer.title("Mensen met Mogelijkheden")
    writer.go(writer.page.get_by_role("link", name="Verhaal", exact=True))
    page = writer.page
    page.locator("#id_title").press_sequentially(title)
    page.get_by_role("textbox", name="Inleiding").fill(
        "Bram veegt elke maandag de grote hal. Hij telt de tegels."
    )
    page.get_by_role("textbox", name="Wie het vertelt").fill("Bram (44), magazijn, Leiden")
    page.get_by_role("combobox", name="Verteld door").select_option("worker")
    page.get_by_role("combobox", name="Soort werk").select_option("logistics")
    page.get_by_label("je grens kennen").check()
    page.get_by_label("wie werkt of werk zoekt").check()
    writer.piece("Alinea")
    expect(page.locator("[contenteditable=true]").last).to_be_focused()  # before that, letters go nowhere
    page.keyboard.type(f"Bram zweeft. Zo noemt hij zijn kwetteraar{mark}, en dan lacht hij.")
    writer.piece("Plaatje")
    bring_picture(writer)
    expect(page.get_by_role("button", name="Publiceren")).to_have_count(0)
    writer.go(page.get_by_role("button", name="Bewaar concept"))

    # She chooses the day, and sends it on. Her own yes is not asked.
    page.locator("[data-side-panel-toggle=status]").first.click()
    page.get_by_role("button", name="Stel schema in").click()
    day = page.get_by_role("textbox", name="Publiceer op")
    day.fill("2099-03-01 09:00")
    with page.expect_navigation():  # by key: the calendar lies over the button until somebody picks a day
        page.get_by_role("button", name="Bewaar deze dag").press("Enter")
    writer.go(page.get_by_role("button", name="Stuur door naar Redactie", exact=True))
    writer.open("/redactie/")
    writer.go(page.get_by_role("link", name=title).first)
    expect(page.get_by_role("button", name=re.compile("goed", re.IGNORECASE))).to_have_count(0)
    nowhere(visitor, title, slug, mark)

    # Somebody else reads it, and says yes.
    reader = arrive(her)
    assert isinstance(reader, AtDesk)
    reader.begin(addresses[1])
    reader.go(reader.page.get_by_role("link", name=title).first)
    expect(reader.page.get_by_text(f"kwetteraar{mark}").first).to_be_visible()
    reader.other_action("Goedkeuren en publiceren")
    nowhere(visitor, title, slug, mark)

    # The day has come.
    live.python(MOMENT_HAS_COME.format(slug=slug))
    assert visitor.open(f"/verhalen/{slug}/") == 200
    visitor.title(title)
    picture = visitor.page.locator("article img.in-text")
    expect(picture).to_have_attribute("alt", "Een lege hal met een bezem")
    assert picture.evaluate("(img) => img.complete && img.naturalWidth") > 0
    for path in LISTS:
        assert slug in words_at(visitor, path), path
    end = time.monotonic() + 60  # search looks every 15 seconds
    while slug not in words_at(visitor, f"/zoeken/?q=kwetteraar{mark}"):
        assert time.monotonic() < end
        time.sleep(2)
    # Another form of a word of the title and one of the introduction.
    assert slug in words_at(visitor, f"/zoeken/?q=bezems+hallen+{mark}")


LISTS = ("/verhalen/", "/verhalen/feed.xml", "/sitemap.xml")


def words_at(visitor: Touch, path: str) -> str:
    """What the server answers there."""
    answer = visitor.context.request.get(path)
    assert answer.ok, path
    return answer.text()


def nowhere(visitor: Touch, title: str, slug: str, mark: str) -> None:
    """Nothing of the story is to be found by somebody from outside."""
    assert visitor.open(f"/verhalen/{slug}/") == 404
    for path in (*LISTS, f"/zoeken/?q=kwetteraar{mark}"):
        said = words_at(visitor, path)
        assert slug not in said, path
        assert title not in said, path
