"""Getting in again: codes on paper, and a helper with a sentence and 72 hours."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from mmm.accounts import letters, numbers, paper_codes, recovery, selectors, ways_in
from mmm.accounts.actors import Actor
from mmm.accounts.models import PaperCode, Session, User
from mmm.accounts.recovery import State, state_of
from mmm.foundation import clock
from mmm.foundation.policy import NotAllowed
from tests import cast
from tests.accounts.doors import mails_to, post
from tests.accounts.paper import OWN_PIN, join_by_letter, letter, type_letter

pytestmark = pytest.mark.django_db
HOUR, DAY, MINUTE = dt.timedelta(hours=1), dt.timedelta(days=1), dt.timedelta(minutes=1)
SENTENCE = "De kip van tante An at altijd mijn boterham op."


def with_sentence(name: str = "Mus") -> Actor:
    """Somebody who chose a sentence."""
    actor = cast.person(name)
    recovery.choose_sentence(actor, sentence=SENTENCE)
    return actor


def begun(actor: Actor, helper: Actor | None = None) -> tuple[Actor, recovery.Recovery]:
    """A request of which name and sentence fit; the helper and the row."""
    helper = helper or cast.staff("helper")
    row = recovery.request(helper)
    assert recovery.tell(helper, row=row, name=actor.user.name, sentence=SENTENCE).fits
    return helper, row


# -- codes on paper --


def printed_codes(client: Client) -> list[str]:
    """Make codes by the pages; what stands on the print."""
    place = post(client, "accounts:paper_codes").headers["Location"]
    return re.findall(r"<li>([\d ]{24})</li>", client.get(place).content.decode())


def test_eight_codes_each_let_their_owner_in_once(client: Client) -> None:
    sam = cast.person()
    codes = printed_codes(cast.client_of(sam))
    assert len(codes) == 8
    assert post(client, "accounts:letter", {"code": codes[0]}).status_code == 302
    assert client.get(reverse("accounts:mine")).wsgi_request.user == sam.user
    again = Client()
    assert "of is al gebruikt" in post(again, "accounts:letter", {"code": codes[0]}).content.decode()
    assert post(again, "accounts:letter", {"code": codes[1]}).status_code == 302
    assert paper_codes.left(sam.id) == 6


def test_new_codes_end_the_old_ones(client: Client) -> None:
    sam = cast.person()
    old = paper_codes.make(sam)
    paper_codes.make(sam)
    assert paper_codes.use(old[0], network="x").user is None
    assert PaperCode.objects.count() == 8


def test_codes_are_shown_for_one_print_only() -> None:
    sam = cast.person()
    browser = cast.client_of(sam)
    codes = printed_codes(browser)
    with clock.moved(16 * MINUTE):
        again = browser.get(reverse("accounts:paper_codes_print"))
        assert again.status_code == 302
    kept = str(list(Session.objects.values())) + str(browser.session.items())
    assert not [code for code in codes if code in kept or code.replace(" ", "") in kept]


def test_guessing_codes_stops_after_thirty_tries_from_one_network() -> None:
    tries = [paper_codes.use(numbers.new(20), network="192.0.2.0/24") for _ in range(31)]
    assert [guess.retry_at is not None for guess in tries].count(True) == 1
    sam = cast.person()
    code = paper_codes.make(sam)[0]
    assert paper_codes.use(code, network="203.0.113.0/24").user == sam.user


def test_one_persons_code_is_no_proof_for_another(client: Client) -> None:
    code = paper_codes.make(cast.person())[0]
    join_by_letter(client, letter())
    with clock.moved(20 * MINUTE):
        assert "Dit klopt niet" in post(client, "accounts:again", {"pin": code}).content.decode()
    assert paper_codes.use(code, network="x").user is not None


def test_a_lapsed_session_gives_the_words_back_after_a_code_on_paper(client: Client) -> None:
    sam = cast.person()
    code = paper_codes.make(sam)[0]
    browser = cast.client_of(sam)
    form = browser.get(reverse("accounts:mine")).content.decode()
    mark = re.search(r'name="wie" value="([^"]+)"', form)
    assert mark
    Session.objects.all().delete()
    page = post(browser, "accounts:mine", {"name": "Zoë", "wie": mark.group(1)}).content.decode()
    words = re.search(r'name="words" value="([^"]+)"', page)
    assert words
    carried = {"words": words.group(1), "next": reverse("accounts:mine")}
    shown = post(browser, "accounts:letter", carried).content.decode()
    assert "Je tekst is niet weg" in shown
    offer = post(browser, "accounts:letter", {**carried, "code": code}).content.decode()
    assert 'value="Zoë"' in offer


# -- the sentence --


@pytest.mark.parametrize(
    "said",
    ["de kip van tante an at altijd mijn boterham op", "De kip, van tante Án... at altijd mijn boterham op!"],
)
def test_capitals_accents_and_full_stops_do_not_matter(said: str) -> None:
    mus = with_sentence()
    helper = cast.staff("helper")
    row = recovery.request(helper)
    assert recovery.tell(helper, row=row, name=" mus ", sentence=said).fits
    assert row.user == mus.user


@pytest.mark.parametrize("short", ["kip", "een twee drie", "a b c d", "ik ben het nu"])
def test_a_sentence_that_can_be_guessed_is_refused(short: str) -> None:
    answer = post(cast.client_of(cast.person()), "accounts:sentence", {"sentence": short})
    assert "te kort" in answer.content.decode()


def test_the_sentence_is_never_shown_again() -> None:
    sam = cast.person()
    browser = cast.client_of(sam)
    post(browser, "accounts:sentence", {"sentence": SENTENCE})
    for page in ("accounts:sentence", "accounts:mine"):
        assert "boterham" not in browser.get(reverse(page)).content.decode().replace(
            "mijn boterham op.</li>", ""
        )


# -- at the helper's desk --


def test_a_name_that_nobody_has_and_a_sentence_that_does_not_fit_get_the_same_answer() -> None:
    with_sentence()
    helper = cast.staff("helper")
    wrong = recovery.tell(
        helper, row=recovery.request(helper), name="Mus", sentence="Iets heel anders dan dit."
    )
    nobody = recovery.tell(helper, row=recovery.request(helper), name="Mees", sentence=SENTENCE)
    assert wrong == nobody == recovery.Told(fits=False)


def test_five_tries_with_one_name_at_one_desk() -> None:
    with_sentence()
    helper = cast.staff("helper")
    row = recovery.request(helper)
    for _ in range(5):
        assert recovery.tell(helper, row=row, name="Mus", sentence="Dit is het zeker niet.").retry_at is None
    assert recovery.tell(helper, row=row, name="Mus", sentence=SENTENCE).retry_at is not None
    with clock.moved(6 * MINUTE):
        assert recovery.tell(helper, row=row, name="Mus", sentence=SENTENCE).fits


def test_ten_tries_with_one_name_a_day_at_all_desks_together() -> None:
    with_sentence()
    for _ in range(2):
        helper = cast.staff("helper")
        for _ in range(5):
            recovery.tell(helper, row=recovery.request(helper), name="Mus", sentence="Dit is het zeker niet.")
    helper = cast.staff("helper")
    assert recovery.tell(helper, row=recovery.request(helper), name="Mus", sentence=SENTENCE).retry_at


@pytest.mark.parametrize("who", ["worker", "professional", "listener"])
def test_nobody_but_helpers_and_coordinators_begins(who: str) -> None:
    actor = {"worker": cast.person, "professional": cast.professional}.get(who, lambda: cast.staff(who))()
    with pytest.raises(NotAllowed):
        recovery.request(actor)


def test_nothing_changes_in_72_hours_and_then_all_old_ways_end() -> None:
    mus = with_sentence()
    address = selectors.own_address(mus)
    code = paper_codes.make(mus)[0]
    browser = cast.client_of(mus)
    helper, row = begun(mus)
    with clock.moved(71 * HOUR):
        assert recovery.hand_letter(helper, row=row, sentence=SENTENCE) is None
    assert browser.get(reverse("accounts:mine")).status_code == 200
    assert selectors.own_address(mus) == address
    with clock.moved(73 * HOUR):
        made = recovery.hand_letter(helper, row=row, sentence=SENTENCE)
        assert made is not None
        assert selectors.own_address(mus) == address  # not before the letter is used
        new = Client()
        assert type_letter(new, made).headers["Location"] == reverse("accounts:letter_own_pin")
        assert selectors.own_address(mus) == address  # nor before there is a PIN that no helper saw
        refused = post(new, "accounts:letter_own_pin", {"pin": made.pin})
        assert "staat op je brief" in refused.content.decode()
        answer = post(new, "accounts:letter_own_pin", {"pin": OWN_PIN})
        assert answer.headers["Location"] == reverse("accounts:recovered")
        assert type_letter(Client(), made, pin=made.pin).status_code == 200
        assert type_letter(Client(), made, pin=OWN_PIN).status_code == 302
        assert new.get(reverse("accounts:recovered")).wsgi_request.user == mus.user
        assert paper_codes.use(code, network="x").user is None
        assert selectors.own_address(mus) == ""
    assert not EmailAddress.objects.filter(user=mus.user).exists()
    assert Session.objects.filter(user_id=mus.id).count() == 2
    row.refresh_from_db()
    assert state_of(row) == State.USED


def test_the_sentence_is_asked_once_more_before_the_letter() -> None:
    mus = with_sentence()
    helper, row = begun(mus)
    with clock.moved(73 * HOUR):
        assert recovery.hand_letter(helper, row=row, sentence="Iets heel anders dan dit.") is None
        assert recovery.hand_letter(helper, row=row, sentence=SENTENCE) is not None


def test_every_way_in_hears_of_it_and_the_mail_stops_it_by_post_only(client: Client) -> None:
    mus = with_sentence()
    address = selectors.own_address(mus)
    EmailAddress.objects.create(user=mus.user, email="ander@voorbeeld.example", verified=True)
    _helper, row = begun(mus)
    assert len(mails_to("ander@voorbeeld.example")) == 1
    body = mails_to(address)[0].body
    link = re.search(r"http\S+(/herstel/stop/\S+)", body)
    assert link
    assert "Mus" not in body
    for _ in range(3):  # a mail scanner
        assert client.get(link.group(1)).status_code == 200
    row.refresh_from_db()
    assert state_of(row) == State.WAITING
    answer = client.post(link.group(1), {"once": "a" * 32})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert state_of(row) == State.STOPPED
    assert "Het is gestopt" in client.get(link.group(1)).content.decode()


def test_a_live_session_sees_it_on_every_page_and_stops_it() -> None:
    mus = with_sentence()
    browser = cast.client_of(mus)
    assert "vroeg een nieuwe brief om" not in browser.get("/mijn-verhaal/").content.decode()
    _helper, row = begun(mus)
    assert "vroeg een nieuwe brief om" in browser.get("/mijn-verhaal/").content.decode()
    assert post(browser, "accounts:recovery_going_on").status_code == 302
    row.refresh_from_db()
    assert state_of(row) == State.STOPPED
    assert "vroeg een nieuwe brief om" not in browser.get("/mijn-verhaal/").content.decode()


def test_stopped_means_no_more_asking_for_seven_days_unless_the_person_allows_it() -> None:
    mus = with_sentence()
    helper, _row = begun(mus)
    recovery.stop(mus.id)
    said = recovery.tell(helper, row=recovery.request(helper), name="Mus", sentence=SENTENCE)
    assert not said.fits
    assert said.blocked_until is not None
    post(cast.client_of(mus), "accounts:recovery_going_on", {"again": "1"})
    begun(mus)
    recovery.stop(mus.id)
    with clock.moved(8 * DAY):
        begun(mus)


def test_a_letter_that_was_handed_over_ends_when_the_person_stops_it() -> None:
    mus = with_sentence()
    helper, row = begun(mus)
    with clock.moved(73 * HOUR):
        made = recovery.hand_letter(helper, row=row, sentence=SENTENCE)
        assert made is not None
        assert recovery.stop(mus.id)
        assert type_letter(Client(), made).status_code == 200
    assert selectors.own_address(mus)


def test_one_request_at_a_time() -> None:
    mus = with_sentence()
    begun(mus)
    helper = cast.staff("helper")
    assert recovery.tell(helper, row=recovery.request(helper), name="Mus", sentence=SENTENCE).going


def test_a_request_that_waits_too_long_expires_and_a_new_one_may_begin() -> None:
    mus = with_sentence()
    helper, row = begun(mus)
    with clock.moved(18 * DAY):
        assert state_of(row) == State.EXPIRED
        assert recovery.hand_letter(helper, row=row, sentence=SENTENCE) is None
        begun(mus)


def test_stopped_while_a_pin_is_being_chosen_changes_nothing(client: Client) -> None:
    mus = with_sentence()
    helper, row = begun(mus)
    with clock.moved(73 * HOUR):
        made = recovery.hand_letter(helper, row=row, sentence=SENTENCE)
        assert made is not None
        type_letter(client, made)
        recovery.stop(mus.id)
        page = post(client, "accounts:letter_own_pin", {"pin": OWN_PIN}).content.decode()
        assert "Deze brief werkt niet meer" in page
    assert selectors.own_address(mus)
    assert letters.of(mus.id) is None


def test_a_new_letter_of_the_same_recovery_ends_the_one_before() -> None:
    mus = with_sentence()
    helper, row = begun(mus)
    with clock.moved(73 * HOUR):
        lost = recovery.hand_letter(helper, row=row, sentence=SENTENCE)
        row.refresh_from_db()
        made = recovery.hand_letter(helper, row=row, sentence=SENTENCE)
        assert lost
        assert made
        assert type_letter(Client(), lost).status_code == 200
        assert type_letter(Client(), made).status_code == 302


def test_erasing_oneself_takes_all_of_it_along() -> None:
    from mmm.accounts import services

    mus = with_sentence()
    paper_codes.make(mus)
    begun(mus)
    services.erase_now(mus.id, mus.vault_id)
    assert not User.objects.filter(id=mus.id).exists()
    assert not PaperCode.objects.exists()
    assert not recovery.Recovery.objects.exists()


# -- before writing --


def test_who_has_one_way_in_is_told_above_the_story_and_who_has_more_is_not() -> None:
    sam = cast.person()
    browser = cast.client_of(sam)
    told = "Je kunt nu alleen met dit mailadres binnenkomen"
    assert told in browser.get("/mijn-verhaal/").content.decode()
    paper_codes.make(sam)
    assert told not in browser.get("/mijn-verhaal/").content.decode()


def test_who_came_by_letter_is_told_of_the_letter(client: Client) -> None:
    join_by_letter(client, letter())
    assert "Je kunt nu alleen met je brief binnenkomen" in client.get("/mijn-verhaal/").content.decode()


@pytest.mark.parametrize(
    ("ways", "told"),
    [
        ([cast.with_key], False),
        ([cast.with_app], True),  # proves a second time, opens nothing by itself
        ([cast.with_app, cast.with_password], False),
        ([cast.with_password], True),  # a password counts with a second step only
    ],
)
def test_a_passkey_or_a_password_with_a_second_step_is_another_way_in(
    ways: list[Callable[[Actor], object]], told: bool
) -> None:
    sam = cast.person()
    for way in ways:
        way(sam)
    assert ways_in.of(sam.id).only_one is told


def test_a_letter_and_a_password_without_an_address_are_one_way_in(client: Client) -> None:
    join_by_letter(client, letter())
    user = User.objects.get(name="Mus")
    cast.with_app(Actor(user))
    cast.with_password(Actor(user))
    assert ways_in.of(user.id).only_one


def test_no_password_of_before_opens_an_account_that_was_recovered() -> None:
    sam = cast.person()
    cast.with_password(sam)
    ways_in.end_all(sam.id)
    assert not User.objects.get(id=sam.id).has_usable_password()


def test_ways_in_are_counted_in_one_query(django_assert_num_queries: object) -> None:
    sam = with_sentence()
    paper_codes.make(sam)
    with django_assert_num_queries(1):  # type: ignore[operator]
        own = ways_in.of(sam.id)
    assert own == ways_in.Own(addresses=1, letter=False, paper_codes=8, sentence=True)
    assert letters.of(sam.id) is None
