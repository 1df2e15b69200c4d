"""Plain Dutch, measured: the seven rules for every public text (docs/testing.md).

The rules are a guard, no proof that somebody understands a text: readers are the proof. They never touch what
a person wrote about themselves.

    reading = read(html_of_a_page)
    assert not reading.broken()
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from xml.etree import ElementTree as ET

import html5lib
from wordfreq import zipf_frequency

from mmm.content import plain
from mmm.content.plain import (
    EASE_AT_LEAST,
    LONG_AT_MOST,
    LONG_IS_OVER,
    LONGEST,
    MEAN_WORDS,
    PASSIVE_AT_MOST,
    WORD,
    is_passive,
    syllables,
)
from tests.house.sources import SOURCE

__all__ = ["Reading", "is_passive", "read", "read_text", "stem", "syllables"]

GLOSSARY = SOURCE / "start" / "content" / "nl" / "glossary.txt"

RARE_BELOW_ZIPF = 4.0
RARE_AT_MOST = 0.05

BLOCKS = {
    *("p", "li", "dd", "dt", "blockquote", "figcaption", "td", "th", "caption", "summary", "legend", "label"),
    *(
        "button",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "option",
        "div",
        "section",
        "article",
        "main",
        "body",
        "header",
    ),
    *(
        "footer",
        "nav",
        "ul",
        "ol",
        "dl",
        "form",
        "fieldset",
        "table",
        "tr",
        "aside",
        "details",
        "address",
        "figure",
    ),
}
UNREAD = {"script", "style", "template", "svg", "code", "input", "textarea", "select", "noscript"}


@dataclass
class Reading(plain.Reading):
    """What a text measures, with its rare words, which only the tests know."""

    explained: set[str] = field(default_factory=set)

    @property
    def words(self) -> list[str]:
        """Every word of the text that is not a name."""
        return [
            word for words in (*self.sentences, *self.fragments) for word in words if word not in self.names
        ]

    @property
    def rare(self) -> list[str]:
        """Words rare in Dutch (Zipf below 4.0) and not in the glossary, each as often as it stands there."""
        known = glossary() | self.explained
        return [word for word in self.words if is_rare(word) and stem(word) not in known]

    def broken(self) -> list[str]:
        """Each rule that the text misses, with what to change."""
        found = []
        if self.mean_words > MEAN_WORDS:
            found.append(f"a sentence has {self.mean_words:.1f} words on average; at most {MEAN_WORDS:.0f}")
        if len(self.longest) > LONGEST:
            found.append(
                f"a sentence has {len(self.longest)} words, at most {LONGEST}: {' '.join(self.longest)}"
            )
        if self.long_share > LONG_AT_MOST:
            found.append(
                f"{self.long_share:.0%} of the sentences has over {LONG_IS_OVER} words; at most 10 %"
            )
        if len(self.rare) > RARE_AT_MOST * len(self.words):
            share = len(self.rare) / len(self.words)
            found.append(
                f"{share:.1%} of the words is rare, at most 5 %: {', '.join(sorted(set(self.rare)))}"
            )
        if self.formal:
            found.append(f"formal: {', '.join(self.formal)}")
        if len(self.passive) > PASSIVE_AT_MOST * len(self.sentences):
            lines = "; ".join(" ".join(words) for words in self.passive)
            found.append(f"{len(self.passive)} of {len(self.sentences)} sentences is passive: {lines}")
        if self.ease < EASE_AT_LEAST:
            found.append(f"Flesch-Douma is {self.ease:.0f}; at least {EASE_AT_LEAST:.0f}")
        return found


# -- from a page or a plain text to a reading --


def read(html: str, root: str = "main") -> Reading:
    """The reading of a page: of its `root` element, or of everything when it has none.

    Left out: what is not text or hidden from readers, another language (`lang`), names (`translate="no"`).
    """
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    blocks: list[str] = []
    reading = Reading()
    _collect(next(tree.iter(root), tree), blocks, reading)
    for block in blocks:
        reading.add(block)
    return reading


def read_text(text: str) -> Reading:
    """The reading of a plain text, such as a mail: a block for each paragraph."""
    reading = Reading()
    for block in re.split(r"\n\s*\n", text):
        reading.add(" ".join(line for line in block.split("\n") if "://" not in line))
    return reading


def _collect(element: ET.Element, blocks: list[str], reading: Reading) -> None:
    if not isinstance(element.tag, str) or element.get("hidden") is not None:
        return
    if element.tag.rpartition("}")[2] in UNREAD:  # a drawing comes with the namespace of SVG
        return
    if element.get("lang", "nl") != "nl" or element.get("aria-hidden") == "true":
        return
    if "own-words" in (element.get("class") or "").split():  # a person's own story is never measured
        return
    text = "".join(element.itertext())
    if element.get("translate") == "no":
        reading.names.update(WORD.findall(text))
    if element.tag == "dfn":
        reading.explained.update(stem(word) for word in WORD.findall(text))
    is_block = element.tag in BLOCKS
    if is_block:
        blocks.append("")
    if not blocks:
        blocks.append("")
    blocks[-1] += " " if element.tag == "br" else element.text or ""
    for child in element:
        _collect(child, blocks, reading)
        blocks[-1] += child.tail or ""
    if is_block:
        blocks.append("")


# -- words --


@cache
def glossary() -> set[str]:
    """Stems of the words that the project explains, and of the place names in its own data."""
    known: set[str] = set()
    if GLOSSARY.exists():
        terms = [line.split("#")[0].split(":")[0] for line in GLOSSARY.read_text().splitlines()]
        known |= {stem(word) for term in terms for word in WORD.findall(term)}
    for table in (SOURCE / "region" / "content").glob("*.tsv"):
        known |= {stem(word) for word in WORD.findall(table.read_text()) if word[0].isupper()}
    return known


def stem(word: str) -> str:
    """A word without capital, accents and the commonest endings; only to compare with the glossary."""
    plain = unicodedata.normalize("NFKD", word.lower()).encode("ascii", "ignore").decode()
    for ending in ("'s", "en", "s", "e"):
        if plain.endswith(ending) and len(plain) - len(ending) >= 3:
            plain = plain[: -len(ending)]
            break
    # A doubled last letter or vowel comes and goes with the ending: regel-regels, taak-taken, kaart-kaarten.
    plain = re.sub(r"(.)\1$", r"\1", plain)
    return re.sub(r"([aeou])\1([^aeiou])$", r"\1\2", plain)


@cache
def is_rare(word: str) -> bool:
    """Whether Dutch readers seldom meet this word. Parts joined by a hyphen count one by one."""
    parts = [part for part in re.split(r"[-–]", word.lower()) if len(part) > 1]
    return any(zipf_frequency(part, "nl") < RARE_BELOW_ZIPF for part in parts)
