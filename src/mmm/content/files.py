"""What editors may bring, and how it is made safe before it is kept.

A picture is opened and written anew: what was in the file but no picture (a place on the map, a name, a
script
behind the last byte) is gone. A drawing that is a document (SVG) is not taken. A paper is a PDF or nothing.
"""

import io
import re
import warnings
from typing import Final

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils._os import safe_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS: Final = 20_000_000
LONGEST_SIDE: Final = 2400
FORMATS: Final = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
LARGEST_PAPER: Final = 20 * 1024 * 1024
TYPES: Final = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
# What a PDF can do beside being read: run a script, start a program, send a form, carry files.
_ACTIVE: Final = re.compile(
    rb"/(?:JavaScript|JS[\s(<\[/]|Launch|EmbeddedFile|RichMedia|SubmitForm|ImportData|XFA[\s(<\[/])"
)
_CODED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")


def too_large() -> str:
    """The reason, in words."""
    return _("This picture is too large. Make it smaller: 20 million dots at most.")


def safe_picture(given: "File[bytes]") -> SimpleUploadedFile:
    """The picture anew, without anything that is not the picture. Raises ValidationError with a reason."""
    given.seek(0)
    start = given.read(1024).lstrip().lower()
    if start.startswith((b"<svg", b"<?xml", b"<!doctype svg", b"<html")) or b"<svg" in start:
        raise ValidationError(_("This is a drawing made of text (SVG). Save it as PNG first."), code="svg")
    given.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(given, formats=list(FORMATS))
            # The size stands in the first bytes: too large is refused before anything is unpacked.
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(
                    _("This picture is too large. Make it smaller: 20 million dots at most.")
                )
            if getattr(picture, "n_frames", 1) > 1:
                raise ValidationError(_("This picture moves. Choose one that stands still."))
            kind = str(picture.format)
            picture.load()
            picture = ImageOps.exif_transpose(picture)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(too_large()) from error
    except (UnidentifiedImageError, OSError,
            ValueError, SyntaxError, EOFError) as error:  # fmt: skip
        raise ValidationError(_("This is no picture that we can open. Choose a JPG, PNG or WebP.")) from error
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    wanted = "RGBA" if kind != "JPEG" and "A" in picture.getbands() else "RGB"
    # A new picture with the dots of the old one: `info` (EXIF, comments, profiles) stays behind.
    clean = Image.new(wanted, picture.size)
    clean.paste(picture.convert(wanted))
    made = io.BytesIO()
    clean.save(made, kind, quality=86)
    stem = (given.name or "").replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0][:60] or "plaatje"
    return SimpleUploadedFile(
        f"{stem}.{FORMATS[kind]}", made.getvalue(), content_type=f"image/{kind.lower()}"
    )


def safe_paper(given: "File[bytes]") -> "File[bytes]":
    """The PDF as it is, when it is one and runs nothing. Raises ValidationError with a reason."""
    if (given.size or 0) > LARGEST_PAPER:
        raise ValidationError(_("This file is too large: 20 MB at most."))
    given.seek(0)
    raw = given.read()
    given.seek(0)
    if not raw.startswith(b"%PDF-") or b"%%EOF" not in raw[-1024:]:
        raise ValidationError(_("This is no PDF. Papers to take along are PDFs, nothing else."))
    # A name may be written with codes (/Java#53cript), and a PDF may be an archive to another reader.
    names = _CODED.sub(lambda code: bytes([int(code[1], 16)]), raw)
    if _ACTIVE.search(names) or b"PK\x05\x06" in raw[-65_600:]:
        raise ValidationError(_("This PDF does more than being read. Save it anew as a plain PDF."))
    return given


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """Pictures and papers by their name. A paper is taken along, not opened here."""
    try:
        path = safe_join(settings.MEDIA_ROOT, name)
    except (ValueError, SuspiciousFileOperation):
        raise Http404 from None
    from pathlib import Path

    file = Path(path)
    kind = "application/pdf" if file.suffix == ".pdf" else TYPES.get(file.suffix)
    if kind is None or not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"), content_type=kind, as_attachment=file.suffix == ".pdf")
