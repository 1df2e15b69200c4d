"""Data classes of house rule 3: every model field says which kind of data it holds.

P0 public - P1 account and contact - P2 what I want, can and need at work - P3 story, situation, private
reflections - TRACE ids, keys between rows, states, dates and counts.
"""

from collections.abc import Callable
from enum import Enum
from typing import TypeVar

from django.db import models


class DataClass(Enum):
    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    TRACE = "trace"


P0, P1, P2, P3, TRACE = DataClass.P0, DataClass.P1, DataClass.P2, DataClass.P3, DataClass.TRACE

M = TypeVar("M", bound=type[models.Model])
_declared: dict[str, dict[str, DataClass]] = {}


def classified(**fields: DataClass) -> Callable[[M], M]:
    """Class decorator: `@classified(id=TRACE, text=P3)` names the data class of every field of a model."""

    def declare(model: M) -> M:
        _declared[model._meta.label] = fields
        return model

    return declare


def declare(label: str, /, **fields: DataClass) -> None:
    """The same for a model of a library, e.g. `declare("account.EmailAddress", email=P1, ...)`."""
    _declared[label] = fields


def classes_of(label: str) -> dict[str, DataClass]:
    """Declared classes of the model with this label; empty when none were declared."""
    return _declared.get(label, {})
