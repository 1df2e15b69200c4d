"""From the blocks of a text to HTML. No template per block: 500 blocks cost as much as one loop.

Blocks here are Wagtail's raw data: `{"type": "paragraph", "value": "<p>...</p>", "id": "..."}`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import nh3
from django.template.defaultfilters import filesizeformat
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe

from mmm.content import exercises

Raw = Mapping[str, Any]
WORDS_A_MINUTE: Final = 180  # a tired reader, on a phone
TAGS: Final = {"p", "b", "a", "ul", "ol", "li", "br"}
ATTRIBUTES: Final = {"a": {"href"}}
TITLED: Final = {"box", "exercise", "group"}  # blocks with a title and a text of their own
SCHEMES: Final = {"https", "http", "mailto", "tel"}
_PAGE_LINK: Final = re.compile(r'<a\b[^>]*?\blinktype="page"[^>]*>')
_PAPER_LINK: Final = re.compile(r'<a\b[^>]*?\blinktype="document"[^>]*>')
_ID: Final = re.compile(r'\bid="(\d+)"')
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a page shows it."""

    src: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Handed:
    """A paper to take along as a page offers it; `size` is in bytes."""

    url: str
    title: str
    size: int


def linked(blocks: Iterable[Raw]) -> set[int]:
    """Ids of the pages that a text links to."""
    found: set[int] = set()
    for _block, html in _rich(blocks):
        for tag in _PAGE_LINK.findall(html):
            if match := _ID.search(tag):
                found.add(int(match[1]))
    return found


def empty_links(blocks: Iterable[Raw]) -> int:
    """How many links of a text have no address at all."""
    return sum(html.count("<a>") for _block, html in _rich(blocks))


def pictures(blocks: Iterable[Raw]) -> set[int]:
    """Ids of the pictures in a text."""
    return _chosen(blocks, "picture")


def papers(blocks: Iterable[Raw]) -> set[int]:
    """Ids of the papers in a text."""
    return _chosen(blocks, "paper")


def _chosen(blocks: Iterable[Raw], kind: str) -> set[int]:
    return {int(block["value"]) for block in blocks if block["type"] == kind and block["value"]}


def render(
    blocks: Iterable[Raw],
    *,
    links: Mapping[int, str] = {},
    shown: Mapping[int, Shown] = {},
    handed: Mapping[int, Handed] = {},
) -> SafeString:
    """HTML of a text. `links`: addresses by id; a link to a page that is gone becomes plain words.

    Only `TAGS` survive, whatever lies in the database. Headings can be linked to by their block's id, which
    stays the same when words change.
    """

    def clean(html: str) -> str:
        html = _PAGE_LINK.sub(lambda tag: _opening(tag[0], links), html)
        html = _PAPER_LINK.sub("<a>", html)
        return nh3.clean(
            html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener"
        ).replace('<a rel="noopener">', "<a>")

    parts: list[str] = []
    for block in blocks:
        if make := _MAKERS.get(block["type"]):
            parts.append(make(block, clean))
        elif block["type"] == "picture" and (one := shown.get(int(block["value"] or 0))):
            parts.append(
                f'<img class="in-text" src="{escape(one.src)}" width="{one.width}" height="{one.height}" '
                f'alt="{escape(one.alt)}" loading="lazy">'
            )
        elif block["type"] == "paper" and (paper := handed.get(int(block["value"] or 0))):
            parts.append(
                f'<p class="paper"><a href="{escape(paper.url)}" download>{escape(paper.title)}</a> '
                f"(pdf, {escape(filesizeformat(paper.size))})</p>"
            )
    return mark_safe("\n".join(parts))


def _opening(tag: str, links: Mapping[int, str]) -> str:
    match = _ID.search(tag)
    address = links.get(int(match[1])) if match else None
    return f'<a href="{escape(address)}">' if address else "<a>"


Clean = Callable[[str], str]


def anchor(block: Raw) -> str:
    """The id in the page of a heading."""
    return f"b-{str(block.get('id') or '')[:8]}"


def _heading(block: Raw, clean: Clean) -> str:
    return f'<h2 id="{escape(anchor(block))}">{escape(block["value"])}</h2>'


def _spoken(block: Raw, clean: Clean) -> str:
    return f'<blockquote class="spoken"><p>{escape(block["value"])}</p></blockquote>'


def _box(block: Raw, clean: Clean) -> str:
    title = block["value"].get("title") or ""
    head = f"<h2>{escape(title)}</h2>" if title else ""
    return f'<div class="box think">{head}{clean(block["value"].get("text") or "")}</div>'


def _exercise(block: Raw, clean: Clean) -> str:
    return exercises.exercise(block["value"], anchor(block), clean)


def _group(block: Raw, clean: Clean) -> str:
    return exercises.sheet(block["value"], anchor(block), clean)


def _html(block: Raw, clean: Clean) -> str:
    return clean(block["value"] or "")


_MAKERS: Final[dict[str, Callable[[Raw, Clean], str]]] = {
    "heading": _heading,
    "paragraph": _html,
    "list": _html,
    "spoken": _spoken,
    "box": _box,
    "exercise": _exercise,
    "group": _group,
}


def _rich(blocks: Iterable[Raw]) -> Iterable[tuple[Raw, str]]:
    for block in blocks:
        if block["type"] in {"paragraph", "list"}:
            yield block, block["value"] or ""
        elif block["type"] in TITLED:
            yield block, block["value"].get("text") or ""


def text(blocks: Iterable[Raw]) -> str:
    """The words alone, a line for each piece: for search, reading time and advice on plain words."""
    lines: list[str] = []
    for block in blocks:
        kind, value = block["type"], block["value"]
        if kind in {"heading", "spoken"}:
            lines.append(str(value))
        elif kind in {"paragraph", "list"}:
            lines.append(_plain(value))
        elif kind in TITLED:
            lines += [value.get("title") or "", _plain(value.get("text") or ""), *exercises.options(value)]
    return "\n".join(line for line in lines if line)


def _plain(html: str) -> str:
    from html import unescape

    broken = re.sub(r"</(?:p|li)>|<br\s*/?>", "\n", html or "")
    return unescape(strip_tags(broken)).strip()


def minutes(blocks: Sequence[Raw] | Iterable[Raw]) -> int:
    """Whole minutes somebody reads, at least one."""
    return max(1, round(len(_WORD.findall(text(blocks))) / WORDS_A_MINUTE))
