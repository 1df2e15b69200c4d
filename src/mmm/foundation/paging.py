"""Long lists in pages, without counting them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

T = TypeVar("T")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Part of a list. `number` counts from 1; `previous` and `next` are page numbers or None."""

    items: Sequence[T]
    number: int
    previous: int | None
    next: int | None


def number_from(given: str | None) -> int:
    """Page number from an address; 1 for anything that is none."""
    return max(1, int(given)) if given and re.fullmatch("[0-9]{1,6}", given) else 1


def page(rows: QuerySet[M], *, number: int, size: int) -> Page[M]:
    """Page `number` of ordered `rows`, `size` a page: one query, one row more than shown."""
    first = (number - 1) * size
    found = list(rows[first : first + size + 1])
    return Page(
        items=found[:size],
        number=number,
        previous=number - 1 if number > 1 else None,
        next=number + 1 if len(found) > size else None,
    )
