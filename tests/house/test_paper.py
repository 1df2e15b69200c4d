"""The book to take along is what it says: others' machines and our own look at the whole files."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pypdf
import pytest
from django.utils import translation

from mmm.book import selectors
from mmm.book.exports import epub, paper, whole, words
from mmm.foundation import pdf
from mmm.foundation.pdf import furniture
from tests.house.paper import epub_errors, pdf_errors

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only, pytest.mark.xdist_group("paper")]
LANGUAGES = ("nl", "en")


@pytest.fixture(scope="module")
def books(django_db_setup: None, django_db_blocker: Any) -> dict[str, whole.Book]:
    with django_db_blocker.unblock():
        found = {language: whole.read(language) for language in LANGUAGES}
    return {language: book for language, book in found.items() if book}


@pytest.fixture(scope="module")
def papers(books: dict[str, whole.Book], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("papers")
    for language, book in books.items():
        (folder / f"{language}.pdf").write_bytes(paper.make(book).content)
    return {language: folder / f"{language}.pdf" for language in books}


GOOD = (
    '<!doctype html><html lang="nl"><head><title>Proef</title><link rel="stylesheet" href="paper.css"></head>'
    "<body><main><h1>Een</h1><h2>Twee</h2><p>Woorden.</p></main></body></html>"
)
DRAWING = "data:image/svg+xml," + quote(
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
)  # A defect, and the rule that names it.
DEFECTS = {
    "no language": (GOOD.replace(' lang="nl"', ""), "7.2-"),
    "no title": (GOOD.replace("<title>Proef</title>", ""), "7.1-"),
    "a heading left out": (GOOD.replace("h2>", "h3>"), "7.4.2-1"),
    "a picture without words": (GOOD.replace("<p>", f'<img src="{DRAWING}"><p>'), "7.3-1"),
}


def test_verapdf_finds_nothing_in_the_book_and_every_planted_defect(
    papers: dict[str, Path], tmp_path: Path
) -> None:
    planted = {tmp_path / f"{name}.pdf": rule for name, (_html, rule) in DEFECTS.items()}
    for name, (html, _rule) in DEFECTS.items():
        (tmp_path / f"{name}.pdf").write_bytes(pdf.render(html))
    said = pdf_errors([*papers.values(), *planted])
    for file in papers.values():
        assert said[file] == []
    for file, rule in planted.items():
        assert any(each.startswith(rule) for each in said[file]), (file.stem, said[file])


@pytest.mark.parametrize("language", LANGUAGES)
def test_epubcheck_finds_nothing_in_the_book(
    books: dict[str, whole.Book], tmp_path: Path, language: str
) -> None:
    file = tmp_path / "book.epub"
    file.write_bytes(epub.make(books[language]))
    assert epub_errors(file) == []


def test_epubcheck_finds_what_is_planted(books: dict[str, whole.Book], tmp_path: Path) -> None:
    file = tmp_path / "book.epub"
    with zipfile.ZipFile(io.BytesIO(epub.make(books["nl"]))) as good, zipfile.ZipFile(file, "w") as bad:
        for each in good.infolist():
            content = good.read(each)
            if each.filename.endswith("h-2.xhtml"):
                content = content.replace(b"nav.xhtml", b"").replace(
                    b"</body>", b'<img src="weg.png"/></body>'
                )
            if each.filename.endswith("package.opf"):
                content = content.replace(b' properties="nav"', b"")
            bad.writestr(each, content)
    said = " ".join(epub_errors(file))
    assert "RSC-007" in said  # a picture that is not in the file
    assert "nav" in said


# -- what no rule of others asks --


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_is_a_bookmark_on_the_page_that_the_contents_name(
    books: dict[str, whole.Book], papers: dict[str, Path], language: str
) -> None:
    found = pypdf.PdfReader(papers[language])
    marks = {
        str(mark.title): (found.get_destination_page_number(mark) or 0) + 1
        for mark in found.outline
        if not isinstance(mark, list)
    }
    listed = " ".join(found.pages[1].extract_text().split())
    for chapter in books[language].chapters:
        page = marks[chapter.head.title]
        assert f"{chapter.number}. {chapter.head.title} {page} " in f"{listed} "
        assert chapter.head.title in " ".join(found.pages[page - 1].extract_text().split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_running_heads_and_page_numbers_are_no_part_of_the_text(
    papers: dict[str, Path], language: str
) -> None:
    assert loose(papers[language].read_bytes()) == []


def test_a_page_number_left_in_the_text_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the typesetter makes by itself, without our pass over it."""
    from weasyprint import HTML

    plain = HTML(string=GOOD.replace("<p>", "<style>@page{@bottom-right{content: counter(page)}}</style><p>"))
    assert loose(plain.write_pdf(pdf_variant="pdf/ua-1")) != []
    assert loose(plain.write_pdf(pdf_variant="pdf/ua-1", finisher=furniture.as_artifacts)) == []


def loose(content: bytes) -> list[str]:
    """Text that is tagged and hangs nowhere in the tree, and text that is neither tagged nor an artifact."""
    found = pypdf.PdfReader(io.BytesIO(content))
    root = found.trailer["/Root"]["/StructTreeRoot"]
    reached: set[int] = set()
    waiting: list[Any] = [*root["/K"]]
    while waiting:
        kid = waiting.pop()
        if isinstance(kid, pypdf.generic.IndirectObject) and kid.idnum not in reached:
            reached.add(kid.idnum)
            waiting += kid.get_object().get("/K", [])
    numbers = root["/ParentTree"]["/Nums"]
    owners = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    wrong = []
    for number, page in enumerate(found.pages, 1):
        of_page = owners[page["/StructParents"]].get_object()
        contents = page.get_contents()
        assert contents is not None
        open_marks: list[bool] = []
        for operands, operator in pypdf.generic.ContentStream(contents, found).operations:
            if operator in (b"BMC", b"BDC"):
                mark = operands[1].get("/MCID") if operator == b"BDC" else None
                owner = of_page[mark] if mark is not None else None
                fine = operands[0] == "/Artifact" or getattr(owner, "idnum", None) in reached
                open_marks.append(fine)
            elif operator == b"EMC":
                open_marks.pop()
            elif operator in (b"Tj", b"TJ") and not any(open_marks):
                wrong.append(f"page {number}")
    return wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_book_says_its_title_its_language_and_its_edition(
    books: dict[str, whole.Book], papers: dict[str, Path], language: str
) -> None:
    found = pypdf.PdfReader(papers[language])
    root = found.trailer["/Root"]
    assert found.metadata is not None
    assert found.metadata.title == {"nl": "Het Inspiratieboek", "en": "The Inspiration Book"}[language]
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    last = found.pages[-1].extract_text()
    assert books[language].mark in last
    assert "PDF/UA-1" in last
    assert not re.search("certifi|gecertificeerd", last)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_a_chapter_stays_behind(
    books: dict[str, whole.Book], papers: dict[str, Path], language: str
) -> None:
    with zipfile.ZipFile(io.BytesIO(epub.make(books[language]))) as packed:
        pages = {name: packed.read(name).decode() for name in packed.namelist() if name.endswith(".xhtml")}
    sheets = pypdf.PdfReader(papers[language]).pages
    printed = plain(" ".join(page.extract_text() for page in sheets))
    for chapter in books[language].chapters:
        page = plain(re.sub("<[^>]+>", " ", pages[f"book/h-{chapter.number}.xhtml"]))
        for heading in re.findall(r"<h[23][^>]*>(.*?)</h", chapter.body + chapter.exercises + chapter.sheet):
            assert plain(heading) in page
            assert plain(heading) in printed
        assert chapter.story is not None
        for text in (chapter.head.intro, chapter.story.title, *(each.text for each in chapter.sources)):
            assert plain(text) in page
            assert plain(text) in printed


def plain(text: str) -> str:
    """Letters and figures alone: lines break where they like."""
    from html import unescape

    return re.sub(r"\W+", "", unescape(text))


def test_every_link_of_the_files_leads_into_the_book_or_has_a_whole_address() -> None:
    for language in LANGUAGES:
        book = whole.read(language)
        assert book is not None
        for place in ("#{}", "{}.xhtml"):
            for each in words.chapters(book, place=place):
                for address in re.findall(r'href="([^"]*)"', each.body + each.exercises + each.sheet):
                    assert re.match(r"(?:https?://|mailto:|tel:|#h-\d+|h-\d+\.xhtml$)", address), address
        with translation.override(language):
            assert len(book.chapters) == len(selectors.chapters(language))
