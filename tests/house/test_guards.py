"""The guards themselves: they see what they must see."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from tests import guards

pytestmark = pytest.mark.django_db


def test_write_inside_the_guard_is_found() -> None:
    with guards.no_writes(), pytest.raises(guards.GetWrote, match="django_content_type"):
        ContentType.objects.create(app_label="x", model="y")
    with guards.no_writes(), pytest.raises(guards.GetWrote):
        ContentType.objects.filter(app_label="x").update(model="z")
    with guards.no_writes(), connection.cursor() as cursor, pytest.raises(guards.GetWrote):
        cursor.execute("DELETE FROM django_content_type WHERE id = -1")


def test_reading_and_allowed_tables_pass() -> None:
    with guards.no_writes():
        assert ContentType.objects.count()
    with guards.no_writes("django_content_type"):
        ContentType.objects.create(app_label="x", model="y")


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ('INSERT INTO "audit_look" ("a") VALUES (1)', "audit_look"),
        ("INSERT OR IGNORE INTO consent_grant (a) VALUES (1)", "consent_grant"),
        ("  update consent_grant set a = 1", "consent_grant"),
        ('WITH x AS (SELECT 1) DELETE FROM "stories_part"', "stories_part"),
        ("SELECT 1 -- UPDATE nothing", None),
        ("SAVEPOINT s1", None),
    ],
)
def test_statement_is_read_as_what_it_is(statement: str, table: str | None) -> None:
    assert guards.written_table(statement) == table


def test_questions_are_counted_and_repeats_found() -> None:
    with guards.questions() as asked:
        ContentType.objects.filter(app_label="auth").count()
        ContentType.objects.filter(app_label="auth").count()
        ContentType.objects.filter(app_label="sessions").count()
    assert len(asked) == 3
    assert len(asked.repeated()) == 1
