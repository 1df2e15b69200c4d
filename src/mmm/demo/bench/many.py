"""Five thousand invented pages in each language, to measure searching. The same ones every time.

Words are as unequal as in any language (Zipf): a few stand on nearly every page, most on a handful.
"""

import random
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate

from mmm.foundation import doors
from mmm.foundation.doors import Document

PAGES, TEXT, WORDS = 5_000, 350, 15_000
AUDIENCES = ("workers", "professionals", "employers")
THEMES = tuple(f"proef-{number}" for number in range(12))
BEGINS = (
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "st",
    "t",
    "v",
    "w",
)
MIDDLES = ("a", "aa", "e", "ee", "i", "ie", "o", "oe", "u", "ij", "ou", "ei")
ENDS = ("", "", "en", "s", "el", "er", "t", "k", "ng", "m", "baar", "heid", "lijk", "ing")


@cache
def vocabulary() -> Sequence[str]:
    """Invented words, the most used first."""
    chance = random.Random("words")  # noqa: S311 - the same every time
    words: dict[str, None] = {}
    while len(words) < WORDS:
        parts = [chance.choice(BEGINS) + chance.choice(MIDDLES) for _ in range(chance.randint(2, 4))]
        words["".join(parts) + chance.choice(ENDS)] = None
    return tuple(words)


def documents(language: str) -> Iterator[Document]:
    """All of them, in this language."""
    chance = random.Random(language)  # noqa: S311 - the same every time
    words = vocabulary()
    weights = list(accumulate(1 / (rank + 10) for rank in range(WORDS)))
    rarer = list(accumulate(1 / (rank + 200) for rank in range(WORDS)))
    for number in range(PAGES):
        yield Document(
            f"{number}",
            " ".join(chance.choices(words, cum_weights=rarer, k=5)).capitalize(),
            " ".join(chance.choices(words, cum_weights=weights, k=20)),
            ". ".join(
                " ".join(chance.choices(words, cum_weights=weights, k=10)) for _sentence in range(TEXT // 10)
            ),
            path=f"/proef/{number}/",
            audiences=chance.sample(AUDIENCES, k=chance.randint(1, 2)),
            themes=chance.sample(THEMES, k=2),
        )


doors.searchable.register(doors.Searchable("proef", "Proefpagina", documents))
