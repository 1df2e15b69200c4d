"""What the bigger components are given: plain shapes, so that a room need not know our HTML.

Every `url` is an address that exists; an empty one means no link.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of "check your answers": the question, what was filled in, where to change it."""

    question: Text
    answer: Text
    change_url: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One reader in the share matrix: name and, below it, what they do and where."""

    name: Text
    line: Text = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """May this reader read this part; until when, and where to change that."""

    open: bool
    until: Text = ""
    action_url: str = ""
    action: Text = ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One part of the story with a cell for each column, in the same order."""

    title: Text
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Parts x readers."""

    caption: Text
    corner: Text
    columns: Sequence[Column]
    rows: Sequence[MatrixRow]

    @property
    def lines(self) -> list[tuple[MatrixRow, list[tuple[Column, Cell]]]]:
        """Rows with each cell beside its column: on a phone every cell names its reader itself."""
        return [(row, list(zip(self.columns, row.cells, strict=True))) for row in self.rows]


@dataclass(frozen=True, slots=True)
class LookLine:
    """One line of the look log: a whole sentence ("Marieke, jobcoach, las ..."), time, what one can do."""

    sentence: Text
    at: Text
    stop_url: str = ""
    stop: Text = ""
    wrong_url: str = ""
    wrong: Text = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One region on the tile map: column 1-6 and row 1-9, counted from the top left."""

    code: str
    name: str
    url: str
    column: int
    row: int
    current: bool = False


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story in a list. `told_by`: "worker", "employer" or "given" (by somebody real); `told` in words.

    `note`: what it is about that somebody may not want to read now; empty when nothing needs it. `key` and
    `sector` draw the picture; of a given one nobody is drawn.
    """

    url: str
    title: str
    intro: str
    who: str
    told_by: str
    told: Text
    minutes: int
    note: str
    key: str
    sector: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to filter by: its words, how many there are, and the address of the list with it."""

    value: str
    label: Text
    count: int
    url: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """A question to filter by. `name` stands in the address."""

    name: str
    label: Text
    choices: Sequence[Choice]

    @property
    def value(self) -> str:
        """What is chosen now, or empty."""
        return next((choice.value for choice in self.choices if choice.chosen), "")


@dataclass(frozen=True, slots=True)
class Filters:
    """The bar above a list: a few links that most people want, and a form for who looks further.

    `dropped`: what is chosen now, each with the address of the list without it.
    """

    action: str
    quick: Sequence[Choice]
    groups: Sequence[ChoiceGroup]
    dropped: Sequence[tuple[Text, str]] = ()
