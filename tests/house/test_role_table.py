"""Role x address x thing x method: nobody gets what is not theirs, nobody is refused what is."""

import logging
import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import groupby

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import translate_url
from django.utils import translation

from tests import guards
from tests.house.table import (
    AGAIN,
    METHODS,
    MISSING,
    NOT_SO,
    OK,
    ROLES,
    ROWS,
    SIGN_IN,
    STEP,
    SWITCH,
    Row,
    methods_of,
    names,
)
from tests.house.world import World, made, nothing_stays

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.house.urls_demo")]
DEEP = bool(os.environ.get("MMM_DEEP"))
Cell = tuple[Row, str]
Judged = tuple[str, str, str]  # the cell in words, what the table says, what was met
KEY = "0123456789abcdef" * 2


@pytest.fixture(autouse=True)
def _no_kept_pages(caplog: pytest.LogCaptureFixture) -> None:
    cache.clear()
    caplog.set_level(logging.CRITICAL, "django.request")  # a warning for each refusal hides what went wrong


def in_english(address: str) -> str:
    """The English address of a Dutch one; the same when there is none."""
    with translation.override("nl"):
        return translate_url(address, "en")


def ask(
    client: Client, world: World, role: str, row: Row, method: str, *, english: bool = False
) -> HttpResponse:
    """One cell of the table."""
    world.enter(client, role)
    address = in_english(row.address(world)) if english else row.address(world)
    if method == "POST":
        return client.post(address, {**row.data(world), "once": KEY})  # type: ignore[return-value]
    return client.generic(method, address)  # type: ignore[return-value]


def outcome(answer: HttpResponse, row: Row, method: str) -> str:
    """What somebody met, in the words of the table."""
    templates = {template.name for template in answer.templates}  # type: ignore[attr-defined]
    to = answer.headers.get("Location", "")
    if answer.status_code in {404, 405}:
        return str(answer.status_code)
    if answer.status_code == 403:
        pages = {
            "accounts/sign_in.html": SIGN_IN,
            "accounts/again.html": AGAIN,
            "accounts/switch.html": SWITCH,
            "accounts/second_step.html": STEP,
            "accounts/step.html": STEP,
        }
        return next((what for name, what in pages.items() if name in templates), "403")
    if "inloggen/opnieuw/?next=" in to:
        return AGAIN
    if "inloggen/?next=" in to:
        return SIGN_IN
    if "tweede-stap/?next=" in to or "tweede-stap/invullen/?next=" in to:
        return STEP
    if row.name == "readyz":
        return OK if answer.status_code in {200, 503} else str(answer.status_code)
    good = row.done if method == "POST" else (200, 302)
    return OK if answer.status_code in good else str(answer.status_code)


def wrong_cells(judged: Iterator[Judged]) -> tuple[list[str], Counter[str]]:
    """Cells in which somebody met something else than the table says; and how often each outcome was met."""
    wrong, met = [], Counter[str]()
    for cell, expected, found in judged:
        met[found] += 1
        if found != expected:
            wrong.append(f"{cell}: {found} instead of {expected}")
    return wrong, met


def test_every_address_of_the_resolver_is_in_the_table() -> None:
    assert set(names()) == {row.name for row in ROWS}


def sampled(cells: list[Cell], seed: str) -> list[Cell]:
    """All in a deep run; else a tenth, by a fixed seed: every row keeps who finds its thing and who does not.

    Of each row one role that gets through and two that do not, as far as there are such roles.
    """
    if DEEP:
        return cells
    dice, chosen = random.Random(seed), list[Cell]()
    for _row, together in groupby(cells, key=lambda cell: id(cell[0])):
        of_row = list(together)
        dice.shuffle(of_row)
        through = [(row, role) for row, role in of_row if row.expected(role) == OK]
        refused = [(row, role) for row, role in of_row if row.expected(role) != OK]
        chosen += through[:1] + refused[:2]
    return chosen


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
def test_nobody_gets_what_is_not_theirs_and_nobody_is_refused_what_is(
    method: str, capsys: pytest.CaptureFixture[str]
) -> None:
    world, client = made(), Client()
    cells = [(row, role) for row in ROWS if method in row.methods for role in sorted(ROLES)]
    cells = sampled(cells, method)
    missing: set[bytes] = set()
    headers: dict[str, set[tuple[tuple[str, str], ...]]] = defaultdict(set)

    def judged() -> Iterator[Judged]:
        for row, role in cells:
            expected = row.expected(role)
            with nothing_stays(), ExitStack() as stack:
                if expected != OK:  # who is refused changes nothing; the once-key goes with its transaction
                    stack.enter_context(guards.no_writes("once_"))
                answer = ask(client, world, role, row, method)
            if answer.status_code == 404:
                missing.add(answer.content)
                headers[role].add(tuple(sorted(answer.headers.items())))
            yield f"{method} {row} as {role}", expected, outcome(answer, row, method)

    wrong, met = wrong_cells(judged())
    with capsys.disabled():
        print(f"\n  role table, {method}: {sum(met.values())} cells, {len(wrong)} wrong; {dict(met)}")
    assert not wrong, "\n".join(wrong)
    assert {OK, SIGN_IN, STEP, SWITCH, MISSING} <= set(met)  # in a sample, too
    # "Not there", "not yours" and an unknown address are one answer, byte for byte, headers included.
    nowhere = world.enter(client, "owner").generic(method, "/bestaat-niet/")
    assert missing == {nowhere.content}
    for role, found in headers.items():
        assert len(found) == 1, (role, set.union(*map(set, found)) - set.intersection(*map(set, found)))


# Their addresses are words of a language; each names the other one itself (tests/book).
BY_ITS_WORDS = {
    "book:story",
    "book:chapter",
    "book:profession",
    "book:publication",
    "book:recommendation",
    "book:news_item",
}


def test_the_english_address_is_guarded_as_the_dutch_one() -> None:
    world, client = made(), Client()
    there = [
        row
        for row in ROWS
        if "GET" in row.methods
        and row.name not in BY_ITS_WORDS
        and in_english(row.address(world)) != row.address(world)
    ]
    assert {row.name for row in there} >= {
        row.name for row in ROWS if "GET" in row.methods and row.name.startswith(("consent:r", "stories:"))
    }
    missing: set[bytes] = set()

    def judged() -> Iterator[Judged]:
        for row, role in sampled([(row, role) for row in there for role in sorted(ROLES)], "English"):
            with nothing_stays():
                answer = ask(client, world, role, row, "GET", english=True)
            if answer.status_code == 404:
                missing.add(answer.content)
            yield f"GET /en {row} as {role}", row.expected(role), outcome(answer, row, "GET")

    wrong, met = wrong_cells(judged())
    assert not wrong, "\n".join(wrong)
    assert met[OK] > 20
    assert len(missing) == 1


def test_other_methods_are_refused_to_everybody_before_anything_is_looked_for() -> None:
    world, client = made(), Client()
    cells = [
        (next(row for row in ROWS if row.name == name), role, method)
        for name in sorted(set(names()))
        for method in sorted(set(METHODS) - methods_of(name))
        for role in sorted(ROLES)
    ]
    chosen = cells if DEEP else random.Random("methods").sample(cells, len(cells) // 10)

    def judged() -> Iterator[Judged]:
        for row, role, method in chosen:
            with guards.no_writes():
                answer = ask(client, world, role, row, method)
            assert not answer.content
            yield f"{method} {row} as {role}", NOT_SO, outcome(answer, row, method)

    wrong, met = wrong_cells(judged())
    assert not wrong, "\n".join(wrong)
    assert met[NOT_SO] == len(chosen)


def test_a_wrong_line_in_the_table_is_found() -> None:
    """The table can fail: a page that is open to all, judged as one that is only for members."""
    world, client = made(), Client()
    row = Row("start:about", next(row for row in ROWS if row.name == "consent:worrying").door)

    def judged() -> Iterator[Judged]:
        for role in sorted(ROLES):
            found = outcome(ask(client, world, role, row, "GET"), row, "GET")
            yield f"GET {row} as {role}", row.expected(role), found

    wrong, _met = wrong_cells(judged())
    assert "GET start:about as anonymous: ok instead of sign in" in wrong
