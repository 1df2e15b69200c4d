"""What editors bring is made anew, or refused with a reason."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from mmm.content import files
from mmm.content.models import Paper, Picture
from tests import cast


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **extra: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, kind, **extra)
    return made.getvalue()


def given(raw: bytes, name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, raw)


def bomb() -> bytes:
    """A PNG of a few bytes that says it is 60,000 dots wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


def test_where_and_when_a_photo_was_taken_is_gone() -> None:
    exif = Image.Exif()
    exif[0x010E] = "achter het huis van Sam"
    raw = picture(exif=exif)
    assert b"achter het huis" in raw
    made = files.safe_picture(given(raw)).read()
    assert b"achter het huis" not in made
    assert not Image.open(io.BytesIO(made)).getexif()


def test_what_hangs_behind_a_picture_is_gone() -> None:
    """A polyglot: a picture for one reader and a page with a script for another."""
    raw = picture() + b"<html><script>alert(1)</script></html>PK\x03\x04"
    assert b"script" not in files.safe_picture(given(raw)).read()


def test_a_picture_that_is_a_page_too_is_a_picture_only() -> None:
    """The page stands in a comment of the JPEG: a browser that guesses would have run it."""
    raw = picture(comment=b"<html><script>alert(1)</script>")
    assert b"<script>" in raw
    made = files.safe_picture(given(raw, "foto.html"))
    assert b"<script>" not in made.read()
    assert (made.name, made.content_type) == ("foto.jpg", "image/jpeg")


def test_a_picture_that_is_an_archive_too_is_a_picture_only() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("run.js", "alert(1)")
    raw = picture("PNG") + archive.getvalue()
    assert zipfile.is_zipfile(io.BytesIO(raw))
    made = files.safe_picture(given(raw, "foto.png")).read()
    assert not zipfile.is_zipfile(io.BytesIO(made))


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.7 << /S /Java#53cript >> %%EOF",
        b"%PDF-1.7 << /OpenAction << /JS (app.alert) >> >> %%EOF",
        b"%PDF-1.7 << /S /Launch /F (run.exe) >> %%EOF",
        b"%PDF-1.7 << /XFA [] >> %%EOF",
        b"%PDF-1.7 " + b"x" * 90 + b"PK\x05\x06" + b"\0" * 18 + b" %%EOF",
        b"<html><script>alert(1)</script>%PDF-1.7 x %%EOF",
        b"GIF89a%PDF-1.7 x %%EOF",
    ],
    ids=["script in code", "short script", "program", "form", "archive", "page before", "picture before"],
)
def test_a_paper_that_is_something_else_too_is_refused_with_a_reason(raw: bytes) -> None:
    with pytest.raises(ValidationError, match="PDF"):
        files.safe_paper(given(raw, "papier.pdf"))


@pytest.mark.django_db
def test_a_paper_is_taken_along_and_never_opened_as_a_page(
    plain_templates: None, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    client = cast.client_of(cast.staff("editor"))
    raw = b"%PDF-1.7 <html><script>alert(1)</script></html> %%EOF"
    client.post(
        "/redactie/documents/add/", {"title": "Folder", "file": given(raw, "folder.pdf"), "collection": "1"}
    )
    answer = Client().get(Paper.objects.get().file.url)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src" in answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "PNG"),
        (b'<?xml version="1.0"?><svg/>', "PNG"),
        (b"\xef\xbb\xbf  <svg/>", "PNG"),
        (b"GIF89a<script>alert(1)</script>", "JPG"),
        (b"%PDF-1.7 nee", "JPG"),
        (picture()[:200], "JPG"),
        (b"", "JPG"),
    ],
    ids=["svg", "svg as xml", "svg behind a mark", "gif with script", "pdf", "half a picture", "nothing"],
)
def test_what_is_no_picture_is_refused_with_a_reason(raw: bytes, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        files.safe_picture(given(raw))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(ValidationError, match="20 mil"):
        files.safe_picture(given(bomb(), "bom.png"))


def test_a_large_photo_becomes_smaller_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    made = Image.open(files.safe_picture(given(picture(size=(3000, 1500), exif=exif))))
    assert made.size == (1200, 2400)


@pytest.mark.parametrize(
    "raw", [b"<html>", b"MZ\x90", picture(), b"%PDF-1.7 /JavaScript (app.alert) %%EOF", b"%PDF-1.7 no end"]
)
def test_a_paper_is_a_plain_pdf_or_nothing(raw: bytes) -> None:
    with pytest.raises(ValidationError):
        files.safe_paper(given(raw, "papier.pdf"))
    good = given(b"%PDF-1.7 x %%EOF", "papier.pdf")
    assert files.safe_paper(good).read() == b"%PDF-1.7 x %%EOF"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["images/multiple/add/", "images/add/"])
def test_no_way_in_keeps_a_picture_without_words_or_with_its_place(
    plain_templates: None, settings: object, tmp_path: object, address: str
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    client = cast.client_of(cast.staff("editor"))
    exif = Image.Exif()
    exif[0x010E] = "achter het huis van Sam"
    file = given(picture(exif=exif))
    client.post(
        f"/redactie/{address}",
        {"title": "Deur", "files[]": file, "file": file, "collection": "1"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert not Picture.objects.exists()
    for kept in tmp_path.rglob("*.*"):  # type: ignore[attr-defined]
        assert b"achter het huis" not in kept.read_bytes()


@pytest.mark.django_db
def test_a_picture_in_words_is_kept_made_anew(
    plain_templates: None, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    client = cast.client_of(cast.staff("editor"))
    raw = picture() + b"<script>"
    client.post(
        "/redactie/images/add/",
        {"title": "Deur", "description": "Een open deur", "file": given(raw), "collection": "1"},
    )
    kept = Picture.objects.get()
    assert kept.default_alt_text == "Een open deur"
    assert kept.uploaded_by_user is not None
    assert b"<script>" not in kept.file.read()
    assert client.get(kept.file.url).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["../default.sqlite3", "%2e%2e/default.sqlite3", "keys", "a.html", ""])
def test_nothing_but_pictures_and_papers_is_given_out(name: str) -> None:
    assert Client().get(f"/media/{name}").status_code == 404
