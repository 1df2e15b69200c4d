"""Stories that real people gave, between the shipped ones: in the list, the feed and the map of the site."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache
from django.test import Client

from mmm.accounts import farewells, pause
from mmm.accounts import services as accounts
from mmm.accounts.actors import Actor
from mmm.book.views import stories as view
from mmm.foundation import clock, ids
from mmm.stories.models import Offer
from mmm.stories.offers import editing, services
from mmm.stories.offers.words import Words
from tests import cast, guards
from tests.stories.offers import giving

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
WORDS = Words(title="Kastanjes", text="Ik raapte kastanjes. " * 60, name="Merel")
LISTS = ["/verhalen/", "/verhalen/feed.xml"]


@pytest.fixture
def editor() -> Actor:
    cast.organisation()
    return cast.staff("editor", name="Joris Bakker")


@pytest.fixture
def sam(editor: Actor) -> Actor:
    cache.clear()
    return cast.worker()


@pytest.fixture
def offer(sam: Actor, editor: Actor) -> Offer:
    return giving.published(sam, editor, WORDS)


def read(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def cards(path: str) -> list[str]:
    return re.findall(r'<li class="card card-link story-card.*?</li>', read(path), re.DOTALL)


def places(offer: Offer) -> list[str]:
    """Where the story stands, of list and feed."""
    return [path for path in LISTS if f"/verhalen/gegeven/{offer.slug}/" in read(path)]


def test_given_story_stands_first_and_says_that_it_is_somebodys(sam: Actor, offer: Offer) -> None:
    first, *others = cards("/verhalen/")
    assert len(others) == 16
    assert f'href="/verhalen/gegeven/{offer.slug}/"' in first
    for words in ("Kastanjes", "Van een echt mens", "Verteld door Merel", "1 minuut"):
        assert words in first
    assert "Ik raapte kastanjes." in first
    assert sam.user.name not in first
    head = 'r="25"'  # in the drawing: nobody is drawn who has a face of their own
    assert head not in first
    assert all(head in card for card in others)
    assert not any("echt mens" in card for card in others)
    assert "17 verhalen" in read("/verhalen/")
    assert "De andere verhalen zijn voorbeelden" in read("/verhalen/")


def test_without_given_stories_all_are_called_examples(sam: Actor) -> None:
    page = read("/verhalen/")
    assert "Dit zijn voorbeelden, verzonnen" in page
    assert "echt mens" not in page


def test_what_a_reader_should_know_stands_there_instead_of_the_first_words(sam: Actor, editor: Actor) -> None:
    giving.published(sam, editor, Words(title="Kastanjes", text="Zware woorden.", note="Over een opname"))
    first = cards("/verhalen/")[0]
    assert "Over een opname" in first
    assert "Zware woorden." not in first
    assert "<p></p>" not in first


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("verteller=worker", True),
        ("verteller=employer", False),
        ("over=limits", False),
        ("werk=care", False),
        ("voor=workers", False),
        ("verteller=nonsense", True),
    ],
)
def test_filters_that_can_apply_do_and_the_others_leave_it_out(offer: Offer, asked: str, there: bool) -> None:
    assert (offer.slug in read(f"/verhalen/?{asked}")) == there


def test_count_beside_a_filter_is_what_the_filter_gives(offer: Offer) -> None:
    said = re.search(r'<option value="worker"[^>]*>[^<(]*\((\d+)\)', read("/verhalen/"))
    assert said
    assert len(cards("/verhalen/?verteller=worker")) == int(said.group(1))


def test_every_story_is_on_one_page_and_only_that_page_opens_it(
    sam: Actor, editor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "SIZE", 3)
    for name in ("A", "B", "C", "D"):
        giving.published(sam, editor, Words(title=f"Verhaal {name}", text="Kort.", name="Merel"))
    titles = [
        re.findall(r"<h3><a [^>]*>(.*?)</a>", "".join(cards(f"/verhalen/?bladzijde={n}")))
        for n in range(1, 8)
    ]
    assert [len(each) for each in titles] == [3, 3, 3, 3, 3, 3, 2]
    assert titles[0] == ["Verhaal D", "Verhaal C", "Verhaal B"]
    assert titles[1][0] == "Verhaal A"
    assert len({title for each in titles for title in each}) == 20
    with guards.questions() as asked:
        Client().get("/verhalen/?bladzijde=3")
    assert len(asked) <= 2


def test_feed_has_its_title_and_address_and_no_word_of_it(offer: Offer) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    entries = ET.fromstring(read("/verhalen/feed.xml")).findall(f"{atom}entry")  # noqa: S314 - our own
    assert len(entries) == 17
    ours = next(each for each in entries if offer.slug in str(each.findtext(f"{atom}id")))
    assert ours.findtext(f"{atom}title") == "Kastanjes"
    assert ours.findtext(f"{atom}summary") == "Van een echt mens"
    assert "raapte" not in ET.tostring(ours, "unicode")


def test_dutch_words_are_in_no_english_list(offer: Offer) -> None:
    assert offer.slug not in read("/en/verhalen/")
    assert offer.slug not in read("/en/verhalen/feed.xml")


def test_the_map_for_robots_leaves_out_what_may_be_taken_back(offer: Offer) -> None:
    assert "/verhalen/" in read("/sitemap.xml")
    assert "/verhalen/gegeven/" not in read("/sitemap.xml")


def erase(sam: Actor, offer: Offer) -> None:
    accounts.erase_now(sam.id, sam.vault_id)


@pytest.mark.parametrize(
    "end",
    [
        lambda sam, offer: services.withdraw(sam, offer_id=offer.id),
        lambda sam, offer: editing.hide(offer_id=offer.id, reason="Te herkennen."),
        lambda sam, offer: pause.pause(sam),
        lambda sam, offer: farewells.erase_later(sam),
        lambda sam, offer: farewells.still(sam.id, report=_death()),
        lambda sam, offer: accounts.begin_erasing(sam.user),
        erase,
    ],
    ids=["taken back", "hidden", "break", "erased later", "death", "erasing begins", "erased"],
)
def test_what_ended_is_gone_from_every_list_at_the_next_request(sam: Actor, offer: Offer, end) -> None:  # type: ignore[no-untyped-def]
    assert places(offer) == LISTS
    assert places(offer) == LISTS  # these are kept pages
    end(sam, offer)
    assert places(offer) == []
    assert Client().get(f"/verhalen/gegeven/{offer.slug}/").status_code in {404, 410}


def test_pages_of_the_list_ask_at_most_six_questions(offer: Offer) -> None:
    for path in LISTS:
        cache.clear()
        with guards.questions() as asked:
            Client().get(path)
        assert len(asked) <= 6, path


def _death() -> farewells.Report:
    return farewells.Report(clock.now(), ids.new(), "Fatima", ids.new(), "Jan")
