"""Another address and a spare one: proved first, told to nobody else, undone for 72 hours, never the last."""

import datetime as dt
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from mmm.accounts import addresses, notices, paper_codes, recovery, selectors, services, tasks
from mmm.accounts.actors import Actor
from mmm.accounts.addresses import State, state_of
from mmm.accounts.factors import services as factors
from mmm.accounts.models import AddressChange, SignInCode
from mmm.foundation import clock
from mmm.foundation.policy import NotAllowed
from mmm.foundation.tasks import worker
from tests import cast, guards
from tests.accounts.doors import code_for, enter, mails_to, post

pytestmark = pytest.mark.django_db
NEW, OTHER = "nieuw@voorbeeld.example", "ander@voorbeeld.example"
HOUR = dt.timedelta(hours=1)


def emails(actor: Actor) -> list[str]:
    """Their addresses, the main one first."""
    return [each.email for each in addresses.of(actor.id)]


def stop_page(token: str) -> str:
    return reverse("accounts:email_stop", args=[token])


def asked(client: Client, new: str = NEW, what: str = "change") -> Any:
    return post(client, "accounts:email", {"email": new, "what": what})


# -- changing --


def test_a_new_address_counts_only_after_its_code_and_the_old_one_is_told_with_a_link() -> None:
    sam = cast.person()
    (old,) = emails(sam)
    client = cast.client_of(sam)
    assert asked(client).url == "/mijn-gegevens/e-mail/code/"
    assert emails(sam) == [old]
    done = post(client, "accounts:email_code", {"code": code_for(NEW)})
    assert done.url == "/mijn-gegevens/e-mail/?bewaard=1"
    assert emails(sam) == [NEW]
    (mail,) = mails_to(old)
    assert "/mijn-gegevens/e-mail/stop/" in mail.body
    assert NEW not in mail.subject + mail.body
    assert enter(Client(), NEW).status_code == 302
    assert selectors.to_sign_in(old) is None


def test_a_code_to_add_an_address_signs_nobody_in_and_is_of_no_use_to_another() -> None:
    sam, noor = cast.person(), cast.person("Noor")
    asked(cast.client_of(sam))
    code = code_for(NEW)
    browser = Client()
    post(browser, "accounts:sign_in", {"email": NEW})
    assert post(browser, "accounts:code", {"code": code}).status_code == 200
    client = cast.client_of(noor)
    with clock.moved(HOUR / 6):
        asked(client)
        assert post(client, "accounts:email_code", {"code": code}).status_code == 200
    assert selectors.to_sign_in(NEW) is None


def test_a_code_to_sign_in_adds_no_address() -> None:
    sam, noor = cast.person(), cast.person("Noor")
    (hers,) = emails(noor)
    post(Client(), "accounts:sign_in", {"email": hers})
    code = code_for(hers)
    client = cast.client_of(sam)
    asked(client, hers)
    assert post(client, "accounts:email_code", {"code": code}).status_code == 200
    assert hers in emails(noor)


def test_the_pages_are_the_same_for_an_address_of_somebody_else_and_only_its_owner_hears_it() -> None:
    noor = cast.person("Noor")
    (hers,) = emails(noor)
    pages = []
    for name, new in (("Sam", hers), ("Sam", OTHER)):
        client = cast.client_of(cast.person(name))
        answer = asked(client, new)
        page = client.get(answer.url)
        wrong = post(client, "accounts:email_code", {"code": "0000 0000"})
        told = [answer.status_code, answer.url, page.status_code, wrong.status_code]
        for shown in (page, wrong):
            words = re.sub(r'value="[^"]*"|nonce="[^"]*"|data-who="[^"]*"', "", shown.content.decode())
            told.append(words.replace(new, "ADDRESS").splitlines())
        pages.append(told)
    assert pages[0] == pages[1]
    assert "al een account" in mails_to(hers)[0].body
    assert not re.search(r"^\d{4} \d{4}$", mails_to(hers)[0].body, re.MULTILINE)
    assert code_for(OTHER)


def test_asking_does_the_same_work_for_a_known_and_an_unknown_address() -> None:
    (hers,) = emails(cast.person("Noor"))
    done = []
    for name, new in (("Sam", hers), ("Ali", OTHER)):
        actor, rows = cast.person(name), SignInCode.objects.count()
        with guards.questions() as questions:
            addresses.ask(actor, new=new, spare=False)
        done.append((SignInCode.objects.count() - rows, len(mails_to(new)), len(questions)))
    assert done[0] == done[1]
    assert done[0][:2] == (1, 1)


def test_an_address_that_somebody_signs_up_with_meanwhile_does_not_fit() -> None:
    sam = cast.person()
    client = cast.client_of(sam)
    asked(client)
    code = code_for(NEW)
    services.sign_up(address=NEW, name="Noor", language="nl")
    assert post(client, "accounts:email_code", {"code": code}).status_code == 200
    assert NEW not in emails(sam)


def test_one_hour_later_there_is_nothing_to_prove_any_more() -> None:
    sam = cast.person()
    addresses.ask(sam, new=NEW, spare=False)
    row = AddressChange.objects.get()
    assert state_of(row) == State.REQUESTED
    with clock.moved(HOUR):
        assert state_of(row) == State.EXPIRED
        assert addresses.asked(sam) is None


def test_without_a_fresh_proof_or_the_second_step_nothing_opens() -> None:
    sam, marieke = cast.person(), cast.person("Marieke")
    cast.with_app(marieke)
    for actor, fresh, to in ((sam, False, "/inloggen/opnieuw/"), (marieke, True, "/tweede-stap/invullen/")):
        client = cast.client_of(actor, just_signed_in=fresh)
        for url in ("/mijn-gegevens/e-mail/", "/mijn-gegevens/e-mail/code/"):
            assert client.get(url).url.startswith(to)
        assert asked(client).status_code == 403
    assert not AddressChange.objects.exists()


# -- undoing --


def test_opening_the_link_changes_nothing_and_the_button_undoes_it_and_ends_every_session() -> None:
    sam = cast.person()
    (old,) = emails(sam)
    at_the_time = cast.client_of(sam)
    token = cast.move_address(sam, NEW)
    later = Client()
    enter(later, NEW)
    stranger = Client()
    assert "draai het terug" in stranger.get(stop_page(token)).content.decode()
    assert stranger.head(stop_page(token)).status_code == 200
    assert emails(sam) == [NEW]
    assert cast.post(stranger, stop_page(token)).status_code == 302
    assert emails(sam) == [old]
    assert selectors.to_sign_in(NEW) is None
    for client in (at_the_time, later):
        assert client.get("/mijn-gegevens/").url.startswith("/inloggen/")
    assert "teruggedraaid" in stranger.get(stop_page(token)).content.decode()
    assert enter(Client(), old).status_code == 302


def test_what_was_added_since_lets_nobody_in_any_more() -> None:
    sam = cast.person()
    token = cast.move_address(sam, NEW)
    with clock.moved(HOUR):
        codes = paper_codes.make(sam)
        recovery.choose_sentence(sam, sentence="De kip van tante An at altijd mee.")
        cast.with_key(sam)
        cast.with_password(sam)
        row = addresses.by_token(token)
        assert row
        assert addresses.stop(row)
        assert paper_codes.use(codes[0], network="192.0.2.0/24").user is None
    sam.user.refresh_from_db()
    assert not sam.user.has_usable_password()
    assert not recovery.has_sentence(sam.id)
    assert addresses.ways_in.of(sam.id).keys == 0


def test_what_was_there_before_stays() -> None:
    sam = cast.person()
    with clock.moved(-HOUR):
        paper_codes.make(sam)
        cast.with_key(sam)
    row = addresses.by_token(cast.move_address(sam, NEW))
    assert row
    addresses.stop(row)
    own = addresses.ways_in.of(sam.id)
    assert (own.keys, own.paper_codes) == (1, paper_codes.HOW_MANY)


def test_the_first_link_undoes_all_that_came_after_it() -> None:
    sam = cast.person()
    (old,) = emails(sam)
    first = addresses.by_token(cast.move_address(sam, NEW))
    with clock.moved(HOUR):
        cast.move_address(sam, OTHER, spare=True)
    with clock.moved(2 * HOUR):
        addresses.remove(sam, address_id=addresses.of(sam.id)[0].id)
        assert emails(sam) == [OTHER]
        assert first
        assert addresses.stop(first)
    assert emails(sam) == [old]
    assert {state_of(row) for row in AddressChange.objects.all()} == {State.STOPPED}


def test_after_72_hours_the_link_says_that_it_is_over_and_the_addresses_are_gone() -> None:
    sam = cast.person()
    token = cast.move_address(sam, NEW)
    with clock.moved(72 * HOUR - dt.timedelta(minutes=1)):
        row = addresses.by_token(token)
        assert row
        assert state_of(row) == State.ACTIVE
    with clock.moved(72 * HOUR + dt.timedelta(minutes=1)):
        assert not addresses.stop(row)
        assert cast.post(Client(), stop_page(token)).status_code == 302
        assert "voorbij" in Client().get(stop_page(token)).content.decode()
        tasks.prune()
        assert AddressChange.objects.values_list("old", "new").get() == ("", "")
    assert emails(sam) == [NEW]
    with clock.moved(dt.timedelta(days=15)):
        tasks.prune()
    assert not AddressChange.objects.exists()


def test_an_old_address_that_became_somebody_elses_stays_theirs() -> None:
    sam = cast.person()
    (old,) = emails(sam)
    row = addresses.by_token(cast.move_address(sam, NEW))
    noor = services.sign_up(address=old, name="Noor", language="nl")
    assert row
    assert addresses.stop(row)
    assert emails(sam) == []
    assert selectors.to_sign_in(old) == noor


def test_a_link_that_was_made_up_is_nowhere() -> None:
    cast.move_address(cast.person(), NEW)
    assert Client().get(stop_page("a" * 43)).status_code == 404
    assert cast.post(Client(), stop_page("a" * 43)).status_code == 404


def test_a_recovery_leaves_no_link_by_which_an_old_mailbox_comes_back() -> None:
    sam = cast.person()
    token = cast.move_address(sam, NEW)
    addresses.ways_in.end_all(sam.id)
    assert addresses.by_token(token) is None


# -- a spare --


def test_a_spare_address_lets_in_gets_news_of_safety_and_no_other() -> None:
    sam = cast.person()
    (main,) = emails(sam)
    cast.move_address(sam, NEW, spare=True)
    assert emails(sam) == [main, NEW]
    assert selectors.to_sign_in(NEW) == sam.user
    before = {each: len(mails_to(each)) for each in (main, NEW)}
    for kind, got in (("consent.ends_soon", (1, 0)), ("accounts.way_in_changed", (2, 1))):
        with cast.at_noon():
            notices.send(sam.id, kind=kind, view="accounts:mine", key=kind)
            worker.run_due()
        assert tuple(len(mails_to(each)) - before[each] for each in (main, NEW)) == got


def test_the_main_address_can_undo_a_spare_and_the_spare_cannot_undo_the_main() -> None:
    sam = cast.person()
    (main,) = emails(sam)
    row = addresses.by_token(cast.move_address(sam, NEW, spare=True))
    assert any("/stop/" in mail.body for mail in mails_to(main))
    assert not any("/stop/" in mail.body for mail in mails_to(NEW))
    assert row
    addresses.stop(row)
    assert emails(sam) == [main]


def test_a_third_address_is_not_offered() -> None:
    sam = cast.person()
    cast.move_address(sam, NEW, spare=True)
    page = cast.client_of(sam).get("/mijn-gegevens/e-mail/").content.decode()
    assert 'name="what"' not in page
    (main,) = emails(sam)[:1]
    cast.move_address(sam, OTHER)
    assert emails(sam) == [OTHER, NEW]
    assert main not in emails(sam)


def test_who_came_by_letter_adds_a_first_address() -> None:
    sam = cast.person()
    EmailAddress.objects.all().delete()
    paper_codes.make(sam)
    client = cast.client_of(sam)
    assert asked(client).status_code == 302
    post(client, "accounts:email_code", {"code": code_for(NEW)})
    assert EmailAddress.objects.values_list("email", "primary").get() == (NEW, True)


# -- removing --


def test_the_last_way_in_stays_and_the_page_says_what_to_do() -> None:
    sam = cast.person()
    (row,) = addresses.of(sam.id)
    client, page = cast.client_of(sam), reverse("accounts:email_off", args=[row.id])
    assert "codes om binnen te komen" in client.get(page).content.decode()
    assert cast.post(client, page).status_code == 200
    with pytest.raises(NotAllowed):
        addresses.remove(sam, address_id=row.id)
    recovery.choose_sentence(sam, sentence="De kip van tante An at altijd mee.")
    with pytest.raises(NotAllowed):
        addresses.remove(sam, address_id=row.id)
    paper_codes.make(sam)
    assert cast.post(client, page).url == "/mijn-gegevens/e-mail/?weg=1"
    assert emails(sam) == []


def test_with_the_main_address_gone_the_spare_is_the_main_one_and_the_old_one_can_undo_it() -> None:
    sam = cast.person()
    (main,) = emails(sam)
    cast.move_address(sam, NEW, spare=True)
    with clock.moved(HOUR):
        addresses.remove(sam, address_id=addresses.of(sam.id)[0].id)
        assert EmailAddress.objects.values_list("email", "primary").get() == (NEW, True)
        newest = re.search(r"/stop/([\w-]+)/", mails_to(main)[0].body)
        assert newest
        row = addresses.by_token(newest[1])
        assert row
        addresses.stop(row)
        assert emails(sam) == [main, NEW]


def test_a_spare_that_goes_is_told_without_a_link() -> None:
    sam = cast.person()
    cast.move_address(sam, NEW, spare=True)
    addresses.remove(sam, address_id=addresses.of(sam.id)[1].id)
    assert "niet meer inloggen" in mails_to(NEW)[0].body
    assert "/stop/" not in mails_to(NEW)[0].body


def test_somebody_elses_address_is_not_there() -> None:
    sam, noor = cast.person(), cast.person("Noor")
    cast.move_address(noor, NEW, spare=True)
    (hers, _spare) = addresses.of(noor.id)
    page = reverse("accounts:email_off", args=[hers.id])
    assert cast.client_of(sam).get(page).status_code == 404
    assert cast.post(cast.client_of(sam), page).status_code == 404
    addresses.remove(sam, address_id=hers.id)
    assert len(emails(noor)) == 2


def test_a_passkey_that_is_the_last_way_in_stays() -> None:
    sam = cast.person()
    key = int(cast.with_key(sam))
    addresses.remove(sam, address_id=addresses.of(sam.id)[0].id)
    with pytest.raises(NotAllowed):
        factors.remove_key(sam, key_id=key)
    paper_codes.make(sam)
    factors.remove_key(sam, key_id=key)
    assert addresses.ways_in.of(sam.id).keys == 0


def test_nothing_of_the_addresses_is_left_after_erasing() -> None:
    sam = cast.person()
    (old,) = emails(sam)
    cast.move_address(sam, NEW)
    services.erase(sam)
    services.erase_now(sam.id, sam.vault_id)
    assert not AddressChange.objects.exists()
    assert mails_to(old) == mails_to(NEW) == []


def test_erasing_takes_no_mail_from_somebody_whose_address_was_typed() -> None:
    sam, noor = cast.person(), cast.person("Noor")
    (hers,) = emails(noor)
    addresses.ask(sam, new=hers, spare=True)
    services.erase(sam)
    services.erase_now(sam.id, sam.vault_id)
    assert len(mails_to(hers)) == 1


# -- the language --


def test_after_signing_in_the_pages_are_in_the_persons_own_language() -> None:
    sam = cast.person()
    (address,) = emails(sam)
    sam.user.language = "en"
    sam.user.save()
    assert enter(Client(), address).url == "/en/mijn-verhaal/"
    with clock.moved(HOUR):
        client = Client()
        post(client, "accounts:sign_in", {"email": address, "next": "/wie-mag-lezen/"})
        there = post(client, "accounts:code", {"code": code_for(address)}).url
        assert there == "/en/wie-mag-lezen/"


def test_who_signs_in_at_an_english_page_stays_there() -> None:
    sam = cast.person()
    (address,) = emails(sam)
    client = Client()
    client.post("/en/inloggen/", {"email": address, "once": "a" * 32})
    there = client.post("/en/inloggen/code/", {"code": code_for(address), "once": "b" * 32}).url
    assert there.startswith("/en/")
