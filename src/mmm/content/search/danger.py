"""Words after which the block "immediate danger" stands first: a fixed list, in `content/{nl,en}/danger.txt`.

In both languages whatever the page's own is, in every form of a word, and with a typing mistake: who is in a
crisis does not type neatly. When in doubt it shows; that costs nobody anything.
"""

from collections.abc import Sequence
from functools import cache

from mmm.content.search import words

_FORGIVEN_FROM = 6  # letters: "zelfmoort" is meant, "node" is not


def meant(asked: Sequence[str], language: str) -> bool:
    """Whether these folded words, typed on a page in this language, can be about danger."""
    for listed in words.LANGUAGES:
        # "die" is a Dutch word of its own on a Dutch page.
        known = asked if listed == language else [w for w in asked if w not in words.stop_words(language)]
        single, groups, sounds, begins = _listed(listed)
        # Stemming costs; a stem begins as its word does, perhaps after "ge".
        like = [word for word in known if word[:2] in begins or word.startswith("ge")]
        there = {stem for word in like for stem in words.stems(word, listed)}
        if not there.isdisjoint(single) or any(all(there & stems for stems in line) for line in groups):
            return True
        if any(
            _nearly(words.sound(word, listed), sounds) for word in known if len(word) >= _FORGIVEN_FROM - 1
        ):
            return True
    return False


def _nearly(heard: str, sounds: Sequence[str]) -> bool:
    near = (sound for sound in sounds if sound[0] == heard[0] or sound[1:3] == heard[1:3])
    return any(words.distance(heard, sound, most=1) <= 1 for sound in near)


@cache
def _listed(language: str) -> tuple[frozenset[str], list[list[frozenset[str]]], list[str], frozenset[str]]:
    """The list of a language: stems of single words, groups of words by their stems, sounds of long words.

    And the first two letters of all those stems.
    """
    text = (words.FOLDER / language / "danger.txt").read_text(encoding="utf-8")
    lines = [words.split(line) for line in text.splitlines() if line.strip() and not line.startswith("#")]
    alone = [line[0] for line in lines if len(line) == 1]
    groups = [[frozenset(words.stems(word, language)) for word in line] for line in lines if len(line) > 1]
    single = frozenset(stem for word in alone for stem in words.stems(word, language))
    begins = frozenset(stem[:2] for stem in single.union(*(stems for line in groups for stems in line)))
    return (
        single,
        groups,
        [words.sound(word, language) for word in alone if len(word) >= _FORGIVEN_FROM],
        begins,
    )
