"""A form that is sent twice, or ten times at once, has one effect."""

import datetime as dt
import json
import re
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connections
from django.http import HttpResponse, JsonResponse
from django.template.response import SimpleTemplateResponse
from django.test import Client

from mmm.foundation import clock, ids, once
from mmm.foundation.once.models import OnceKey
from mmm.foundation.once.tasks import prune
from mmm.foundation.tasks.models import Task

pytestmark = [pytest.mark.urls("tests.foundation.urls_cellar"), pytest.mark.django_db]


def effects() -> int:
    return Task.objects.filter(name="effect").count()


def somebody() -> Any:
    return get_user_model().objects.create_user(name="Sam", vault_id=ids.new())


def key() -> str:
    return secrets.token_hex(16)


def at_once(posts: int, post: Callable[[int], HttpResponse]) -> list[HttpResponse]:
    """`posts` posts in as many threads, each with a database connection of its own."""

    def in_thread(number: int) -> HttpResponse:
        try:
            return post(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(posts) as pool:
        return list(pool.map(in_thread, range(posts)))


@pytest.mark.parametrize("given", [None, "", "abc", "G" * 32, "a" * 33, "A" * 32, "a" * 32 + "\n"])
def test_form_without_a_proper_key_is_a_bad_request(client: Client, given: str | None) -> None:
    answer = client.post("/story/", {"words": "x"} | ({} if given is None else {"once": given}))
    assert answer.status_code == 400
    assert effects() == 0


def test_second_post_gets_the_first_answer_and_has_no_effect(client: Client) -> None:
    form = {"once": key(), "words": "my dream"}
    answers = [client.post("/story/", form) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert len({answer["Location"] for answer in answers}) == 1
    assert effects() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("signed_in", [True, False])
def test_ten_parallel_posts_have_one_effect_and_all_get_its_answer(client: Client, signed_in: bool) -> None:
    if signed_in:
        client.force_login(somebody(), backend=settings.AUTHENTICATION_BACKENDS[0])
    else:
        client.get("/story/")
    form = {"once": key(), "words": "my dream"}

    def post(_: int) -> HttpResponse:
        browser = Client()
        browser.cookies = client.cookies
        return browser.post("/story/", form)  # type: ignore[return-value]

    answers = at_once(10, post)
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1
    assert effects() == 1


@pytest.mark.django_db(transaction=True)
def test_parallel_posts_with_errors_then_one_effect_for_the_right_one() -> None:
    once_key = key()

    def post(number: int) -> HttpResponse:
        words = "my dream" if number == 5 else "too long"
        return Client().post("/story/", {"once": once_key, "words": words})  # type: ignore[return-value]

    assert sorted(answer.status_code for answer in at_once(10, post)) == [302] + 9 * [422]
    assert effects() == 1


def test_page_with_errors_rolls_everything_back_and_leaves_the_key_free(client: Client) -> None:
    form = {"once": key(), "words": "too long"}
    answer = client.post("/story/", form)
    assert answer.status_code == 422
    assert b"too long" in answer.content
    assert (effects(), OnceKey.objects.count()) == (0, 0)
    assert client.post("/story/", form | {"words": "short"}).status_code == 302
    assert effects() == 1


def test_words_changed_after_going_back_are_not_lost(client: Client) -> None:
    once_key = key()
    first = client.post("/story/", {"once": once_key, "words": "my dream"})
    second = client.post("/story/", {"once": once_key, "words": "my dream, longer"})
    assert first["Location"] != second["Location"]
    assert effects() == 2


def test_view_that_fails_leaves_nothing(client: Client) -> None:
    with pytest.raises(TypeError, match="unrendered"):
        client.post("/rendered/", {"once": key()})
    with pytest.raises(TypeError, match=r"once\.done"):
        client.post("/unmarked/", {"once": key()})
    assert (effects(), OnceKey.objects.count()) == (0, 0)


def test_autosave_gets_its_json_again(client: Client) -> None:
    form = {"once": key(), "words": "my dream"}
    answers = [client.post("/autosave/", form, headers={"X-Autosave": "1"}) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert answers[1]["Content-Type"] == "application/json"
    assert effects() == 1
    # The button under the same words is another post: it gets its own answer.
    assert client.post("/autosave/", form).json() != answers[0].json()


def test_refused_autosave_leaves_the_key_free(client: Client) -> None:
    form = {"once": key(), "words": "refused"}
    assert [client.post("/autosave/", form).status_code for _ in range(2)] == [422, 422]
    assert (effects(), OnceKey.objects.count()) == (0, 0)


def test_only_short_plain_answers_can_be_kept() -> None:
    with pytest.raises(TypeError):
        once.done(SimpleTemplateResponse("x"))
    with pytest.raises(ValueError, match="too long"):
        once.done(JsonResponse({"text": "x" * 2000}))


def test_key_of_another_browser_or_form_is_another_key(client: Client) -> None:
    form = {"once": key(), "words": "my dream"}
    client.get("/story/")
    other = Client()
    other.get("/story/")
    assert client.post("/story/", form)["Location"] != other.post("/story/", form)["Location"]
    client.post("/autosave/", form)
    assert effects() == 3


def test_stored_row_holds_no_words_and_not_the_key(client: Client) -> None:
    form = {"once": key(), "words": "qwrtzp"}
    client.post("/story/", form)
    row = json.dumps(OnceKey.objects.values().get(), default=str)
    assert "qwrtzp" not in row
    assert form["once"] not in row


@pytest.mark.django_db(transaction=True)
def test_double_click_on_sign_in_signs_in_once_and_stays_signed_in() -> None:
    user = somebody()
    browser = Client()
    session = browser.session
    session["going to"] = "/"
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    form = {"once": key(), "code": "123456"}

    def post(_: int) -> HttpResponse:
        tab = Client()
        tab.cookies.load({settings.SESSION_COOKIE_NAME: session.session_key})
        return tab.post("/sign-in/", form)  # type: ignore[return-value]

    answers = at_once(6, post)
    assert {answer.status_code for answer in answers} == {302}
    assert effects() == 1
    cookies = {answer.cookies[settings.SESSION_COOKIE_NAME].value for answer in answers}
    assert len(cookies) == 1
    after = Client()
    after.cookies.load({settings.SESSION_COOKIE_NAME: cookies.pop()})
    assert after.get("/who/").content.decode() == str(user.pk)


def test_sign_in_sent_again_with_the_new_cookies_has_no_second_effect(client: Client) -> None:
    user = somebody()
    client.get("/story/")
    form = {"once": key(), "code": "123456"}
    client.post("/sign-in/", form)
    assert client.post("/sign-in/", form).status_code == 302
    assert effects() == 1
    assert client.get("/who/").content.decode() == str(user.pk)


def test_sign_in_sent_again_after_signing_out_does_not_sign_in(client: Client) -> None:
    somebody()
    client.get("/story/")
    form = {"once": key(), "code": "123456"}
    client.post("/sign-in/", form)
    client.post("/sign-out/", {"once": key()})
    assert client.post("/sign-in/", form).status_code == 302
    assert client.get("/who/").content == b"None"


def test_sign_in_sent_again_later_does_not_hand_out_the_session(client: Client) -> None:
    somebody()
    client.get("/story/")
    before = client.cookies.output()
    form = {"once": key(), "code": "123456"}
    client.post("/sign-in/", form)
    stranger = Client()
    stranger.cookies.load(re.sub(r"Set-Cookie: ", "", before))
    with clock.moved(dt.timedelta(minutes=2)):
        stranger.post("/sign-in/", form)
    assert stranger.get("/who/").content == b"None"


def test_form_without_a_session_sets_a_cookie_without_meaning(client: Client) -> None:
    cookie = client.get("/story/").cookies["mmm_browser"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "mmm_browser" not in client.get("/story/").cookies
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_form_shows_a_new_key_each_time(client: Client) -> None:
    pattern = r'<input type="hidden" name="once" value="([0-9a-f]{32})">'
    shown = [re.search(pattern, client.get("/story/").content.decode()) for _ in range(2)]
    assert shown[0]
    assert shown[1]
    assert shown[0][1] != shown[1][1]


def test_keys_go_after_two_days(client: Client) -> None:
    client.post("/story/", {"once": key()})
    with clock.moved(dt.timedelta(days=1, hours=23)):
        prune()
    assert OnceKey.objects.count() == 1
    with clock.moved(dt.timedelta(days=2, minutes=1)):
        prune()
    assert OnceKey.objects.count() == 0
