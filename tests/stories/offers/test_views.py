"""The pages of a story that somebody passes on, posted to as people do."""

import pytest
from django.core.cache import cache
from django.test import Client

from mmm.accounts.actors import Actor
from mmm.stories.offers import editing, selectors, services
from mmm.stories.offers.forms import EditForm
from tests import cast
from tests.house.test_readability import of_page
from tests.stories.offers import giving
from tests.stories.offers.giving import OWN

pytestmark = pytest.mark.django_db
CHECKS = [key for key, _words in EditForm.CHECKS]


def address(offer: object, way: str = "") -> str:
    return f"/mijn-verhaal/doorgeven/{offer.id.hex}/{way}"  # type: ignore[attr-defined]


def words(**more: object) -> dict[str, object]:
    return {"title": "Elf jaar", "text": "Ik werkte elf jaar.", "name": "Merel", "note": "", **more}


def test_a_story_goes_from_an_empty_page_to_the_web_and_away(sam: Actor, editor: Actor) -> None:
    cache.clear()
    writer, desk, anybody = cast.client_of(sam), cast.client_of(editor), Client()
    begun = cast.post(writer, "/mijn-verhaal/doorgeven/", {"part": "story"})
    page = writer.get(begun["Location"])
    assert "Ik werkte elf jaar bij een tandarts." in page.content.decode()  # a copy of that part
    offer = services.begin(sam, words=OWN)
    sent = cast.post(
        writer,
        address(offer),
        words(
            version=offer.version,
            send="1",
            adult="on",
            region=str(selectors.regions_to_give_to()[0].id.hex),
        ),
    )
    assert sent.status_code == 302
    offer.refresh_from_db()
    listed = desk.get("/doorgegeven/").content.decode()
    assert offer.id.hex in listed
    assert "elf jaar" not in listed
    edit = f"/doorgegeven/{offer.id.hex}/"
    assert "Ik werkte elf jaar." in desk.get(edit).content.decode()
    unticked = cast.post(desk, edit, words(version=offer.version, propose="1", checks=CHECKS[:5]))
    assert unticked.status_code == 422
    assert "Ik werkte elf jaar." in unticked.content.decode()
    proposed = cast.post(desk, edit, words(version=offer.version, propose="1", checks=CHECKS))
    assert proposed.status_code == 302
    offer.refresh_from_db()
    cast.post(writer, address(offer, "ja/"), {"version": offer.version})
    offer.refresh_from_db()
    offer.approved_at -= giving.WEEK  # type: ignore[operator]
    offer.save()
    web = f"/verhalen/gegeven/{offer.slug}/"
    assert anybody.get(web).status_code == 404
    editing.publish_due()
    shown = anybody.get(web)
    assert shown.status_code == 200
    assert "Ik werkte elf jaar." in shown.content.decode()
    assert sam.user.name not in shown.content.decode()
    assert anybody.get(web)["ETag"] == shown["ETag"]  # from the page cache
    cast.post(writer, address(offer, "terug/"))
    gone = anybody.get(web, headers={"If-None-Match": shown["ETag"]})
    assert gone.status_code == 410
    assert "Ik werkte elf jaar." not in gone.content.decode()
    assert gone["Cache-Control"] == "no-store"


def test_preview_is_the_public_page_word_for_word(sam: Actor, editor: Actor) -> None:
    offer = giving.published(sam, editor)
    web = Client().get(f"/verhalen/gegeven/{offer.slug}/").content.decode()
    seen = cast.client_of(sam).get(address(offer)).content.decode()

    def story(page: str) -> str:
        start = page.index('<div class="story-head">')
        body = page[start : page.index("</article>", start)]
        return " ".join(body.replace('h2 class="h1"', "h1").replace("/h2", "/h1").split())

    assert story(web) == story(seen)


def test_second_tab_gets_both_texts_and_can_keep_its_own(sam: Actor) -> None:
    offer, writer = services.begin(sam, words=OWN), cast.client_of(sam)
    cast.post(writer, address(offer), words(text="Eerste tab.", version=offer.version))
    late = cast.post(writer, address(offer), words(text="Tweede tab.", version=offer.version))
    assert late.status_code == 409
    assert "Eerste tab." in late.content.decode()
    assert "Tweede tab." in late.content.decode()
    offer.refresh_from_db()
    cast.post(writer, address(offer), words(text="Tweede tab.", version=offer.version))
    assert selectors.own(sam, offer.id).words.text == "Tweede tab."


def test_words_of_a_lapsed_tab_are_shown_when_the_story_was_sent_meanwhile(sam: Actor, editor: Actor) -> None:
    offer = giving.sent(sam)
    late = cast.post(cast.client_of(sam), address(offer), words(text="Nog iets.", version=1))
    assert late.status_code == 409
    assert "Nog iets." in late.content.decode()
    assert selectors.own(sam, offer.id).words == OWN


def test_who_is_under_18_or_too_long_keeps_every_word(sam: Actor, editor: Actor) -> None:
    offer, writer = services.begin(sam, words=OWN), cast.client_of(sam)
    no_tick = cast.post(writer, address(offer), words(text="Mijn woorden.", version=1, send="1"))
    assert no_tick.status_code == 422
    assert "Mijn woorden." in no_tick.content.decode()
    long = cast.post(writer, address(offer), words(text="woord " * 4000, version=1))
    assert long.status_code == 422
    assert long.content.decode().count("woord ") >= 4000


def test_editor_reading_writes_one_line_in_the_log_before_the_page(sam: Actor, editor: Actor) -> None:
    offer = giving.sent(sam)
    cast.client_of(editor).get(f"/doorgegeven/{offer.id.hex}/")
    log = cast.client_of(sam).get("/wie-las-wat/").content.decode()
    assert "Joris Bakker, redacteur, Holland Rijnland" in log
    assert "Mijn verhaal om door te geven" in log


def test_unknown_address_is_404_and_not_410() -> None:
    assert Client().get("/verhalen/gegeven/nergens/").status_code == 404


@pytest.mark.sqlite_only
def test_every_state_is_told_in_plain_words(sam: Actor, editor: Actor) -> None:
    ways = {
        "sent": lambda: giving.sent(sam),
        "proposed": lambda: giving.proposed(sam, editor),
        "approved": lambda: giving.approved(sam, editor),
        "published": lambda: giving.published(sam, editor),
    }
    for name, way in ways.items():
        offer = way()
        for path in ("", "terug/", *(("zeg/",) if name != "published" else ())):
            page = cast.client_of(sam).get(address(offer, path))
            reading = of_page(page)
            reading.names |= {"Merel", "Kees"}
            assert reading.broken() == [], (name, path)
        services.withdraw(sam, offer_id=offer.id)
        gone = of_page(cast.client_of(sam).get(address(offer)))
        gone.names |= {"Merel", "Kees"}
        assert gone.broken() == []
    refused = giving.sent(sam)
    editing.refuse(editor, offer_id=refused.id, reason="Het gaat over je zus.")
    assert of_page(cast.client_of(sam).get(address(refused))).broken() == []
