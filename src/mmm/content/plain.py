"""Plain Dutch, measured: six of the seven rules, as advice for who writes.

The seventh, rare words, needs a list of how often words are used, which is too heavy for a web process;
`tests/house/readability.py` has it and measures what is shipped. The rules are a guard, no proof that
somebody understands a text: readers are. They never touch what a person wrote about themselves.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

FORMAL: Final = Path(__file__).with_name("formal_words.txt")

MEAN_WORDS: Final = 12.0
LONGEST: Final = 20
LONG_IS_OVER: Final = 15
LONG_AT_MOST: Final = 0.10
PASSIVE_AT_MOST: Final = 0.10
EASE_AT_LEAST: Final = 70.0

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Ends of sentences, but not the point in "14.32 uur", "b.v." or "dhr. De Wit".
END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[\"“‘(]?[A-ZÀ-Ý0-9])|\n+")
SHORTENED = re.compile(r"\b(?:bijv|bv|dhr|mevr|mw|nr|tel|o\.a|d\.w\.z|m\.a\.w|enz)\.", re.I)


@dataclass
class Reading:
    """What a text measures. Sentences are lists of words; fragments are headings, labels and buttons."""

    sentences: list[list[str]] = field(default_factory=list)
    fragments: list[list[str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    @property
    def mean_words(self) -> float:
        """Words in a sentence, on average."""
        return sum(map(len, self.sentences)) / max(1, len(self.sentences))

    @property
    def longest(self) -> list[str]:
        """The sentence with the most words."""
        return max((*self.sentences, *self.fragments), key=len, default=[])

    @property
    def long_share(self) -> float:
        """Which part of the sentences has more than 15 words."""
        return sum(len(words) > LONG_IS_OVER for words in self.sentences) / max(1, len(self.sentences))

    @property
    def formal(self) -> list[str]:
        """Words and phrases of the formal list."""
        text = " ".join(
            word.lower() for words in (*self.sentences, *self.fragments) for word in [*words, "."]
        )
        return [phrase for phrase in formal_words() if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)]

    @property
    def passive(self) -> list[list[str]]:
        """Sentences in the passive voice."""
        return [words for words in self.sentences if is_passive(words)]

    @property
    def ease(self) -> float:
        """Flesch-Douma (Douma 1960): 206.84 - 0.77 x syllables in 100 words - 0.93 x words in a sentence."""
        words = [word for sentence in self.sentences for word in sentence]
        if not words:
            return 100.0
        return 206.84 - 77 * sum(map(syllables, words)) / len(words) - 0.93 * self.mean_words

    def advice(self) -> list[str]:
        """Each rule that the text misses, with what to change, in the language of who writes."""
        found = []
        if self.mean_words > MEAN_WORDS:
            found.append(
                _("Make sentences shorter: %(mean)s words on average, 12 is the most.")
                % {"mean": f"{self.mean_words:.1f}"}
            )
        if len(self.longest) > LONGEST:
            found.append(_("Cut this sentence in two: %(words)s") % {"words": " ".join(self.longest)})
        if self.long_share > LONG_AT_MOST:
            found.append(
                _("%(share)s of the sentences have more than 15 words; 10%% is the most.")
                % {"share": f"{self.long_share:.0%}"}
            )
        if self.formal:
            found.append(_("Say it as you would aloud: %(words)s") % {"words": ", ".join(self.formal)})
        if len(self.passive) > PASSIVE_AT_MOST * len(self.sentences):
            found.append(_("Say who does it: %(words)s") % {"words": " ".join(self.passive[0])})
        if self.ease < EASE_AT_LEAST:
            found.append(
                _("The text reads hard (Flesch-Douma %(ease)s, 70 is good). Choose shorter words.")
                % {"ease": f"{self.ease:.0f}"}
            )
        return found

    def add(self, block: str) -> None:
        """Read a paragraph, or a heading."""
        words = " ".join(word for word in block.split() if "@" not in word)  # an address is not read
        text = SHORTENED.sub(lambda found: found.group().replace(".", ""), words)
        for sentence in END.split(text):
            parts = WORD.findall(sentence)
            if not parts:
                continue
            # A capital inside a sentence is a name.
            self.names.update(word for word in parts[1:] if word[0].isupper())
            whole = sentence.rstrip('"”’) ').endswith((".", "!", "?", "…"))
            (self.sentences if whole else self.fragments).append(parts)


def read(text: str) -> Reading:
    """The reading of a text of one paragraph on a line."""
    reading = Reading()
    for line in text.splitlines():
        reading.add(line)
    return reading


@cache
def formal_words() -> list[str]:
    """The formal list: words that people do not say to each other."""
    lines = (line.split("#")[0].strip().lower() for line in FORMAL.read_text().splitlines())
    return [line for line in lines if line]


VOWELS = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|au|ou|[aeiouyáéíóúàèùâêîôûäëïöü]")


def syllables(word: str) -> int:
    """Syllables of a Dutch word, by its vowel sounds; a trema begins a new one."""
    return max(1, len(VOWELS.findall(word.lower())))


BECOME = {"word", "wordt", "worden", "werd", "werden", "geworden"}
BE = {"ben", "bent", "is", "zijn", "was", "waren", "wees"}
PARTICIPLE = re.compile(r"^(?:\w+ge|ge|be|ver|ont|her|er)\w{2,}[dtn]$")
# Look like participles, and are none.
NO_PARTICIPLES = set(
    """
    geld geduld gezond gebied gerecht gewicht gezicht geluid gevoel geen gemeenten gewoon bekend
    beroemd verplicht verstand verschil verbod verband verslagen beste gesprekken gegevens geweest
    benen bedrijven begeleiden vertellen vergeten beginnen gebruiken geven gebeuren geloven
    genieten verliezen verlaten bereiken betekent gevoelens gedachten verhalen bergen beelden eruit
    erbij ervaringen hernieuwd
    """.split()  # noqa: SIM905 - as one reads it
)


def is_passive(words: list[str]) -> bool:
    """Whether a sentence is passive: a form of *worden*, or of *zijn* with *door*, and a participle.

    *Ik word moe* has no participle; *dat is gebeurd* is no passive, so *zijn* counts with *door* alone.
    """
    lower = [word.lower() for word in words]
    participle = any(PARTICIPLE.match(word) and word not in NO_PARTICIPLES for word in lower)
    if not participle:
        return False
    return bool(BECOME & set(lower)) or bool(BE & set(lower) and "door" in lower)
