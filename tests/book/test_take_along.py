"""The book to take along: made by the worker when its words changed, never in a request, given out whole."""

import io
import json
import logging
import os
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from mmm.book import tasks as work
from mmm.book.exports import epub, making, paper, shelf, whole, words
from mmm.book.models import ChapterPage
from mmm.foundation import pdf
from mmm.foundation.public import raise_edition
from mmm.foundation.tasks.models import Task
from tests import cast, guards

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
CONTENTS = {"nl": "/inspiratieboek/", "en": "/en/inspiratieboek/"}
LANGUAGES = ("nl", "en")


class Typesetter:
    """Stands in for the real one, which takes ten seconds. `fails_on`: words that it cannot set."""

    def __init__(self) -> None:
        self.pages = 64
        self.asked = 0
        self.fails_on = ""
        self.missing = False

    def __call__(self, html: str, *, more: Any = None, seconds: int = 0) -> pdf.Sheets:
        self.asked += 1
        if self.missing:
            raise pdf.NotInstalled
        if self.fails_on and self.fails_on in html:
            raise pdf.Failed("the typesetter ended with code 1")
        return pdf.Sheets(b"%PDF-" + html.encode(), self.pages)


@pytest.fixture(autouse=True)
def typesetter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> Iterator[Typesetter]:
    settings.DATA = tmp_path
    cache.clear()
    stand_in = Typesetter()
    monkeypatch.setattr(pdf, "typeset", stand_in)
    yield stand_in
    cache.clear()


def change(key: str, language: str = "nl", **values: Any) -> ChapterPage:
    """Publish a chapter with other values, as an editor does."""
    page: ChapterPage = ChapterPage.objects.get(key=key, locale__language_code=language)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()
    cache.clear()
    return page


def written(*blocks: tuple[str, Any]) -> str:
    """The body of a chapter."""
    return json.dumps(
        [{"type": kind, "value": value, "id": f"{n:08x}"} for n, (kind, value) in enumerate(blocks)]
    )


def export(language: str = "nl") -> None:
    work.export({"language": language})


def downloaded(client: Client, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


# -- what a reader sees --


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_the_first_files_there_is_no_link(client: Client, language: str) -> None:
    for path in (CONTENTS[language], f"{CONTENTS[language]}doen/"):
        html = client.get(path, follow=True).content.decode()
        assert "inspiratieboek.pdf" not in html
        assert "inspiratieboek.epub" not in html
    assert client.get(f"{CONTENTS[language]}inspiratieboek.pdf").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_links_say_type_pages_and_size_as_they_are(client: Client, language: str) -> None:
    client.get(CONTENTS[language])  # kept, without links
    export(language)
    edition = shelf.current(language)
    assert edition is not None
    html = client.get(CONTENTS[language]).content.decode().replace("\xa0", " ")
    for name, about in (
        (shelf.PDF, {"nl": "PDF, 64 bladzijden", "en": "PDF, 64 pages"}[language]),
        (shelf.EPUB, "EPUB"),
    ):
        content = downloaded(client, f"{CONTENTS[language]}{name}")
        assert len(content) == edition.sizes[name] == edition.path(name).stat().st_size
        size = f"{len(content) / 1024:.1f}"
        assert f"{about}, {size.replace('.', ',') if language == 'nl' else size} KB" in html
        assert f'href="{CONTENTS[language]}{name}"' in html
    chapter = ChapterPage.objects.get(key="doen", locale__language_code=language)
    assert "inspiratieboek.pdf" in client.get(f"{CONTENTS[language]}{chapter.slug}/").content.decode()


def test_a_file_is_asked_for_again_and_sent_only_when_it_changed(client: Client) -> None:
    export()
    path = "/inspiratieboek/inspiratieboek.pdf"
    answer = client.get(path)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="inspiratieboek.pdf"'
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Set-Cookie" not in answer.headers
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    change("doen", title="Anders doen")
    export()
    assert client.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 200
    assert b"Anders doen" in downloaded(client, path)
    assert client.get("/inspiratieboek/inspiratieboek.epub").headers["Content-Type"] == "application/epub+zip"
    assert client.post(path).status_code == 405


def test_no_request_makes_a_file(client: Client, typesetter: Typesetter) -> None:
    for path in ("", "inspiratieboek.pdf", "inspiratieboek.epub", "doen/"):
        with guards.no_writes():
            client.get(f"/inspiratieboek/{path}")
    assert typesetter.asked == 0


def test_without_the_typesetter_there_is_an_epub_alone(client: Client, typesetter: Typesetter) -> None:
    typesetter.missing = True
    export()
    html = client.get("/inspiratieboek/").content.decode()
    assert "inspiratieboek.epub" in html
    assert "inspiratieboek.pdf" not in html
    assert client.get("/inspiratieboek/inspiratieboek.pdf").status_code == 404


# -- when the worker makes them --


def test_the_worker_asks_for_each_language_apart(settings: Any) -> None:
    settings.BOOK_EXPORTS = True
    work.ask_for_exports()
    assert set(Task.objects.filter(name="book.export").values_list("key", flat=True)) == {"nl", "en"}


def test_the_same_words_are_set_once(typesetter: Typesetter) -> None:
    export()
    first = shelf.current("nl")
    for _ in range(3):
        export()
        raise_edition()  # something else became public
    assert typesetter.asked == 1
    assert shelf.current("nl") == first


def test_looking_costs_one_question_while_nothing_public_changed() -> None:
    export()
    export()
    with guards.questions() as asked:
        export()
    assert len(asked) == 1


def test_new_words_come_in_place_of_the_old_ones(client: Client, tmp_path: Path) -> None:
    export()
    old = shelf.current("nl")
    change("luisteren", body=written(("paragraph", "<p>Helemaal nieuw.</p>")))
    export()
    new = shelf.current("nl")
    assert old is not None
    assert new is not None
    assert new.mark != old.mark
    assert not old.path(shelf.PDF).exists()
    assert b"Helemaal nieuw." in downloaded(client, "/inspiratieboek/inspiratieboek.pdf")
    assert {each.name for each in (tmp_path / "exports").iterdir()} == {f"nl-{new.mark}", "nl.json"}


def test_a_chapter_taken_away_leaves_the_next_files(client: Client) -> None:
    page = ChapterPage.objects.get(key="durven", locale__language_code="nl")
    export()
    assert page.intro.encode() in downloaded(client, "/inspiratieboek/inspiratieboek.pdf")
    page.unpublish()
    cache.clear()
    export()
    assert page.intro.encode() not in downloaded(client, "/inspiratieboek/inspiratieboek.pdf")


def test_a_book_without_chapters_is_given_out_no_more(client: Client) -> None:
    export()
    for page in ChapterPage.objects.filter(locale__language_code="nl"):
        page.unpublish()
    cache.clear()
    export()
    assert client.get("/inspiratieboek/inspiratieboek.pdf").status_code == 404
    assert "inspiratieboek.pdf" not in client.get("/inspiratieboek/").content.decode()


# -- when it goes wrong --


def test_a_book_that_fails_keeps_the_last_good_file_and_names_the_place(
    client: Client, typesetter: Typesetter, caplog: pytest.LogCaptureFixture
) -> None:
    editor = cast.staff("editor")
    export()
    good = shelf.current("nl")
    change(
        "dromen",
        body=written(("heading", "Het begin"), ("paragraph", "<p>Fijn.</p>"),
                     ("heading", "Het midden"), ("paragraph", "<p>Onzetbaar.</p>"), ("heading", "Het eind")),
    )  # fmt: skip
    typesetter.fails_on = "Onzetbaar"
    with caplog.at_level(logging.ERROR):
        export()
    assert "/inspiratieboek/dromen/: Het midden" in caplog.text
    assert "Onzetbaar" not in caplog.text
    assert shelf.current("nl") == good
    assert client.get("/inspiratieboek/inspiratieboek.pdf").status_code == 200
    assert [each.kind for each in cast.notices_of(editor)] == ["book.broken"]


def test_a_book_that_failed_waits_until_its_words_change(typesetter: Typesetter) -> None:
    page = change("dromen", body=written(("paragraph", "<p>Onzetbaar.</p>")))
    typesetter.fails_on = "Onzetbaar"
    export()
    tried = typesetter.asked
    export()
    assert typesetter.asked == tried
    change("dromen", body=written(("paragraph", "<p>Zetbaar.</p>")))
    export()
    edition = shelf.current("nl")
    assert edition is not None
    assert page.title


def test_a_book_that_failed_by_chance_is_tried_again_after_an_hour(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    typesetter.fails_on = "<html"
    export()
    assert shelf.current("nl") is None
    typesetter.fails_on = ""
    export()
    assert shelf.current("nl") is None
    monkeypatch.setattr(making, "AGAIN", 0)
    export()
    assert shelf.current("nl") is not None


@pytest.mark.parametrize("step", ["fsync", "rename"])
def test_a_worker_killed_half_way_leaves_no_half_file(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, step: str
) -> None:
    export()
    good = shelf.current("nl")
    change("doen", title="Anders doen")

    class Killed(BaseException):
        pass

    def killed(*args: Any) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(*((os, "fsync") if step == "fsync" else (Path, "rename")), killed)
        with pytest.raises(Killed):
            export()
    assert shelf.current("nl") == good
    assert b"Anders doen" not in downloaded(client, "/inspiratieboek/inspiratieboek.pdf")
    for rest in (tmp_path / "exports").glob("making-*"):
        os.utime(rest, (time.time() - 7200,) * 2)
    export()
    assert b"Anders doen" in downloaded(client, "/inspiratieboek/inspiratieboek.pdf")
    assert not list((tmp_path / "exports").glob("making-*"))


def test_files_that_were_lost_are_made_again(client: Client) -> None:
    export()
    edition = shelf.current("nl")
    assert edition is not None
    edition.path(shelf.PDF).unlink()
    assert client.get("/inspiratieboek/inspiratieboek.pdf").status_code == 404
    export()
    assert client.get("/inspiratieboek/inspiratieboek.pdf").status_code == 200


def test_the_command_prints_where_each_file_lies(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("book", "build")
    paths = [Path(line) for line in capsys.readouterr().out.split()]
    assert [path.suffix for path in paths] == [".pdf", ".epub"] * 2
    assert all(path.is_file() for path in paths)


# -- what is in them --


def test_the_epub_begins_as_machines_expect_and_says_who_can_read_it() -> None:
    book = whole.read("nl")
    assert book is not None
    content = epub.make(book)
    assert content == epub.make(book)
    assert content[30:58] == b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        package = packed.read("book/package.opf").decode()
        page = packed.read("book/h-2.xhtml").decode()
    for name in ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard",
                 "accessibilitySummary"):  # fmt: skip
        assert f'property="schema:{name}"' in package
    assert '/inspiratieboek/luisteren/#oefeningen"' in page
    assert "write-line" not in page


def test_pictures_come_along_and_one_that_is_gone_is_left_out(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "boom.webp").write_bytes(b"RIFF")
    (tmp_path.parent / "geheim.webp").write_bytes(b"RIFF")
    book = whole.read("nl")
    assert book is not None
    from dataclasses import replace

    from django.utils.safestring import SafeString

    images = "".join(
        f'<img class="in-text" src="/media/{name}" alt="Een boom" loading="lazy">'
        for name in ("boom.webp", "weg.webp", "../geheim.webp")
    )
    one = replace(book.chapters[0], body=SafeString(f"<p>Voor.</p>{images}<p>Na.</p>"))
    (made,) = words.chapters(replace(book, chapters=(one,)), place="#{}")
    assert made.pictures == {"h-1-1.webp": tmp_path / "boom.webp"}
    assert made.body.count("<img") == 1
    assert "Na." in made.body


def test_links_between_chapters_stay_in_the_book_and_others_get_their_whole_address() -> None:
    target = ChapterPage.objects.get(key="doen", locale__language_code="nl")
    change(
        "dromen",
        body=written((
            "paragraph",
            f'<p><a linktype="page" id="{target.pk}">Doen</a> <a href="/hulp/">Hulp</a> '
            '<a href="https://mmm.example/x">Elders</a></p>',
        )),
        sources=written(("source", {"text": "Bron.", "url": "https://mmm.example/x"})),
    )  # fmt: skip
    book = whole.read("nl")
    assert book is not None
    dreams = next(each for each in words.chapters(book, place="{}.xhtml") if each.text.head.key == "dromen")
    assert f'href="h-{target.number}.xhtml"' in dreams.body
    assert 'href="http://127.0.0.1:8000/hulp/"' in dreams.body
    assert f'<a class="note" href="#h-{dreams.text.number}-bron-1">1</a>' in dreams.body


def test_a_long_a_bare_and_a_right_to_left_chapter_become_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    change("dromen", body=written(*[("paragraph", f"<p>Stuk {n}.</p>") for n in range(500)]))
    change("durven", body="[]", sources="[]", story="")
    change("doen", body=written(("paragraph", "<p>أستطيع العمل بهدوء.</p>"), ("spoken", "שלום")))
    book = whole.read("nl")
    assert book is not None
    from dataclasses import replace

    few = tuple(each for each in book.chapters if each.head.key in {"dromen", "durven", "doen"})
    small = replace(book, chapters=few)
    assert paper.make(small).pages >= 20
    assert epub.make(small)
