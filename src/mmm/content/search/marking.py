"""The words that were found, marked in a title and in a piece of text."""

import re
from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString

from mmm.content.search import words
from mmm.content.search.engines.shapes import Asked

LONG, BEFORE = 200, 70  # characters of a piece, and of what stands before the first word in it
_LONG_STEM, _ENDING = 4, 3  # letters
_ACCENTED = re.compile("[aceinouy]")  # letters that may have been written with an accent


class Marker:
    """Marks the words of one question."""

    def __init__(self, asked: Sequence[Asked], language: str):
        self._language = language
        self._stems = {stem for each in asked for stem in each.stems}
        self._long = tuple(stem for stem in self._stems if len(stem) >= _LONG_STEM)
        self._near = tuple(each.word[:4] for each in asked)
        self._beginnings = tuple(each.word for each in asked if each.beginning)
        # To stem every word of a long text costs too much. What belongs to a word begins with half of it or
        # of one of its stems, perhaps after "ge": only those words are looked at.
        self._starts = tuple({_half(start) for each in asked for start in (each.word, *each.stems)})
        spelled = "|".join(_ACCENTED.sub(r"\\w", start) for start in self._starts)
        self._candidates = re.compile(rf"\b(?:ge)?(?:{spelled})[\w'’]*", re.IGNORECASE) if spelled else None

    def spans(self, text: str, begin: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """Where the words are that belong to the question, in the text or in this piece of it."""
        if self._candidates is None:
            return []
        found = self._candidates.finditer(text, begin, len(text) if end is None else end)
        return [each.span() for each in found if self._belongs(each.group())]

    def _first(self, text: str) -> int | None:
        """Where the first word is that belongs to the question; of a family, first one that looks alike.

        Words of one family may look unlike each other ("gegevens", "geeft").
        """
        unlike = []
        for each in self._candidates.finditer(text) if self._candidates else ():
            if not words.fold(each.group()).startswith(self._near):
                unlike.append(each)
            elif self._belongs(each.group()):
                return each.start()
        return next((each.start() for each in unlike if self._belongs(each.group())), None)

    def _belongs(self, written: str) -> bool:
        for word in words.split(written):
            if self._beginnings and word.startswith(self._beginnings):
                return True
            # Nearly always the word is a stem and its ending; stemming it to be sure costs far more.
            if any(word.startswith(stem) and len(word) <= len(stem) + _ENDING for stem in self._long):
                return True
            begins = word.startswith(self._starts) or word.removeprefix("ge").startswith(self._starts)
            if begins and not self._stems.isdisjoint(words.stems(word, self._language)):
                return True
        return False

    def result(self, title: str, intro: str, text: str) -> tuple[SafeString, SafeString]:
        """The title, and under it the introduction, or the place in the text where the words are."""
        in_title, in_intro = self.spans(title), self.spans(intro)
        marked = _marked(title, in_title, 0, len(title))
        if in_title or in_intro or (first := self._first(text)) is None:
            return marked, _marked(intro, in_intro, 0, _end(intro, 0))
        begin = _begin(text, first)
        end = _end(text, begin)
        return marked, _marked(text, self.spans(text, begin, end), begin, end)


def _half(start: str) -> str:
    return start[: max(3, (len(start) + 1) // 2)]


def _begin(text: str, found: int) -> int:
    """Where a piece begins: with the sentence, or a few words before what was found."""
    sentence = max(text.rfind(end, max(found - BEFORE, 0), found) for end in (". ", "? ", "! ", "\n"))
    if sentence >= 0:
        return sentence + (1 if text[sentence] == "\n" else 2)
    return text.find(" ", found - BEFORE) + 1 if found > BEFORE else 0


def _end(text: str, begin: int) -> int:
    if len(text) - begin <= LONG:
        return len(text)
    space = text.rfind(" ", begin, begin + LONG)
    return space if space > begin else begin + LONG


def _marked(text: str, spans: Sequence[tuple[int, int]], begin: int, end: int) -> SafeString:
    parts, at = ["… " if begin else ""], begin
    for first, last in spans:
        if first < at or last > end:
            continue
        parts += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
        at = last
    parts += [escape(text[at:end]), " …" if end < len(text) else ""]
    # Between two blocks of a page stands a line break.
    return SafeString("".join(parts).replace("\n", " … "))  # every piece of text in it was escaped
