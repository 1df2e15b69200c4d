"""Second steps: nobody acts for work without one, a code counts once, and nothing typed is lost."""

import datetime as dt
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from mmm.accounts import notices, paper_codes
from mmm.accounts.actors import SESSION_ROLE, Actor
from mmm.accounts.codes import Place
from mmm.accounts.factors import checking, own, paper, services, step, totp
from mmm.foundation import clock, crypto
from mmm.foundation.policy import NotAllowed
from mmm.foundation.tasks import outbox, worker
from tests import cast
from tests.accounts.doors import post

pytestmark = pytest.mark.django_db
HOME, AWAY = Place("192.0.2.0/24"), Place("203.0.113.0/24")


def without_step(actor: Actor) -> Client:
    """A browser that came in by a code from the mail alone."""
    return cast.client_of(actor, second_step=False)


def hidden(page: Any, name: str) -> str:
    """What a hidden field of the page holds."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    assert found
    return found.group(1)


def typed_by_hand(page: Any) -> str:
    """The secret, as the page shows it in groups."""
    found = re.search(r'class="by-hand">([A-Z2-7 ]+)<', page.content.decode())
    assert found
    return found.group(1).replace(" ", "")


def test_professional_without_second_step_is_led_to_setting_one_up_and_then_on() -> None:
    marieke = cast.professional()
    client = without_step(marieke)
    answer = client.get("/met-mij-gedeeld/", follow=True)
    assert answer.redirect_chain == [("/tweede-stap/?next=%2Fmet-mij-gedeeld%2F", 302)]
    page = client.get("/tweede-stap/app/?next=/met-mij-gedeeld/")
    secret = typed_by_hand(page)
    data = {"secret": hidden(page, "secret"), "next": "/met-mij-gedeeld/", "code": totp.code_now(secret)}
    done = post(client, "accounts:app", data)
    assert done.url == "/tweede-stap/papier/?next=%2Fmet-mij-gedeeld%2F"
    shown = client.get(done.url).content.decode()
    assert len(re.findall(r"<li>\d{4} \d{4} \d{4}</li>", shown)) == 10
    assert 'href="/met-mij-gedeeld/"' in shown
    assert client.get("/met-mij-gedeeld/").status_code == 200


def test_professional_with_an_app_proves_it_once_in_each_session() -> None:
    marieke = cast.professional()
    secret = cast.with_app(marieke)
    client = without_step(marieke)
    answer = client.get("/met-mij-gedeeld/", follow=True)
    assert answer.redirect_chain[-1][0] == "/tweede-stap/invullen/?next=%2Fmet-mij-gedeeld%2F"
    proved = post(client, "accounts:step", {"code": totp.code_now(secret), "next": "/met-mij-gedeeld/"})
    assert proved.url == "/met-mij-gedeeld/"
    assert client.get("/met-mij-gedeeld/").status_code == 200
    assert without_step(marieke).get("/met-mij-gedeeld/").status_code == 302


def test_the_person_as_herself_needs_no_second_step() -> None:
    marieke = cast.professional()
    assert without_step(Actor(marieke.user)).get("/mijn-verhaal/").status_code == 200


def test_words_typed_before_the_second_step_come_back_after_it() -> None:
    fatima = cast.coordinator()
    secret = cast.with_app(fatima)
    there = cast.client_of(fatima)
    wie = hidden(there.get("/rol/"), "wie")
    client = without_step(fatima)
    target = reverse("region:organisations")
    refused = cast.post(
        client, target, {"name": "Werkpunt Zuid", "kind": "service", "chain_link": "work", "wie": wie}
    )
    assert refused.status_code == 403
    assert "Werkpunt Zuid" not in refused.content.decode()
    data = {name: hidden(refused, name) for name in ("words", "next")}
    back = post(client, "accounts:step", data | {"code": totp.code_now(secret)})
    assert 'value="Werkpunt Zuid"' in back.content.decode()


def test_words_are_kept_while_somebody_sets_up_the_app_as_well() -> None:
    fatima = cast.coordinator()
    wie = hidden(cast.client_of(fatima).get("/rol/"), "wie")
    client = without_step(fatima)
    refused = cast.post(client, reverse("region:organisations"), {"name": "Werkpunt Zuid", "wie": wie})
    words = {name: hidden(refused, name) for name in ("words", "next")}
    page = post(client, "accounts:app", words)
    data = words | {"secret": hidden(page, "secret"), "code": totp.code_now(typed_by_hand(page))}
    assert 'value="Werkpunt Zuid"' in post(client, "accounts:app", data).content.decode()


def test_a_code_of_the_app_counts_once() -> None:
    marieke = cast.professional()
    secret = cast.with_app(marieke)
    code = totp.code_now(secret)
    assert totp.check(marieke.user, code)
    assert not totp.check(marieke.user, code)
    with clock.moved(dt.timedelta(seconds=30)):
        assert not totp.check(marieke.user, code)
        assert totp.check(marieke.user, totp.code_now(secret))


def test_the_code_that_set_up_the_app_opens_nothing_else() -> None:
    marieke = cast.professional()
    secret = totp.new_secret()
    code = totp.code_now(secret)
    assert services.set_up_app(marieke, secret=secret, typed=code)
    assert not totp.check(marieke.user, code)


def test_a_slow_clock_is_half_a_minute_off_and_no_more() -> None:
    marieke = cast.professional()
    secret = cast.with_app(marieke)
    with clock.moved(-dt.timedelta(seconds=30)):
        slow = totp.code_now(secret)
    with clock.moved(-dt.timedelta(seconds=90)):
        slower = totp.code_now(secret)
    assert not totp.check(marieke.user, slower)
    assert totp.check(marieke.user, slow)


def test_each_code_on_paper_counts_once() -> None:
    marieke = cast.professional()
    cast.with_app(marieke)
    codes = paper.just_made(marieke.user)
    assert len(set(codes)) == 10
    assert checking.code(marieke.user, codes[3], place=HOME).how == "paper"
    assert checking.code(marieke.user, codes[3], place=HOME).how is None
    assert own.of(marieke.user).codes_left == 9


def test_codes_on_paper_are_shown_for_ten_minutes_and_not_after_one_was_used() -> None:
    marieke = cast.professional()
    cast.with_app(marieke)
    assert len(paper.just_made(marieke.user)) == 10
    with clock.moved(dt.timedelta(minutes=11)):
        assert paper.just_made(marieke.user) == []
    assert paper.check(marieke.user, paper.just_made(marieke.user)[0])
    assert paper.just_made(marieke.user) == []


def test_new_codes_on_paper_end_the_old_ones() -> None:
    marieke = cast.professional()
    cast.with_app(marieke)
    old = paper.just_made(marieke.user)
    services.make_paper(marieke)
    assert not paper.check(marieke.user, old[0])
    assert paper.check(marieke.user, paper.just_made(marieke.user)[0])


def test_after_five_wrong_codes_the_sixth_waits_but_elsewhere_the_person_gets_in() -> None:
    marieke = cast.professional()
    secret = cast.with_app(marieke)
    for _ in range(5):
        assert checking.code(marieke.user, "000000", place=AWAY).retry_at is None
    assert checking.code(marieke.user, totp.code_now(secret), place=AWAY).retry_at is not None
    assert checking.code(marieke.user, totp.code_now(secret), place=HOME).how == "app"


def test_under_attack_from_many_places_the_own_device_and_the_paper_still_count() -> None:
    marieke = cast.professional()
    secret = cast.with_app(marieke)
    for network in range(20):
        checking.code(marieke.user, "000000", place=Place(f"198.51.{network}.0/24"))
    assert checking.code(marieke.user, totp.code_now(secret), place=HOME).how is None
    assert checking.code(marieke.user, totp.code_now(secret), place=Place(HOME.network, "own")).how == "app"
    assert checking.code(marieke.user, cast.next_paper_code(marieke.user), place=AWAY).how == "paper"


def test_too_many_tries_say_when_to_try_again() -> None:
    marieke = cast.professional()
    cast.with_app(marieke)
    client = without_step(marieke)
    for _ in range(5):
        assert post(client, "accounts:step", {"code": "000000"}).status_code == 200
    answer = post(client, "accounts:step", {"code": "000000"})
    assert answer.status_code == 429
    assert "kun je het weer proberen" in answer.content.decode()


def test_the_last_second_step_stays_while_there_is_work() -> None:
    marieke = cast.professional()
    cast.with_app(marieke)
    with pytest.raises(NotAllowed):
        services.remove_app(marieke)
    client = cast.client_of(marieke)
    assert "Je hebt dit nodig voor je werk" in client.get("/tweede-stap/app/weg/").content.decode()
    assert post(client, "accounts:app_off").status_code == 200
    assert own.of(marieke.user).app


def test_somebody_without_work_removes_the_app_and_the_paper_goes_with_it() -> None:
    sam = cast.person()
    cast.with_app(sam)
    services.remove_app(sam)
    assert own.of(sam.user) == own.Factors()


def test_with_the_mailbox_alone_nobody_adds_or_changes_a_second_step() -> None:
    marieke = cast.professional()
    cast.with_app(marieke)
    before = Authenticator.objects.get(user_id=marieke.id, type="totp").data
    thief = without_step(Actor(marieke.user))
    for address in ("/tweede-stap/app/", "/tweede-stap/app/weg/", "/tweede-stap/papier/"):
        assert thief.get(address).url.startswith("/tweede-stap/invullen/")
        assert cast.post(thief, address).status_code == 403
    assert Authenticator.objects.get(user_id=marieke.id, type="totp").data == before


def test_a_second_step_is_also_a_fresh_proof() -> None:
    marieke = cast.professional()
    secret = cast.with_app(marieke)
    client = cast.client_of(Actor(marieke.user), just_signed_in=False)
    assert client.get("/mijn-gegevens/wissen/").status_code == 302
    post(client, "accounts:step", {"code": totp.code_now(secret)})
    assert client.get("/mijn-gegevens/wissen/").status_code == 200


def test_each_change_tells_the_person_in_neutral_words() -> None:
    marieke = cast.professional()
    secret = totp.new_secret()
    services.set_up_app(marieke, secret=secret, typed=totp.code_now(secret))
    worker.run_due()
    mail = outbox.recent(1)[0]
    assert "code" not in mail.subject
    assert marieke.user.name not in mail.body
    lines = [str(line.text) for line in notices.lines_for(Actor(marieke.user))]
    assert any("hoe je inlogt" in line for line in lines)


def test_secrets_lie_locked_and_end_with_the_vault() -> None:
    marieke = cast.professional()
    secret = cast.with_app(marieke)
    row = Authenticator.objects.get(user_id=marieke.id, type="totp")
    assert secret not in str(row.data)
    assert crypto.secret_box.unlock(row.data["secret"]) == secret
    crypto.destroy_vault(marieke.vault_id)
    with pytest.raises(crypto.Unreadable):
        crypto.secret_box.unlock(row.data["secret"])


def test_the_mark_ends_with_the_session(client: Client) -> None:
    marieke = cast.professional()
    client = cast.client_of(marieke)
    assert step.SESSION_STEP in client.session
    post(client, "accounts:sign_out")
    client.force_login(marieke.user)
    session = client.session
    session[SESSION_ROLE] = marieke.role.key
    session.save()
    assert client.get("/met-mij-gedeeld/").status_code == 302


def test_each_paper_is_told_from_the_other_where_it_does_not_belong(client: Client) -> None:
    """Twelve digits stand in for the app, twenty let somebody in: typed at the wrong door, both hear why."""
    marieke = cast.professional()
    cast.with_app(marieke)
    stand_in = paper.just_made(marieke.user)[0]
    assert (
        "een code voor je tweede stap" in post(client, "accounts:letter", {"code": stand_in}).content.decode()
    )
    inside = without_step(marieke)
    lets_in = paper_codes.make(marieke)[0]
    assert "een code om binnen te komen" in post(inside, "accounts:step", {"code": lets_in}).content.decode()
    # Neither was used up, and each does its work at its own door.
    assert post(inside, "accounts:step", {"code": stand_in}).status_code == 302
    assert post(client, "accounts:letter", {"code": lets_in, "shared": "no"}).status_code == 302
