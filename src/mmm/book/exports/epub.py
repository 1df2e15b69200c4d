"""The book as an EPUB 3.3 (W3C), written by hand: a zip with a page for each chapter.

The words are those of the site, as XML. There are no fonts and few rules for the looks in it: whoever reads
an EPUB has set their own letters, colours and sizes.
"""

import io
import mimetypes
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import tinyhtml5
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from mmm.book.exports import cover, words
from mmm.book.exports.whole import HERE, Book

XHTML: Final = "http://www.w3.org/1999/xhtml"
OPS: Final = "http://www.idpf.org/2007/ops"
_MADE: Final = (1980, 1, 1, 0, 0, 0)  # the zip's first moment: the same words give the same file


@dataclass(frozen=True, slots=True)
class File:
    """A file in the EPUB. `kind` is its media type; `spine` says that it is read, in this order."""

    name: str
    content: bytes
    kind: str = "application/xhtml+xml"
    properties: str = ""
    spine: bool = False

    @property
    def id(self) -> str:
        """Its name in the list of files."""
        return self.name.replace(".", "-")


def make(book: Book) -> bytes:
    """The whole book as one EPUB."""
    chapters = words.chapters(book, place="{}.xhtml")
    with translation.override(book.language):
        context = {"book": book, "chapters": chapters, "site": settings.BASE_URL}
        files = [
            File("cover.svg", cover.drawing().encode(), "image/svg+xml", "cover-image"),
            File("book.css", (HERE / "epub.css").read_bytes(), "text/css"),
            File("begin.xhtml", _page("begin", context), spine=True),
            File("nav.xhtml", _page("nav", context), properties="nav", spine=True),
            *(
                File(
                    f"{each.name}.xhtml",
                    _page(
                        "chapter", {**context, "each": each, "exercises": words.without_lines(each.exercises)}
                    ),
                    spine=True,
                )
                for each in chapters
            ),
            File("end.xhtml", _page("end", context), spine=True),
            *(_picture(name, path) for each in chapters for name, path in each.pictures.items()),
        ]
        said = {
            "title": _("The Inspiration Book"),
            "description": _("Chapters about possibilities and work, to read alone or together."),
            "summary": _(
                "Text with headings, lists and a table of contents. Nobody read it with a screen reader."
            ),
        }
        package = render_to_string("book/exports/package.opf", {**context, "files": files, "words": said})
        container = render_to_string("book/exports/container.xml")
    return _zipped(files, package, container)


def _picture(name: str, path: Path) -> File:
    return File(name, path.read_bytes(), mimetypes.guess_type(name)[0] or "image/webp")


def _page(name: str, context: dict[str, Any]) -> bytes:
    """A page as XML: what editors write is HTML, which leaves open what XML closes."""
    html = render_to_string(f"book/exports/epub_{name}.html", context)
    tree = tinyhtml5.parse(html, namespace_html_elements=True)
    _tidy(tree)
    ET.register_namespace("", XHTML)
    ET.register_namespace("epub", OPS)
    xml: bytes = ET.tostring(tree, "utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n' + xml


def _tidy(tree: Any) -> None:
    """Give `epub:type` its namespace, say the language to XML too, and drop what only a browser knows."""
    for element in tree.iter():
        element.attrib.pop("loading", None)
        if kind := element.attrib.pop("epub:type", None):
            element.set(f"{{{OPS}}}type", kind)
    tree.set("{http://www.w3.org/XML/1998/namespace}lang", tree.get("lang", ""))


def _zipped(files: list[File], package: str, container: str) -> bytes:
    """`mimetype` comes first and is not packed: so a machine knows the file by its first bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        first = zipfile.ZipInfo("mimetype", _MADE)
        packed.writestr(first, b"application/epub+zip", zipfile.ZIP_STORED)
        inside = [("META-INF/container.xml", container.encode()), ("book/package.opf", package.encode())]
        for name, content in [*inside, *((f"book/{each.name}", each.content) for each in files)]:
            packed.writestr(zipfile.ZipInfo(name, _MADE), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
