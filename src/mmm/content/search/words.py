"""Words as search compares them: folded, stemmed, and by their sound; in the index as in a question.

Both databases get these words ready made, so that they answer alike.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

import snowballstemmer

LANGUAGES = ("nl", "en")
LONGEST = 40  # letters of a word that count
_KEPT = 50_000  # words whose stems are remembered while an index is built
FOLDER = Path(__file__).parent / "content"
# Snowball's two Dutch stemmers see other families: Kraaij-Pohlmann knows that "gewerkt" belongs to "werk",
# Porter's that "kwetsbare" belongs to "kwetsbaar". A word stands in the index under both.
_ALGORITHMS = {"nl": ("dutch", "dutch_porter"), "en": ("english",)}
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Dutch sounds that are written in more than one way, for people who write as they hear.
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sch(?=[^aeiou]|$)", "s"),
        (r"ch", "g"),
        (r"ei|ij", "y"),
        (r"ou|auw|ouw", "au"),
        (r"c(?=[aouklrt])|q", "k"),
        (r"ph", "f"),
        (r"dt|d$", "t"),
        (r"z", "s"),
        (r"v", "f"),
        (r"(.)\1+", r"\1"),
    )
]


def fold(text: str) -> str:
    """Lower case without accents: "Één" -> "een"."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


def tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """(begin, end, folded word) of each word; "regio's" is one word, and counts as "regio"."""
    for found in _WORD.finditer(text):
        if word := _folded(found.group()):
            yield found.start(), found.end(), word


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    word = re.sub(r"['’]s$", "", word)
    return "".join(re.findall(r"[^\W_]+", fold(word)))[:LONGEST]


def split(text: str) -> list[str]:
    """The folded words of a text."""
    return [word for _begin, _end, word in tokens(text)]


@cache
def _stemmers(language: str) -> list[snowballstemmer.stemmer]:
    return [snowballstemmer.stemmer(name) for name in _ALGORITHMS[language]]


@lru_cache(maxsize=20_000)
def stems(word: str, language: str) -> tuple[str, ...]:
    """The stems of a folded word, one or two, each stemmed until nothing changes ("grenzen", "grens")."""
    found = []
    for stemmer in _stemmers(language):
        stem, before = word, ""
        while stem != before:
            before, stem = stem, stemmer.stemWord(stem)
        found.append(stem or word)
    return tuple(dict.fromkeys(found))


_written: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}


def lexemes(text: str, language: str) -> str:
    """What stands in the index for a text: each word as it is written and its stems, in their order.

    Few words make up most of any text, so each is worked out once.
    """
    known, parts = _written[language], []
    if len(known) > _KEPT:
        known.clear()
    for found in _WORD.findall(text):
        lexeme = known.get(found)
        if lexeme is None:
            word = _folded(found)
            lexeme = " ".join(dict.fromkeys((word, *stems(word, language)))) if word else ""
            known[found] = lexeme
        parts.append(lexeme)
    return " ".join(parts)


@cache
def stop_words(language: str) -> frozenset[str]:
    """Words that are on every page; a question of other words is asked without them."""
    return frozenset(split((FOLDER / language / "stop.txt").read_text(encoding="utf-8")))


@lru_cache(maxsize=20_000)
def sound(word: str, language: str) -> str:
    """How a folded word sounds, roughly: two spellings of one sound are the same."""
    if language == "nl":
        for pattern, heard in _SOUNDS:
            word = pattern.sub(heard, word)
    return word


def grams(word: str, language: str) -> set[str]:
    """The runs of three letters of how a word sounds, with its begin and end marked."""
    marked = f" {sound(word, language)} "
    return {marked[n : n + 3] for n in range(len(marked) - 2)}


def misses(word: str, language: str) -> set[str]:
    """How a word sounds, and what stays of that without one of its letters; "=" keeps them apart from grams.

    Two words that are one mistake apart always have one of these in common.
    """
    heard = sound(word, language)
    return {f"={heard}", *(f"={heard[:place]}{heard[place + 1 :]}" for place in range(len(heard)))}


def allowed(word: str) -> int:
    """How many mistakes in a word of this length are forgiven."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2 if len(word) < 13 else 3


def distance(one: str, other: str, *, most: int) -> int:
    """Letters added, left out, changed or swapped between two words; `most` + 1 when there are more.

    Damerau's distance in its restricted form (optimal string alignment).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    alike = 0
    while alike < min(len(one), len(other)) and one[alike] == other[alike]:
        alike += 1
    one, other = one[alike:], other[alike:]
    older: list[int] = []
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, against in enumerate(other, 1):
            cost = min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != against))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against
            if swapped:
                cost = min(cost, older[column - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return most + 1
        older, before = before, now
    return min(before[-1], most + 1)


def nearest(word: str, candidates: Sequence[tuple[str, int]], language: str) -> list[str]:
    """Of (word, how often it stands in titles): those that can be meant, the nearest first."""
    most, heard = allowed(word), sound(word, language)
    found = []
    for candidate, uses in candidates:
        by_sound = distance(heard, sound(candidate, language), most=most)
        if by_sound <= most:
            by_letter = distance(word, candidate, most=6)
            found.append((by_sound, by_letter, candidate[:1] != word[:1], -uses, candidate))
    return [each[-1] for each in sorted(found)]
