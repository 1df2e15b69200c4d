"""The Inspiration Book on the web: read alone, read together, printed. No answer is kept."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from mmm.book import loading, selectors
from mmm.book.models import ChapterPage, StoryPage
from mmm.content import body, markdown
from mmm.content.search import services
from tests import guards
from tests.house.readability import read as measured

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
LANGUAGES = ("nl", "en")


@pytest.fixture(autouse=True)
def no_kept_pages() -> None:
    cache.clear()


def read(client: Client, path: str) -> str:
    """What stands in the content of the page at this address."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode().split("<main", 1)[1].split("</main>")[0]


@pytest.fixture
def chapter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: Client
) -> Callable[[str], tuple[str, ChapterPage]]:
    """Loads a chapter with this text; gives its page and its row."""
    monkeypatch.setattr(loading, "FOLDER", tmp_path)
    file = tmp_path / "nl" / "book" / "99-proef.md"
    file.parent.mkdir(parents=True)

    def load(text: str) -> tuple[str, ChapterPage]:
        head = 'key = "proef"\nslug = "proef"\nnumber = 99\ntitle = "Proef"\nintro = "Kort."\nstory = "bus"\n'
        file.write_text(f"+++\n{head}+++\n{text}\n")
        loading.load()
        cache.clear()
        return read(client, "/inspiratieboek/proef/"), ChapterPage.objects.get(key="proef")

    return load


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_opens_whole(client: Client, language: str) -> None:
    for each in selectors.chapters(language):
        with translation.override(language):
            found = selectors.chapter(language, each.slug)
        assert found is not None
        html = read(client, each.address)
        for words in (found.body, found.exercises, found.sheet, found.head.intro):
            assert words, each.address
            assert words in html, each.address
        assert found.story is not None, each.address
        assert f'href="{found.story.address}"' in html
        assert all(f'href="{source.url}"' in html for source in found.sources)
        assert found.sources


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mark_of_the_written_text_is_left_over(client: Client, language: str) -> None:
    for each in selectors.chapters(language):
        words = re.sub(r"<[^>]+>", "", read(client, each.address))
        assert not re.search(r":::|\*\*|\]\(|page:|^#+ ", words, re.M), each.address


def test_contents_name_every_chapter_in_order_with_its_time(client: Client) -> None:
    for language, minutes in (("nl", r"\d+ minuten lezen"), ("en", r"\d+ minutes to read")):
        chapters = selectors.chapters(language)
        html = read(client, "/inspiratieboek/" if language == "nl" else "/en/inspiratieboek/")
        places = [html.index(f'href="{each.address}"') for each in chapters]
        assert places == sorted(places)
        assert len(re.findall(minutes, html)) == len(chapters) == 14


def test_both_languages_have_the_same_chapters_with_the_same_exercises() -> None:
    kinds = {
        language: {
            row.key: [
                (block["value"]["kind"], len(block["value"]["options"]))
                for block in row.body.raw_data
                if block["type"] == "exercise"
            ]
            for row in ChapterPage.objects.filter(locale__language_code=language)
        }
        for language in LANGUAGES
    }
    assert kinds["nl"] == kinds["en"]
    assert all(len(exercises) >= 3 for exercises in kinds["nl"].values())
    assert {kind for exercises in kinds["nl"].values() for kind, _n in exercises} == {
        "text", "choice", "scale", "list",
    }  # fmt: skip


def test_each_kind_of_exercise_is_drawn_to_be_filled_in_on_paper(
    chapter: Callable[[str], tuple[str, ChapterPage]],
) -> None:
    html, _row = chapter(
        "::: exercise text De klok\nSchrijf *twee* zinnen.\n:::\n\n"
        "::: exercise choice Waarom?\nKies er een.\n- Ik wil werk.\n- Ik <kijk> nog.\n:::\n\n"
        "::: exercise scale Hoeveel?\nKies wat klopt.\n\n- Niets.\n- Veel.\n- Meer.\n:::\n\n"
        "::: exercise list Werkblad\nVul in.\n- Wat hoor ik?\n- Wat doe ik?\n:::\n"
    )
    text, choice, scale, lines = re.findall(r'<section class="box exercise".*?</section>', html, re.S)
    assert [re.findall("<h3[^>]*>(.*?)</h3>", each)[0] for each in (text, choice, scale, lines)] == [
        "De klok", "Waarom?", "Hoeveel?", "Werkblad",
    ]  # fmt: skip
    assert text.count("write-line") == 6
    assert '<ul class="marks"><li>Ik wil werk.</li><li>Ik &lt;kijk&gt; nog.</li></ul>' in choice
    assert '<ol class="marks marks-round"><li>Niets.</li><li>Veel.</li><li>Meer.</li></ol>' in scale
    assert re.findall(r"<li>([^<]+)<div class=\"write-line\"", lines) == ["Wat hoor ik?", "Wat doe ik?"]
    assert "<p>Kies er een.</p>" in choice
    # On paper only: there is nothing to type in, to tick or to send.
    assert not re.search(r"<(input|textarea|select|form)\b", html)


def test_a_new_version_of_a_chapter_takes_the_place_of_the_old_one(
    chapter: Callable[[str], tuple[str, ChapterPage]],
) -> None:
    chapter("::: exercise choice Waarom?\nKies.\n- Een.\n- Twee.\n:::")
    html, row = chapter("::: exercise choice Waarom?\nKies.\n- Een.\n- Drie.\n:::")
    assert "Drie." in html
    assert "Twee." not in html
    row.sources = [("source", {"text": "Van de redactie", "url": "https://voorbeeld.example/"})]
    row.save()
    html, _row = chapter("::: exercise choice Waarom?\nKies.\n- Een.\n- Vier.\n:::")
    assert "Van de redactie" in html
    assert "Vier." not in html


def test_a_chapter_of_500_blocks_asks_as_little_and_takes_under_half_a_second(
    chapter: Callable[[str], tuple[str, ChapterPage]], client: Client
) -> None:
    chapter("Een zin met wat woorden.\n\n" * 400 + "::: exercise text Nog een\nSchrijf.\n:::\n\n" * 100)
    with guards.questions() as asked:
        began = time.process_time()
        html = read(client, "/inspiratieboek/proef/")
        took = time.process_time() - began
    assert html.count('class="box exercise"') == 100
    assert len(asked) <= 6
    assert took < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "::: exercise dans Titel\nDoe maar.\n:::",
        "::: exercise text\nDoe maar.\n:::",
        "::: exercise choice Titel\nNiets te kiezen.\n:::",
        "::: exercise scale Titel\n- Maar één.\n:::",
        "::: exercise text Titel\nSchrijf.\n- Of kies?\n:::",
        "::: exercise choice Titel\n- Een.\n- Twee.\n\nEn nog iets.\n:::",
        "::: kader Titel\nDit kennen we niet.\n:::",
    ],
)
def test_an_exercise_that_cannot_be_read_is_refused(
    chapter: Callable[[str], tuple[str, ChapterPage]], text: str
) -> None:
    with pytest.raises(markdown.WrongText, match="99-proef"):
        chapter(text)


def test_a_chapter_without_anything_opens(chapter: Callable[[str], tuple[str, ChapterPage]]) -> None:
    html, _row = chapter("")
    assert "Proef" in html
    for anchor in ("oefeningen", "samen-lezen", "bronnen"):
        assert f'id="{anchor}"' not in html


def test_what_stands_on_the_page_comes_in_its_order(client: Client) -> None:
    html = read(client, "/inspiratieboek/doen/")
    order = ["<h1", 'class="prose"', 'id="verhaal"', 'id="oefeningen"', 'id="samen-lezen"', 'id="bronnen"']
    places = [html.index(each) for each in order]
    assert places == sorted(places)
    assert "data-print" in html
    assert "data-aloud" in html
    assert "Op deze bladzijde bewaren we niets van jou." in html


def test_one_goes_from_chapter_to_chapter(client: Client) -> None:
    chapters = selectors.chapters("nl")
    for at, each in enumerate(chapters):
        html = read(client, each.address)
        ways = dict(re.findall(r'href="([^"]+)" rel="(next|prev)"', html))
        wanted = {}
        if at:
            wanted[chapters[at - 1].address] = "prev"
        if at + 1 < len(chapters):
            wanted[chapters[at + 1].address] = "next"
        assert ways == wanted, each.title


def test_a_chapter_that_is_not_published_is_passed_over(client: Client) -> None:
    one, two, three = selectors.chapters("nl")[:3]
    ChapterPage.objects.filter(pk=two.id).update(live=False)
    assert f'href="{three.address}" rel="next"' in re.sub(r"\s+", " ", read(client, one.address))
    assert client.get(two.address).status_code == 404
    assert two.address not in read(client, "/inspiratieboek/")


def test_a_chapter_whose_story_is_gone_goes_without(client: Client) -> None:
    StoryPage.objects.filter(key="jerrel-dinsdag").update(live=False)
    assert 'id="verhaal"' not in read(client, "/inspiratieboek/doen/")


def test_a_chapter_leads_to_itself_in_the_other_language(client: Client) -> None:
    html = client.get("/inspiratieboek/doen/").content.decode()
    assert re.search(
        r'rel="alternate"\s+hreflang="en"\s+href="https?://[^/]+/en/inspiratieboek/doing/"', html
    )
    assert 'property="og:type" content="article"' in html
    assert 'property="og:image"' in html


def test_no_chapter_asks_more_than_a_page_may(client: Client) -> None:
    for each in selectors.chapters("nl"):
        cache.clear()
        with guards.questions() as asked:
            read(client, each.address)
        assert len(asked) <= 6, each.title


def test_search_finds_a_word_of_a_chapter_in_another_form(client: Client) -> None:
    services.rebuild()
    for path, asked, address in (
        ("/zoeken/", "piano trapper", "/inspiratieboek/doen/"),
        ("/zoeken/", "bierviltje", "/inspiratieboek/vertellen-of-niet-en-je-grens/"),
        ("/en/zoeken/", "radiators piano", "/en/inspiratieboek/doing/"),
    ):
        assert f'href="{address}"' in client.get(path, {"q": asked}).content.decode(), asked


def test_the_words_of_exercises_can_be_found_and_count_as_reading_time() -> None:
    row = ChapterPage.objects.get(key="waarom", locale__language_code="nl")
    words = body.text(row.body.raw_data)
    assert "Ik lees één grote zin." in words
    assert "Wie doet bij jullie de koffie" in words
    assert row.minutes_to_read >= 6


def test_the_foot_and_the_front_page_lead_to_the_book(client: Client) -> None:
    for prefix in ("", "/en"):
        html = client.get(f"{prefix}/").content.decode()
        assert html.count(f'href="{prefix}/inspiratieboek/"') == 2


@pytest.mark.parametrize("path", ["/inspiratieboek/", *(f"/inspiratieboek/{n}" for n in range(1, 15))])
def test_the_book_is_plain_dutch(client: Client, path: str) -> None:
    number = path.rpartition("/")[2]
    if number:
        path = next(each.address for each in selectors.chapters("nl") if each.number == int(number))
    broken = measured(client.get(path).content.decode()).broken()
    assert not broken
