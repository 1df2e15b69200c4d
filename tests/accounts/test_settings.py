"""Settings: how pages look, with and without an account; and the quick way out on the server's side."""

import itertools
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from mmm.accounts import notices, preferences
from mmm.accounts.models import Preferences, Session
from mmm.design import display
from mmm.design.display import CHOICES, Display
from tests import cast, guards

pytestmark = pytest.mark.django_db
PAGE = "/instellingen/"
CHOSEN = Display(text="3", spacing="2", contrast="dark", motion="less", aloud="yes", exit="always")


def fields(chosen: Display, language: str = "nl") -> dict[str, str]:
    """The form filled in."""
    return {**{name: getattr(chosen, name) for name in CHOICES}, "language": language}


def root(client: Client, path: str = "/") -> str:
    """The `<html>` tag of a page."""
    found = re.search(r"<html[^>]*>", client.get(path, follow=True).content.decode())
    assert found
    return found[0]


def cookie(client: Client) -> Any:
    return client.cookies.get(settings.DISPLAY_COOKIE_NAME)


def test_every_choice_is_read_back_from_its_cookie_and_nothing_else_is() -> None:
    every = [Display(*values) for values in itertools.product(*CHOICES.values())]
    assert [display.read(display.written(one)) for one in every] == every
    for nonsense in (
        "",
        "x",
        "1.1.device",
        "1.1.red.device.no.own",
        "1" * 5000,
        "1.1.device.device.no.own.x",
    ):
        assert display.read(nonsense) == display.USUAL


def test_marks_name_what_differs_from_the_usual_and_nothing_else() -> None:
    assert display.marks(display.USUAL) == ""
    assert display.marks(CHOSEN) == ' data-text="3" data-spacing="2" data-scheme="dark" data-motion="less"'
    assert display.marks(Display(contrast="high")) == ' data-contrast="high"'


def test_without_account_the_choice_lies_in_a_cookie_and_no_page_of_others_mixes_in() -> None:
    mine, other = Client(), Client()
    assert "data-text" not in root(other)  # now kept for everybody
    assert cast.post(mine, PAGE, fields(CHOSEN)).status_code == 302
    assert cookie(mine).value == "3.2.dark.less.yes.always"
    assert cookie(mine)["httponly"]
    assert int(cookie(mine)["max-age"]) == 365 * 24 * 3600
    assert 'data-text="3"' in root(mine)
    assert mine.get("/").headers["Cache-Control"] == "no-store"
    assert "data-text" not in root(other)
    assert not Preferences.objects.exists()
    mine.cookies[settings.DISPLAY_COOKIE_NAME] = "nonsense"
    assert "data-" not in root(mine)


def test_putting_everything_back_removes_the_cookie() -> None:
    client = Client()
    cast.post(client, PAGE, fields(CHOSEN))
    cast.post(client, PAGE, {"usual": "1"})
    assert cookie(client).value == ""
    assert "data-" not in root(client)


def test_with_an_account_the_choice_follows_the_person_without_a_question_of_its_own() -> None:
    actor = cast.person()
    phone, laptop = cast.client_of(actor), cast.client_of(actor)
    welcome = reverse("accounts:welcome")
    laptop.get(welcome)
    with guards.questions() as before:
        laptop.get(welcome)
    cast.post(phone, PAGE, fields(CHOSEN))
    with guards.questions() as after:
        assert 'data-text="3"' in root(laptop, welcome)
    assert len(before) == len(after) == 2
    assert 'data-scheme="dark"' in root(laptop, reverse("region:region", args=["nergens"]))  # a 404
    assert preferences.of(cast.person().user) is None


def test_language_is_kept_for_mails_and_the_next_page_speaks_it() -> None:
    actor = cast.person()
    answer = cast.post(cast.client_of(actor), PAGE, fields(display.USUAL, "en"))
    assert answer.headers["Location"] == "/en/instellingen/?bewaard=1"
    actor.user.refresh_from_db()
    assert actor.user.language == "en"


def test_shared_device_keeps_the_choice_only_until_the_browser_closes() -> None:
    client = Client()
    client.cookies["mmm_shared"] = "1"
    cast.post(client, PAGE, fields(CHOSEN))
    assert cookie(client)["max-age"] == ""


@pytest.mark.parametrize("wrong", [{"text": "9"}, {"contrast": ""}, {"language": "xx"}])
def test_a_value_that_is_no_choice_is_refused_at_its_field(wrong: dict[str, str]) -> None:
    answer = cast.post(Client(), PAGE, {**fields(CHOSEN), **wrong})
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()
    assert not answer.cookies.get(settings.DISPLAY_COOKIE_NAME)


# who, what they chose, a shared device? -> is the button there?
BUTTON = [
    ("self", "own", False, True),
    ("self", "shared", False, False),
    ("self", "shared", True, True),
    ("self", "always", False, True),
    ("work", "own", False, False),
    ("work", "own", True, True),
    ("work", "always", False, True),
    ("nobody", "own", False, False),
    ("nobody", "own", True, True),
    ("nobody", "shared", True, True),
    ("nobody", "shared", False, False),
    ("nobody", "always", False, True),
]


@pytest.mark.parametrize(("who", "chosen", "shared", "there"), BUTTON)
def test_quick_way_out_is_where_somebody_wants_it_and_always_on_a_shared_device(
    who: str, chosen: str, shared: bool, there: bool
) -> None:
    actor = {"self": cast.person, "work": cast.professional, "nobody": lambda: None}[who]()
    client = cast.client_of(actor)
    if shared:
        client.cookies["mmm_shared"] = "1"
        if actor is not None:
            session = client.session
            session["shared"] = True
            session.save()
    cast.post(client, PAGE, fields(Display(exit=chosen)))
    for path in ("/", PAGE):
        text = client.get(path).content.decode()
        assert ("Snel weg</button>" in text) is there
        assert ("design/exit.js" in text) is there


def test_leaving_ends_the_session_and_answers_with_a_page_that_names_nothing() -> None:
    actor = cast.person("Xaviera")
    client, second = cast.client_of(actor), Client()
    second.cookies = client.cookies  # another tab of the same browser
    answer = client.post("/weg/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert f'content="0; url={settings.EXIT_URL}"' in text
    for word in ("Mensen met", "Mogelijkheden", "Xaviera", "mmm", actor.id.hex):
        assert word not in text
    assert not Session.objects.filter(user_id=actor.id).exists()
    assert second.get("/mijn-verhaal/").status_code == 302


def test_leaving_works_without_token_key_or_session_and_never_by_a_link() -> None:
    strict = Client(enforce_csrf_checks=True)
    for _ in range(2):
        assert strict.post("/weg/").status_code == 200
    assert strict.get("/weg/").status_code == 405


def test_notice_settings_keep_what_somebody_chose() -> None:
    actor = cast.person()
    client = cast.client_of(actor)
    page = reverse("accounts:notice_settings")
    form = client.get(page).context["form"]
    data = dict.fromkeys(form.kinds, "daily")
    assert (
        cast.post(client, page, {**data, "quiet_from": "22", "quiet_until": "6", "paused": "on"}).status_code
        == 302
    )
    actor.user.refresh_from_db()
    hours = notices.hours_of(actor.user)
    assert (hours.quiet_from, hours.quiet_until, hours.paused) == (22, 6, True)
    assert set(notices.ways_of(actor.user, hours).values()) <= {"daily", "mail"}
    again = client.get(page).context["form"]
    assert again["quiet_from"].value() == "22"
    assert again["paused"].value() is True
    wrong = cast.post(client, page, {**data, "quiet_from": "24", "quiet_until": "6"})
    assert "error-summary" in wrong.content.decode()
