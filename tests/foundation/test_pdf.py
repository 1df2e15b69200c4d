"""Paper: what goes in comes out, readable for everybody, and nothing else comes along."""

import io

import pypdf
import pytest

from mmm.design import assets
from mmm.foundation import pdf

PAGE = (
    '<!doctype html><html lang="nl"><head><title>Een kaart</title>'
    '<link rel="stylesheet" href="paper.css"></head><body><main><h1>Zo werk ik goed</h1>'
    "<p>Ik begin graag rustig. Ça, ß, Şule.</p></main></body></html>"
)


def _read(made: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made))


def test_a_page_becomes_a_tagged_pdf_with_its_title_and_language() -> None:
    found = _read(pdf.render(PAGE))
    assert "Ik begin graag rustig. Ça, ß, Şule." in found.pages[0].extract_text()
    assert found.metadata is not None
    assert found.metadata.title == "Een kaart"
    root = found.trailer["/Root"]
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_the_letters_are_our_own() -> None:
    fonts = _read(pdf.render(PAGE)).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    assert all("Atkinson" in str(font.get_object()["/BaseFont"]) for font in fonts.values())


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "https://mmm.example/x.png", "../../../etc/passwd", "secret.png"]
)
def test_a_page_that_names_what_is_not_ours_gives_no_pdf(address: str) -> None:
    with pytest.raises(pdf.Failed) as failed:
        pdf.render(PAGE.replace("</main>", f'<img alt="x" src="{address}"></main>'))
    assert "rustig" not in str(failed.value)


def test_without_its_libraries_it_says_that_they_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "files", {})
    monkeypatch.setattr(pdf.sys, "executable", "/usr/bin/false")
    with pytest.raises(pdf.Failed):
        pdf.render(PAGE)
    monkeypatch.setattr(pdf, "NOT_INSTALLED", 1)
    with pytest.raises(pdf.NotInstalled):
        pdf.render(PAGE)


def test_the_paper_has_its_stylesheet_and_both_weights() -> None:
    assert set(pdf.files) >= {"paper.css", *(f"atkinson-{face}.ttf" for face in assets.FACES)}
    assert all(path.is_file() for path in pdf.files.values())
