"""An account without e-mail: the letter, its code and its PIN."""

import datetime as dt

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from mmm.accounts import browser, letters, numbers, paper_codes, selectors, tasks
from mmm.accounts.actors import Actor
from mmm.accounts.codes import Place
from mmm.accounts.models import Letter, User
from mmm.foundation import clock
from mmm.foundation.policy import NotAllowed
from tests import cast
from tests.accounts.doors import post
from tests.accounts.paper import OWN_PIN, join_by_letter, letter, type_letter, wrong

pytestmark = pytest.mark.django_db
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)
HERE = Place("192.0.2.0/24")


def test_a_letter_makes_an_account_and_is_the_way_in_afterwards(client: Client) -> None:
    made = letter()
    answer = join_by_letter(client, made)
    assert answer.headers["Location"] == reverse("accounts:welcome")
    user = User.objects.get(name="Mus")
    assert selectors.own_address(Actor(user)) == ""
    with clock.moved(30 * DAY):
        other = Client()
        assert type_letter(other, made).status_code == 302
        assert other.get(reverse("accounts:mine")).status_code == 200
    assert User.objects.filter(name="Mus").count() == 1


def test_whoever_printed_the_letter_gets_in_with_it_no_more(client: Client) -> None:
    made = letter()
    early = Client()
    type_letter(early, made)  # at the page of the name already, when the person joins
    join_by_letter(client, made)
    assert "passen niet bij elkaar" in type_letter(Client(), made, pin=made.pin).content.decode()
    post(early, "accounts:letter_name", {"name": "Kees", "pin": "583920", "sixteen": "on"})
    assert early.get(reverse("accounts:mine")).status_code == 302
    assert type_letter(Client(), made, pin="583920").status_code == 200
    assert type_letter(Client(), made, pin=OWN_PIN).status_code == 302


def test_the_page_of_the_name_tells_nobody_which_pin_was_chosen(client: Client) -> None:
    made = letter()
    early = Client()
    type_letter(early, made)
    join_by_letter(client, made)
    pages = [
        post(early, "accounts:letter_name", {"name": "Kees", "pin": pin, "sixteen": "on"}).content.decode()
        for pin in (OWN_PIN, "583920")
    ]
    assert ["staat op je brief" in page for page in pages] == [False, False]
    assert all("Deze brief is al gebruikt" in page for page in pages)


@pytest.mark.parametrize("typed", ["", "the printed one", "123456"])
def test_without_a_pin_of_ones_own_there_is_no_account(client: Client, typed: str) -> None:
    made = letter()
    type_letter(client, made)
    pin = made.pin if typed == "the printed one" else typed
    answer = post(client, "accounts:letter_name", {"name": "Mus", "pin": pin, "sixteen": "on"})
    assert answer.status_code == 200
    assert 'value="Mus"' in answer.content.decode()
    assert not User.objects.filter(name="Mus").exists()


@pytest.mark.parametrize("role", ["helper", "coordinator", "deputy"])
def test_who_helps_in_the_region_prints_letters(role: str) -> None:
    assert letters.print_letter(cast.staff(role)).code


@pytest.mark.parametrize("who", ["worker", "professional", "listener", "editor"])
def test_nobody_else_prints_letters(who: str) -> None:
    actor = {"worker": cast.person, "professional": cast.professional}.get(who, lambda: cast.staff(who))()
    with pytest.raises(NotAllowed):
        letters.print_letter(actor)


def test_code_and_pin_stand_nowhere_in_the_database() -> None:
    made = letter()
    for model in apps.get_models():
        for row in model._default_manager.values():
            assert made.code not in str(row)
            assert numbers.shown(made.code) not in str(row)
            assert f"'{made.pin}'" not in str(row)


def test_letter_not_used_for_fourteen_days_is_over(client: Client) -> None:
    made = letter()
    with clock.moved(15 * DAY):
        assert "passen niet bij elkaar" in type_letter(client, made).content.decode()
    assert not User.objects.filter(name="Mus").exists()


def test_a_slip_of_the_finger_is_told_before_anything_is_looked_up(client: Client) -> None:
    made = letter()
    slip = made.code[:5] + str((int(made.code[5]) + 1) % 10) + made.code[6:]
    page = post(client, "accounts:letter", {"code": slip}).content.decode()
    assert "Er zit een foutje in de code" in page
    page = post(client, "accounts:letter", {"code": made.code[:-1]}).content.decode()
    assert "te weinig of te veel" in page


@pytest.mark.parametrize("typed", ["{0} ", "{1}", "{2}", "{3}"])
def test_the_code_may_be_typed_with_spaces_dashes_or_other_digits(client: Client, typed: str) -> None:
    code = letter().code
    arabic = code.translate({ord(str(n)): chr(0x660 + n) for n in range(10)})
    spelled = typed.format(code, numbers.shown(code), numbers.shown(code).replace(" ", "-"), arabic)
    assert post(client, "accounts:letter", {"code": spelled}).status_code == 302


def test_letter_that_exists_and_one_that_does_not_look_the_same(client: Client) -> None:
    made = letter()
    known = type_letter(client, made, pin=wrong(made.pin))
    nobody = letters.Printed(made.letter_id, numbers.new(letters.CODE_DIGITS), "123123", made.expires_at)
    unknown = type_letter(Client(), nobody)
    assert known.status_code == unknown.status_code == 200
    assert len(known.content) == len(unknown.content)


def test_five_wrong_pins_from_one_place_and_then_a_wait_of_five_minutes(client: Client) -> None:
    made = letter()
    for _ in range(5):
        assert type_letter(client, made, pin=wrong(made.pin)).status_code == 200
    assert type_letter(client, made).status_code == 429
    with clock.moved(6 * MINUTE):
        assert type_letter(client, made).status_code == 302


def test_somebody_elsewhere_who_guesses_keeps_nobody_out(client: Client) -> None:
    made = letter()
    join_by_letter(Client(), made)
    for number in range(10):
        for _ in range(6):
            type_letter(Client(), made, pin=wrong(made.pin), REMOTE_ADDR=f"203.0.{number}.7")
    # From a place this letter never came from nothing counts now, not even the right PIN.
    assert type_letter(Client(), made, REMOTE_ADDR="203.0.99.7").status_code == 200
    assert type_letter(client, made).status_code == 302


def test_wrong_pins_from_everywhere_are_counted_together_for_a_day() -> None:
    made = letter()
    marked = letters.mark(made.code)
    for number in range(letters.WRONG):
        assert letters.check(marked, wrong(made.pin), place=Place(f"203.0.{number}.0/24")).letter is None
    assert letters.check(marked, made.pin, place=Place("198.51.100.0/24")).letter is None
    with clock.moved(25 * dt.timedelta(hours=1)):
        assert letters.check(marked, made.pin, place=Place("198.51.100.0/24")).letter is not None


def test_a_neighbour_on_the_same_network_guesses_sixty_times_a_day_and_the_own_device_still_gets_in() -> None:
    made, mus = letter(), Client()
    join_by_letter(mus, made)
    code = paper_codes.make(Actor(User.objects.get(name="Mus")))[0]
    marked, window = letters.mark(made.code), letters.WRONG_WINDOW / letters.WRONG_KNOWN
    known = Place(browser.network(mus.get("/").wsgi_request))
    own = Place(known.network, device="mine")
    day = clock.now()
    for number in range(letters.WRONG_KNOWN):
        with clock.moved(number * window / 2):  # slow enough for the limit of five minutes
            assert letters.check(marked, wrong(made.pin), place=known).letter is None
    with clock.moved(letters.WRONG_WINDOW / 2):
        assert clock.now() - day < letters.WRONG_WINDOW
        assert letters.check(marked, OWN_PIN, place=known).letter is None
        assert letters.check(marked, OWN_PIN, place=own).letter is not None
        assert paper_codes.use(code, network=known.network).user is not None
    with clock.moved(letters.WRONG_WINDOW + MINUTE):
        assert letters.check(marked, OWN_PIN, place=known).letter is not None


def test_one_of_the_own_devices_guesses_sixty_times_a_day_too() -> None:
    made = letter()
    join_by_letter(Client(), made)
    marked, window = letters.mark(made.code), letters.WRONG_WINDOW / letters.WRONG_KNOWN
    device = Place("203.0.113.0/24", device="stolen")
    for number in range(letters.WRONG_KNOWN):
        with clock.moved(number * window / 2):
            assert letters.check(marked, wrong(made.pin), place=device).letter is None
    with clock.moved(letters.WRONG_WINDOW / 2):
        assert letters.check(marked, OWN_PIN, place=device).letter is None


def test_somebody_who_knows_another_letter_gets_no_further_with_this_pin() -> None:
    one, two = letter(), letter()
    assert letters.check(letters.mark(one.code), two.pin, place=HERE).letter is None or one.pin == two.pin


def test_a_used_letter_makes_no_second_account(client: Client) -> None:
    made = letter()
    other = Client()
    type_letter(client, made)
    type_letter(other, made)
    post(client, "accounts:letter_name", {"name": "Mus", "pin": OWN_PIN, "sixteen": "on"})
    page = post(
        other, "accounts:letter_name", {"name": "Mees", "pin": OWN_PIN, "sixteen": "on"}
    ).content.decode()
    assert "Deze brief is al gebruikt" in page
    assert not User.objects.filter(name="Mees").exists()


def test_the_helper_sees_when_letters_were_made_and_whether_they_were_used(client: Client) -> None:
    helper = cast.staff("helper")
    made, _other = letter(helper), letter(helper)
    join_by_letter(client, made, name="Zwaluwstaart")
    page = cast.client_of(helper).get(reverse("region:letters")).content.decode()
    assert page.count("Gemaakt op") == 2
    assert page.count("Nog niet gebruikt") == 1
    assert "Zwaluwstaart" not in page
    elsewhere = cast.client_of(cast.staff("helper", at=cast.ELSEWHERE)).get(reverse("region:letters"))
    assert "Gemaakt op" not in elsewhere.content.decode()


def test_the_code_is_shown_in_one_print_and_never_again() -> None:
    helper = cast.staff("helper")
    browser_of_helper = cast.client_of(helper)
    sent = post(browser_of_helper, "region:letters", {"greeting": "hello"})
    place = sent.headers["Location"]
    page = browser_of_helper.get(place).content.decode()
    made = Letter.objects.get()
    code = numbers.read(page.split('<strong class="code">')[1].split("<")[0], letters.CODE_DIGITS)
    assert code is not None
    assert letters.mark(code) == made.code
    assert 'class="code"' not in cast.client_of(helper).get(place).content.decode()
    assert 'class="code"' not in cast.client_of(cast.staff("helper")).get(place).content.decode()
    with clock.moved(16 * MINUTE):
        assert 'class="code"' not in browser_of_helper.get(place).content.decode()


def test_the_letter_as_a_pdf_holds_the_code_and_one_page() -> None:
    import io

    import pypdf

    helper = cast.client_of(cast.staff("helper"))
    place = post(helper, "region:letters", {"greeting": "good_day"}).headers["Location"]
    page = helper.get(place).content.decode()
    answer = helper.get(place + "brief.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    read = pypdf.PdfReader(io.BytesIO(answer.content))
    assert len(read.pages) == 1
    words = read.pages[0].extract_text()
    assert page.split('<strong class="code">')[1].split("<")[0] in words
    assert "Goedendag" in words


def test_another_pin_works_at_once_and_the_old_one_no_longer(client: Client) -> None:
    made = letter()
    join_by_letter(client, made)
    assert post(client, "accounts:pin", {"pin": "58 39 20"}).status_code == 302
    assert type_letter(Client(), made).status_code == 200
    assert type_letter(Client(), made, pin="583920").status_code == 302


@pytest.mark.parametrize("pin", ["123456", "000000", "987654", "12345", "1234567890123"])
def test_a_pin_that_others_guess_first_is_refused(client: Client, pin: str) -> None:
    join_by_letter(client, letter())
    assert post(client, "accounts:pin", {"pin": pin}).status_code == 200


def test_who_signs_in_by_mail_has_no_pin_to_change() -> None:
    assert cast.client_of(cast.person()).get(reverse("accounts:pin")).status_code == 404


def test_before_something_that_matters_the_pin_is_asked_again(client: Client) -> None:
    made = letter()
    join_by_letter(client, made)
    with clock.moved(20 * MINUTE):
        asked = client.get(reverse("accounts:erase"))
        assert reverse("accounts:again") in asked.headers["Location"]
        page = client.get(asked.headers["Location"]).content.decode()
        assert "Je pincode, of een code om binnen te komen" in page
        again = {"pin": wrong(made.pin), "next": reverse("accounts:erase")}
        assert "Dit klopt niet" in post(client, "accounts:again", again).content.decode()
        answer = post(client, "accounts:again", {**again, "pin": OWN_PIN})
        assert answer.headers["Location"] == reverse("accounts:erase")
        assert client.get(reverse("accounts:erase")).status_code == 200


def test_on_a_shared_device_a_letter_leaves_no_mark_and_ten_minutes(client: Client) -> None:
    join_by_letter(client, letter(), shared="yes")
    assert client.cookies[browser.DEVICE].value == ""
    with clock.moved(11 * MINUTE):
        assert client.get(reverse("accounts:mine")).status_code == 302


def test_the_browser_that_came_with_a_letter_has_guesses_of_its_own(client: Client) -> None:
    made = letter()
    join_by_letter(client, made)
    for _ in range(6):
        type_letter(Client(), made, pin=wrong(made.pin))
    post(client, "accounts:sign_out")
    assert type_letter(client, made).status_code == 302


def test_old_letters_are_removed_and_those_in_use_stay(client: Client) -> None:
    made = letter()
    letter()
    join_by_letter(client, made)
    with clock.moved(29 * DAY):
        tasks.prune()
    assert Letter.objects.count() == 1
