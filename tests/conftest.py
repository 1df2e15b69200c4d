"""Fixtures of the whole suite. See docs/testing.md."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests import databases
from tests.browser import browser, page
from tests.live import Live, running

__all__ = ["browser", "page"]

# A test with one of these runs on each engine.
ENGINE_FIXTURES = {"db", "transactional_db", "live"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give every test that touches a database all three, and leave out what is not for this engine."""
    without: list[pytest.Item] = []
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        marker = item.get_closest_marker("django_db")
        if marker or {"db", "transactional_db"} & set(fixtures):
            options: dict[str, Any] = {"databases": databases.ALIASES, **(marker.kwargs if marker else {})}
            if "transactional_db" in fixtures:
                options["transaction"] = True
            item.add_marker(pytest.mark.django_db(**options), append=False)
        elif (
            databases.SERVER
            and not ENGINE_FIXTURES & set(fixtures)
            and not item.get_closest_marker("pg_only")
        ):
            without.append(item)  # the SQLite run has shown it; no database plays a part
        if item.get_closest_marker("pg_only" if not databases.SERVER else "sqlite_only"):
            without.append(item)
    if without:
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if item not in set(without)]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """Copies of the migrated template; a test with real commits puts them back afterwards."""
    from django.test import TransactionTestCase

    made = databases.template()
    with django_db_blocker.unblock():
        made.restore()
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
    # A flush would also remove the shipped content and miss what triggers guard; a copy is exact, and faster.
    TransactionTestCase._fixture_teardown = lambda self: made.restore()  # type: ignore[attr-defined]
    try:
        yield
    finally:
        TransactionTestCase._fixture_teardown = flush  # type: ignore[attr-defined]
        with django_db_blocker.unblock():
            made.drop()


@pytest.fixture(scope="session")
def template() -> databases.Sqlite | databases.Postgres:
    """The migrated and filled template that databases are copied from."""
    return databases.template()


@pytest.fixture(scope="session")
def live(template: databases.Sqlite | databases.Postgres) -> Iterator[Live]:
    """The real stack, once per process: use addresses and people of your own in each test."""
    with running(template) as started:
        yield started


@pytest.fixture(autouse=True)
def _nothing_of_another_test() -> None:
    """The page cache and the active language live in this process and outlive a test."""
    from django.core.cache import cache
    from django.utils import translation

    translation.activate("nl")  # an English page before this one leaves its language behind
    cache.clear()
