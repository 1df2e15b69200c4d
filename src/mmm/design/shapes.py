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
