"""Shipped texts: a head in TOML between lines of +++, then a small Markdown.

Known: paragraphs, `## heading`, `- list`, `> words somebody said`, `::: box Title` ... `:::`, `**bold**`,
`[words](page:KEY)` and `[words](https://...)`. In a chapter also `::: group Title` ... `:::` and
`::: exercise KIND Title` ... `:::`; KIND is text, choice, scale or list, and what there is to choose from or
to fill in is a list at its end.
"""

import itertools
import re
import tomllib
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.utils.html import escape
from markdown_it import MarkdownIt
from markdown_it.token import Token

from mmm.content import exercises

# Ids of blocks are made from the text's name and the place of the block: the same at each load.
_SPACE: Final = uuid.UUID("6d3c2b0e-6c1d-4a5e-9a0f-2f6a3d1b7c55")
_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).disable(["code", "fence", "image", "autolink"])
_OPENING: Final = re.compile(r"^::: ?(box|exercise|group) ?(.*)$")
_LISTS: Final = {"bullet_list_open", "ordered_list_open"}

Resolve = Callable[
    [str], str | None
]  # key of a page -> attributes of <a>, or None when there is no such page


@dataclass(slots=True)
class Source:
    """One shipped text as it was written."""

    path: str
    language: str
    head: dict[str, Any]
    markdown: str
    fingerprint: str
    missing: list[str] = field(default_factory=list)  # keys of pages that it links to and that do not exist

    @property
    def key(self) -> str:
        """What it is called in both languages."""
        return str(self.head["key"])


class WrongText(Exception):
    """A shipped text cannot be read; the sentence says which and why."""


def split(content: str, name: str) -> tuple[dict[str, Any], str]:
    """(head, body) of a file. Raises WrongText."""
    parts = content.split("+++\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise WrongText(f"{name}: the head does not stand between two lines of +++.")
    try:
        return tomllib.loads(parts[1]), parts[2].strip() + "\n"
    except tomllib.TOMLDecodeError as error:
        raise WrongText(f"{name}: the head cannot be read: {error}.") from error


def blocks(source: Source, resolve: Resolve) -> list[dict[str, Any]]:
    """The body of a text as raw blocks. Raises WrongText for Markdown that is not known."""
    found: list[tuple[str, Any]] = []
    for kind, title, lines in _pieces(source):
        tokens = _MARKDOWN.parse("\n".join(lines))
        if not kind:
            found += _plain(tokens, source, resolve)
        elif kind == "exercise":
            found.append((kind, _exercise(title, tokens, source, resolve)))
        else:
            html = "".join(value for _kind, value in _plain(tokens, source, resolve))
            found.append((kind, {"title": title, "text": html}))
    exercises_seen = itertools.count(1)
    return [
        _answerable(source, value, next(exercises_seen))
        if kind == "exercise"
        else {"type": kind, "value": value, "id": _id(f"{source.path}#{place}")}
        for place, (kind, value) in enumerate(found)
    ]


def _answerable(source: Source, value: dict[str, Any], number: int) -> dict[str, Any]:
    """The block of an exercise. Its ids are the same in both languages: answers hang on them."""
    name = f"{source.path.removeprefix(source.language)}#exercise-{number}"
    options = [
        {"type": "item", "value": words, "id": _id(f"{name}-{place}")}
        for place, words in enumerate(value["options"])
    ]
    return {"type": "exercise", "value": {**value, "options": options}, "id": _id(name)}


def _id(place: str) -> str:
    return str(uuid.uuid5(_SPACE, place))


def _pieces(source: Source) -> list[tuple[str, str, list[str]]]:
    """The lines in pieces: ("", "", lines) outside a box, (kind, title, lines) inside one."""
    pieces: list[tuple[str, str, list[str]]] = [("", "", [])]
    for line in source.markdown.splitlines():
        if opening := _OPENING.match(line):
            pieces.append((opening[1], opening[2].strip(), []))
        elif line.strip() == ":::":
            pieces.append(("", "", []))
        elif line.startswith(":::"):
            raise WrongText(f"{source.path}: there is no such box: {line}")
        else:
            pieces[-1][2].append(line)
    return [piece for piece in pieces if piece[0] or any(map(str.strip, piece[2]))]


def _exercise(head: str, tokens: list[Token], source: Source, resolve: Resolve) -> dict[str, Any]:
    """An exercise: words, and at its end the list to choose from or to fill in."""
    kind, _space, title = head.partition(" ")
    at = next((i for i, token in enumerate(tokens) if token.type in _LISTS), len(tokens))
    words = [_words(token) for token in tokens[at:] if token.type == "inline"]
    ends = all(token.level > 0 or token.nesting == -1 for token in tokens[at + 1 :])
    if kind not in exercises.KINDS or not title or not ends:
        raise WrongText(f"{source.path}: this is no exercise: {head}.")
    if len(words) < 2 if kind in exercises.WITH_OPTIONS else words:
        raise WrongText(f"{source.path}: this exercise has {len(words)} lines to choose from: {head}.")
    return {
        "kind": kind,
        "title": title.strip(),
        "text": "".join(value for _kind, value in _plain(tokens[:at], source, resolve)),
        "options": words,
    }


def _plain(tokens: list[Token], source: Source, resolve: Resolve) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.type == "heading_open":
            found.append(("heading", _words(tokens[at + 1])))
            at += 3
        elif token.type == "paragraph_open":
            found.append(("paragraph", f"<p>{_inline(tokens[at + 1], source, resolve)}</p>"))
            at += 3
        elif token.type in {*_LISTS, "blockquote_open"}:
            end = next(
                i
                for i in range(at, len(tokens))
                if tokens[i].nesting == -1 and tokens[i].level == token.level
            )
            inside = [each for each in tokens[at:end] if each.type == "inline"]
            if token.type == "blockquote_open":
                found.append(("spoken", "\n".join(map(_words, inside))))
            else:
                tag = "ul" if token.type == "bullet_list_open" else "ol"
                items = "".join(f"<li>{_inline(each, source, resolve)}</li>" for each in inside)
                found.append(("list", f"<{tag}>{items}</{tag}>"))
            at = end + 1
        elif token.type == "hr":
            at += 1
        else:
            raise WrongText(f"{source.path}: this piece of Markdown is not known: {token.type}.")
    return found


def _words(token: Token) -> str:
    return "".join(
        " " if each.type in {"softbreak", "hardbreak"} else each.content for each in token.children or []
    )


def _inline(token: Token, source: Source, resolve: Resolve) -> str:
    parts: list[str] = []
    for each in token.children or []:
        if each.type == "text":
            parts.append(escape(each.content))
        elif each.type == "softbreak":
            parts.append(" ")
        elif each.type == "hardbreak":
            parts.append("<br/>")
        elif each.type in {"strong_open", "strong_close"}:
            parts.append("<b>" if each.type == "strong_open" else "</b>")
        elif each.type == "link_open":
            parts.append(_link(str(each.attrGet("href") or ""), source, resolve))
        elif each.type == "link_close":
            parts.append("</a>")
        elif each.type in {"em_open", "em_close"}:
            continue  # no italics in this house
        else:
            raise WrongText(f"{source.path}: this inside a sentence is not known: {each.type}.")
    return "".join(parts)


def _link(href: str, source: Source, resolve: Resolve) -> str:
    if not href.startswith("page:"):
        return f'<a href="{escape(href)}">'
    attributes = resolve(href.removeprefix("page:"))
    if attributes is None:
        source.missing.append(href.removeprefix("page:"))
        return "<a>"
    return f"<a {attributes}>"


def read(path: Path, name: str, language: str) -> Source:
    """One file. `name` is how it is known ("stories/fluiten"). Raises WrongText."""
    import hashlib

    raw = path.read_bytes()
    head, body = split(raw.decode(), name)
    return Source(f"{language}/{name}", language, head, body, hashlib.sha256(raw).hexdigest())
