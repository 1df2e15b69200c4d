"""House rule for GET: it writes the look log, in `cache`, and the session row when its expiry slides."""

import datetime as dt
import os
import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.db import connections, transaction
from django.test import Client

from mmm.foundation import clock
from tests import guards
from tests.house.table import ROLES, ROWS, Row
from tests.house.world import World, made

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.house.urls_demo")]
DEEP = bool(os.environ.get("MMM_DEEP"))
LOOK_LOG = {"audit_look", "audit_head"}
# Where somebody reads words of another.
LOOKS = {"consent:read", "region:reply", "stories:given_edit"}
SESSION = {"accounts_session"}


@contextmanager
def written() -> Iterator[set[str]]:
    """The tables written to inside, in any database; everything is undone afterwards."""
    tables: set[str] = set()
    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        with guards.questions() as asked:
            yield tables
        tables |= {table for statement, _ in asked if (table := guards.written_table(statement))}
        for alias in connections:
            transaction.set_rollback(True, using=alias)


def reads(world: World) -> list[tuple[str, Row, str]]:
    """Every cell that reads; HEAD by a fixed sample, because Django answers it as GET without the body."""
    ways = [(row, way) for row in ROWS for way in ("GET", "HEAD") if way in row.methods]
    cells = [(role, row, way) for row, way in ways for role in sorted(ROLES)]
    if DEEP:
        return cells
    # One role of each kind; everybody where the look log is written.
    kinds = {"anonymous", "owner", "reader", "coordinator", "editor"}
    chosen = [cell for cell in cells if cell[0] in kinds or cell[1].name in LOOKS]
    heads = [cell for cell in chosen if cell[2] == "HEAD"]
    kept = set(map(id, random.Random("HEAD").sample(heads, len(heads) // 5)))
    return [cell for cell in chosen if cell[2] == "GET" or id(cell) in kept]


def test_no_read_writes_but_the_look_log_where_somebody_reads_and_finds() -> None:
    world, client = made(), Client()
    looked = 0
    for role, row, method in reads(world):
        with written() as tables:
            world.enter(client, role).generic(method, row.address(world))
        finds = row.name in LOOKS and row.expected(role) == "ok"
        looked += finds
        assert tables == (LOOK_LOG if finds else set()), f"{method} {row} as {role} wrote {tables}"
    assert looked >= 4


def test_a_session_that_slides_is_all_that_a_page_writes() -> None:
    world, client = made(), Client()
    with clock.moved(dt.timedelta(minutes=11)):
        for row in ROWS:
            if "GET" in row.methods and row.name not in {"healthz", "readyz"}:
                with written() as tables:
                    world.enter(client, "owner").get(row.address(world))
                assert tables <= SESSION, f"{row} wrote {tables}"
    with clock.moved(dt.timedelta(minutes=11)), written() as tables:
        world.enter(client, "owner").get("/mijn-verhaal/")
    assert tables == SESSION


def test_a_page_fetched_ahead_touches_no_database() -> None:
    world, client = made(), Client()
    for row in ROWS:
        if "GET" in row.methods:
            with guards.questions() as asked:
                answer = world.enter(client, "reader").get(
                    row.address(world), headers={"Sec-Purpose": "prefetch"}
                )
            assert answer.status_code == 503
            assert asked == []


def test_a_get_that_writes_is_found() -> None:
    world, client = made(), Client()
    post = next(row for row in ROWS if row.name == "consent:begin")
    thing = {"things": world["owner"].user.story_parts.first().id.hex, "once": "0" * 32}
    with written() as tables:
        world.enter(client, "owner").post(post.address(world), thing)
    assert "consent_draft" in tables
    with pytest.raises(guards.GetWrote), guards.no_writes():
        world.enter(client, "owner").post(post.address(world), thing)
