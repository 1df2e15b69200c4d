"""What somebody typed, made into a question. Any text at all makes one, or makes none: nothing is refused."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from mmm.content.search import words
from mmm.content.search.engines.shapes import Asked

LONGEST = 100  # characters that are read and shown again
MOST = 8  # words that count
BEGINNING = 3  # letters: from so many on, the last word may be the beginning of a longer one


@dataclass(frozen=True, slots=True)
class Question:
    """`shown` stands in the field again; `words` are all folded words, `counting` those asked for."""

    shown: str
    words: Sequence[str]
    counting: Sequence[str]


def read(typed: str) -> Question:
    """The question in this text, without marks that nobody can see and at most `LONGEST` characters."""
    clean = "".join(" " if unicodedata.category(each).startswith("C") else each for each in typed[:1000])
    shown = unicodedata.normalize("NFC", " ".join(clean.split()))[:LONGEST].strip()
    return Question(shown, tuple(words.split(shown)), ())


def counting(question: Question, language: str) -> Question:
    """The same, with the words that count: without those of every page, unless there are no others."""
    stop = words.stop_words(language)
    few = [word for word in question.words if word not in stop] or list(question.words)
    return Question(question.shown, question.words, tuple(dict.fromkeys(few))[:MOST])


def asked(counting: Sequence[str], language: str) -> list[Asked]:
    """For the engine: each word by its stems, the last one also as the beginning of a word."""
    found = []
    for number, word in enumerate(counting, 1):
        stems = words.stems(word, language)
        last = number == len(counting) and not word.isdigit()
        found.append(Asked(word, stems, beginning=last and len(word) >= BEGINNING))
    return found
