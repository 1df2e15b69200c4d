"""Fixtures of the whole suite. See docs/testing.md."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests import databases


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every test that touches a database all three, and leave out what is not for this engine."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        marker = item.get_closest_marker("django_db")
        if marker or {"db", "transactional_db"} & set(fixtures):
            options: dict[str, Any] = {"databases": databases.ALIASES, **(marker.kwargs if marker else {})}
            if "transactional_db" in fixtures:
                options["transaction"] = True
            item.add_marker(pytest.mark.django_db(**options), append=False)
        if item.get_closest_marker("sqlite_only") and databases.SERVER:
            item.add_marker(pytest.mark.skip(reason="about SQLite alone"))
        if item.get_closest_marker("pg_only") and not databases.SERVER:
            item.add_marker(pytest.mark.skip(reason="about PostgreSQL alone"))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """Copies of the migrated template; a test with real commits puts them back afterwards."""
    from django.test import TransactionTestCase

    with django_db_blocker.unblock():
        made = databases.make()
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
    # A flush would also remove the shipped content and miss what triggers guard; a copy is exact, and faster.
    TransactionTestCase._fixture_teardown = lambda self: made.restore()  # type: ignore[attr-defined]
    try:
        yield
    finally:
        TransactionTestCase._fixture_teardown = flush  # type: ignore[attr-defined]
        with django_db_blocker.unblock():
            made.drop()
