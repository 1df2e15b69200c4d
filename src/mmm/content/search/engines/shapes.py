"""What the engines are given and what they give."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of a question, and its stems. `beginning`: it may stand for longer words, too."""

    word: str
    stems: Sequence[str]
    beginning: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the index: the words and stems of each field of a document (`words.lexemes`)."""

    id: int
    title: str
    intro: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A document that was found."""

    kind: str
    key: str
    path: str
    title: str
    intro: str
    text: str
    date: dt.date | None
    until: dt.date | None


# For the others, after the `best`: nothing when those are enough, and none of those again.
UNLESS_ENOUGH = " AND (SELECT count(*) FROM best) < %s AND {id} NOT IN (SELECT id FROM best)"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which documents count: of this kind, and with all of these facets (" voor:worker ")."""

    kind: str = ""
    facets: Sequence[str] = ()

    @property
    def sql(self) -> str:
        """As conditions on the table `search_document d`, with a leading AND."""
        return (" AND d.kind = %s" if self.kind else "") + " AND d.facets LIKE %s" * len(self.facets)

    @property
    def parameters(self) -> list[str]:
        """For the placeholders of `sql`."""
        return [*([self.kind] if self.kind else []), *(f"%{facet}%" for facet in self.facets)]
