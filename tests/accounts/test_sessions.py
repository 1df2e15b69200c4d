"""A stolen database is no way into anybody's session."""

import pytest
from django.conf import settings

from mmm.accounts.models import Session
from tests import cast

pytestmark = pytest.mark.django_db


def test_the_key_in_the_cookie_stands_nowhere_in_the_database() -> None:
    client = cast.client_of(cast.person())
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.get("/mijn-verhaal/").status_code == 200
    row = Session.objects.get()
    assert key not in {row.session_key, row.session_data}
    client.cookies[settings.SESSION_COOKIE_NAME] = row.session_key
    assert client.get("/mijn-verhaal/").status_code == 302
