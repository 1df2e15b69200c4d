"""Signing up and in, by the pages."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from mmm.accounts import codes
from mmm.accounts.actors import home_of
from mmm.accounts.models import SignInCode, User
from mmm.foundation import clock
from tests.accounts.doors import code_for, enter, join, mails_to, post

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def test_a_nickname_an_address_and_a_tick_make_an_account(client: Client) -> None:
    answer = join(client, " Sam@Example.NL ".strip().lower(), situation="home")
    assert answer.url == reverse("accounts:welcome")
    page = client.get(answer.url).content.decode()
    assert "Je bent nu thuis" in page
    user = User.objects.get()
    assert user.name == "Sam"
    assert not user.has_usable_password()
    assert EmailAddress.objects.get().email == "sam@example.nl"


def test_the_answer_to_the_one_question_is_shown_once_and_kept_nowhere(client: Client) -> None:
    join(client, situation="home")
    client.get(reverse("accounts:welcome"))
    assert "Je bent nu thuis" not in client.get(reverse("accounts:welcome")).content.decode()
    assert "home" not in str(User.objects.values()) + str(client.session.items())


def test_under_sixteen_is_refused_kindly_and_nothing_is_mailed(client: Client) -> None:
    answer = post(client, "accounts:join", {"name": "Sam", "email": "sam@example.nl"})
    assert answer.status_code == 200
    assert mails_to("sam@example.nl") == []


def test_a_professional_goes_on_with_the_work(client: Client) -> None:
    url = reverse("accounts:join") + "?als=professional"
    data = {"name": "Marieke de Wit", "email": "m@werk.example", "sixteen": "on", "once": "a" * 32}
    client.post(url, data)
    answer = post(client, "accounts:code", {"code": code_for("m@werk.example")})
    assert answer.url == reverse("region:request")


def test_signing_up_with_a_known_address_signs_in_to_the_account_that_is_there(client: Client) -> None:
    join(client)
    with clock.moved(2 * MINUTE):
        other = Client()
        join(other, name="Iemand anders")
    assert User.objects.get().name == "Sam"


def test_pages_do_not_tell_whether_there_is_an_account() -> None:
    join(Client(), "known@example.nl")
    answers = []
    with clock.moved(5 * MINUTE):
        for address in ("known@example.nl", "other@example.nl"):
            for start in ("accounts:sign_in", "accounts:join"):
                browser = Client()
                asked = post(browser, start, {"email": address, "name": "X", "sixteen": "on"})
                page = browser.get(asked.url)
                wrong = post(browser, "accounts:code", {"code": "0000 0000"})
                for answer in (asked, page, wrong):
                    body = _without_random(answer.content.decode()).replace(address, "ADDRESS")
                    answers.append((address, start, answer.status_code, answer.headers.get("Location"), body))
    known = [answer[1:] for answer in answers if answer[0] == "known@example.nl"]
    unknown = [answer[1:] for answer in answers if answer[0] == "other@example.nl"]
    assert known == unknown
    assert [len(answer[3]) for answer in known] == [len(answer[3]) for answer in unknown]


def _without_random(body: str) -> str:
    return re.sub(r'name="(csrfmiddlewaretoken|once)" value="[^"]*"', "", body)


def test_an_unknown_address_gets_a_mail_that_says_so_without_a_code(client: Client) -> None:
    post(client, "accounts:sign_in", {"email": "new@example.nl"})
    (mail,) = mails_to("new@example.nl")
    assert mail.subject == gettext("Your code")
    assert reverse("accounts:join") in mail.body
    assert not any(char.isdigit() for char in mail.body.replace("127.0.0.1:8000", ""))


def test_asking_twice_within_a_minute_mails_once_and_the_page_says_where_to_look(
    client: Client,
) -> None:
    data = {"name": "Sam", "email": "sam@example.nl", "sixteen": "on"}
    post(Client(), "accounts:join", data)
    post(Client(), "accounts:join", data)
    page = post(client, "accounts:join", data, follow=True).content.decode()
    assert len(mails_to("sam@example.nl")) == 1
    assert "Vroeg je net al een code?" in page


def test_who_used_a_code_gets_the_next_one_at_once(client: Client) -> None:
    join(client)
    post(client, "accounts:sign_out")
    assert enter(client).status_code == 302
    assert len(mails_to("sam@example.nl")) == 2


def test_mails_are_spaced_one_two_four_eight_ten_minutes(client: Client) -> None:
    sent_at = []
    for minute in range(40):
        with clock.moved(minute * MINUTE):
            before = len(mails_to("sam@example.nl"))
            codes.ask("sam@example.nl", joining=True)
            if len(mails_to("sam@example.nl")) > before:
                sent_at.append(minute)
    assert sent_at == [0, 1, 3, 7, 15, 25, 35]


def test_asking_again_and_again_never_takes_a_code_away(client: Client) -> None:
    join(client)
    with clock.moved(5 * MINUTE):
        rightful = Client()
        post(rightful, "accounts:sign_in", {"email": "sam@example.nl"})
        code = code_for("sam@example.nl")
    for minute in range(6, 20):
        with clock.moved(minute * MINUTE):
            post(Client(), "accounts:sign_in", {"email": "sam@example.nl"})
    with clock.moved(24 * MINUTE):
        assert post(rightful, "accounts:code", {"code": code}).status_code == 302
        assert "_auth_user_id" in rightful.session


def test_a_code_ends_after_twenty_minutes(client: Client) -> None:
    post(client, "accounts:join", {"name": "Sam", "email": "sam@example.nl", "sixteen": "on"})
    with clock.moved(dt.timedelta(minutes=20, seconds=1)):
        answer = post(client, "accounts:code", {"code": code_for("sam@example.nl")})
    assert answer.status_code == 200
    assert User.objects.count() == 0


def test_a_code_belongs_to_one_address(client: Client) -> None:
    join(Client(), "other@example.nl")
    with clock.moved(5 * MINUTE):
        post(Client(), "accounts:sign_in", {"email": "other@example.nl"})
        post(client, "accounts:join", {"name": "Sam", "email": "sam@example.nl", "sixteen": "on"})
        answer = post(client, "accounts:code", {"code": code_for("other@example.nl")})
    assert "_auth_user_id" not in client.session
    assert answer.status_code == 200


def test_a_used_code_is_no_use_to_another_browser(client: Client) -> None:
    join(client)
    code = code_for("sam@example.nl")
    thief = Client()
    post(thief, "accounts:sign_in", {"email": "sam@example.nl"})
    assert post(thief, "accounts:code", {"code": code}).status_code == 200
    assert "_auth_user_id" not in thief.session


def test_a_double_click_signs_in_instead_of_failing(client: Client) -> None:
    post(client, "accounts:join", {"name": "Sam", "email": "sam@example.nl", "sixteen": "on"})
    cookie = client.cookies["mmm_signin"].value
    code = code_for("sam@example.nl")
    post(client, "accounts:code", {"code": code})
    second = Client()  # the same browser: its second click was under way with the same cookies
    second.cookies["mmm_signin"] = cookie
    assert post(second, "accounts:code", {"code": code}).status_code == 302
    assert "_auth_user_id" in second.session
    with clock.moved(2 * MINUTE):
        late = Client()
        late.cookies["mmm_signin"] = cookie
        assert post(late, "accounts:code", {"code": code}).status_code == 200


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}.", "Code: {}"])
def test_a_code_may_be_typed_with_spaces_and_more(client: Client, typed: str) -> None:
    post(client, "accounts:join", {"name": "Sam", "email": "sam@example.nl", "sixteen": "on"})
    assert (
        post(client, "accounts:code", {"code": typed.format(code_for("sam@example.nl"))}).status_code == 302
    )


def test_codes_and_addresses_are_not_stored_readable(client: Client) -> None:
    join(client)
    rows = str(list(SignInCode.objects.values()))
    assert "sam@" not in rows
    assert code_for("sam@example.nl").replace(" ", "") not in rows


def test_signing_in_goes_where_one_was_going_but_never_elsewhere(client: Client) -> None:
    join(client)
    with clock.moved(5 * MINUTE):
        for target in ("/mijn-gegevens/", "https://evil.example/", "//evil.example"):
            SignInCode.objects.all().delete()
            _clear_limits()
            browser = Client()
            post(browser, "accounts:sign_in", {"email": "sam@example.nl", "next": target})
            answer = post(browser, "accounts:code", {"code": code_for("sam@example.nl")})
            assert answer.status_code == 302
            assert answer.url == (target if target == "/mijn-gegevens/" else home_of("self"))


def _clear_limits() -> None:
    from mmm.foundation.limits.models import Counter

    Counter.objects.all().delete()


def test_a_protected_page_asks_to_sign_in_and_comes_back(client: Client) -> None:
    answer = client.get(reverse("accounts:mine"))
    assert answer.url == f"{reverse('accounts:sign_in')}?next=%2Fmijn-gegevens%2F"


def test_signing_out_is_a_post_and_ends_the_session(client: Client) -> None:
    join(client)
    assert client.get(reverse("accounts:sign_out")).status_code == 405
    post(client, "accounts:sign_out")
    assert client.get(reverse("accounts:mine")).status_code == 302


def test_a_known_device_needs_no_second_account(client: Client) -> None:
    join(client)
    post(client, "accounts:sign_out")
    with clock.moved(5 * MINUTE):
        assert enter(client).status_code == 302
    assert User.objects.count() == 1


def test_a_file_that_somebody_sends_along_is_dropped(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_disk(*args: object, **options: object) -> None:
        raise AssertionError("a file was written")

    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", no_disk)
    big = SimpleUploadedFile("verhaal.txt", b"x" * 3_000_000)
    answer = post(client, "accounts:sign_in", {"email": "sam@example.nl", "file": big})
    assert answer.status_code == 302
    assert not answer.wsgi_request.FILES
