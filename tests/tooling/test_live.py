"""The stand-in world of the journeys is the real stack."""

import urllib.request

import pytest
from playwright.sync_api import Page

from tests.live import Live

pytestmark = pytest.mark.journey


def test_first_page_opens_in_a_real_browser(live: Live, page: Page) -> None:
    answer = page.goto(live.url("/"))
    assert answer is not None
    assert answer.status == 200
    assert page.locator("h1").count() == 1


def test_mail_leaves_through_the_worker(live: Live) -> None:
    live.python(
        "from django.db import transaction\n"
        "from mmm.foundation.tasks import outbox\n"
        "with transaction.atomic():\n"
        "    outbox.post(to='one@mmm.example', subject='Code', body='123 456\\n', kind='x', key='1')\n"
    )
    assert live.post.code("one@mmm.example") == "123456"


def test_server_says_nothing_about_itself(live: Live) -> None:
    with urllib.request.urlopen(live.url("/healthz")) as answer:
        assert "uvicorn" not in str(answer.headers).lower()
