"""The test databases themselves: what a test commits is gone in the next."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connections

from tests import databases


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_real_commits_do_not_reach_the_next_test(turn: int) -> None:
    assert not ContentType.objects.filter(app_label="nothing").exists()
    ContentType.objects.create(app_label="nothing", model=f"turn{turn}")


def test_every_test_has_the_three_databases(db: None) -> None:
    for alias in databases.ALIASES:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_migrations")
            assert cursor.fetchone()[0] > 0
