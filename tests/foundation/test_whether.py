"""`Whether` asks the database what a subquery of Django would, with the words made once."""

import pytest
from django.db.models import Exists, OuterRef, Q, Value

from mmm.accounts.models import User
from mmm.foundation import whether
from mmm.foundation.whether import Whether
from tests import cast

pytestmark = pytest.mark.django_db


def _namesakes(name, language):
    return User.objects.filter(Q(name__iexact=name) | Q(name=""), language=language, is_active=True)


def test_it_finds_what_exists_finds_also_when_tables_have_the_same_name():
    for name in ("Sam", "sam", "Henk"):
        cast.person(name)
    User.objects.filter(name="Henk").update(language="en")
    wanted = User.objects.filter(
        Exists(User.objects.filter(name__iexact=OuterRef("name"), language="nl", is_active=True))
    )
    found = User.objects.annotate(spoken=Value("nl")).filter(Whether(_namesakes, "name", "spoken"))
    assert set(found) == set(wanted) == set(User.objects.filter(language="nl"))
    inside = User.objects.filter(id__in=found.values("id")).exclude(Whether(_namesakes, "name", "language"))
    assert not inside.exists()


def test_it_puts_the_query_into_words_once():
    whether._in_words.cache_clear()
    for _ in range(3):
        list(User.objects.filter(Whether(_namesakes, "name", "language")))
    assert whether._in_words.cache_info().misses == 1
