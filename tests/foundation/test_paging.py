"""Long lists come in pages, one query each."""

from typing import Any

import pytest

from mmm.foundation import paging
from mmm.foundation.tasks.models import Tick

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("given", "number"),
    [(None, 1), ("", 1), ("3", 3), ("0", 1), ("-2", 1), ("x", 1), ("²", 1), ("1" * 99, 1)],
)
def test_page_number_from_an_address_is_always_a_page(given: str | None, number: int) -> None:
    assert paging.number_from(given) == number


def test_pages_know_their_neighbours_without_counting(django_assert_num_queries: Any) -> None:
    Tick.objects.bulk_create(Tick(name=str(n), due_at="2026-01-01T00:00Z") for n in range(5))
    found = []
    for number in (1, 2, 3, 4):
        with django_assert_num_queries(1):
            page = paging.page(Tick.objects.order_by("name"), number=number, size=2)
        found.append(([tick.name for tick in page.items], page.previous, page.next))
    assert found == [(["0", "1"], None, 2), (["2", "3"], 1, 3), (["4"], 2, None), ([], 3, None)]
