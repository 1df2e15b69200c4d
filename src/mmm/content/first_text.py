"""*Je eerste tekst*: a page for who writes here for the first time, shipped with the house."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from mmm.content import body, markdown

FOLDER: Final = Path(__file__).parent / "content"


@dataclass(frozen=True, slots=True)
class FirstText:
    """Its title, what it is about, and its words."""

    title: str
    intro: str
    html: SafeString


def text() -> FirstText:
    """In the language of who reads."""
    return _read("en" if (get_language() or "nl").startswith("en") else "nl")


@cache
def _read(language: str) -> FirstText:
    path = FOLDER / language / "naslag-eerste-tekst.md"
    source = markdown.read(path, "naslag-eerste-tekst", language)
    html = body.render(markdown.blocks(source, lambda key: None))
    return FirstText(source.head["title"], source.head["intro"], html)
