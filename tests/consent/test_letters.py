"""Letters for somebody without an account: made by the owner, read once by whoever has the code."""

import datetime as dt
import io
import os
import random
from uuid import UUID

import pypdf
import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from mmm.accounts import blocks as persons
from mmm.accounts import pause
from mmm.accounts import services as accounts
from mmm.accounts.actors import Actor
from mmm.accounts.models import User
from mmm.consent import health, own_data, selectors, services, things
from mmm.consent.letters import codes
from mmm.consent.letters import selectors as reads
from mmm.consent.letters import services as letters
from mmm.consent.models import Letter
from mmm.consent.selectors import NotThere
from mmm.foundation import clock
from mmm.foundation.audit.models import LookRow
from mmm.foundation.policy import NotAllowed
from mmm.region import blocks as organisations
from tests import cast

pytestmark = pytest.mark.django_db
MARK = "m" * 32


def draft_of(actor, *kinds: str, employer: bool = False, days: int = 14, reader: str = "mijn zus") -> UUID:
    wanted = {f"stories.{kind}" for kind in kinds or ("dreams",)}
    draft = services.begin(actor, chosen=[each for each in things.of(actor.id) if each.kind in wanted])
    until = cast.today() + dt.timedelta(days=days)
    letters.choose(actor, draft_id=draft.id, employer=employer, reader=reader, until=until)
    return draft.id


def letter_of(actor, *kinds: str, knows_paper: bool = False, **more) -> Letter:
    return letters.make(actor, draft_id=draft_of(actor, *kinds, **more), knows_paper=knows_paper)


def texts(letter: Letter, mark: str = MARK) -> str:
    """What a browser gets; "" when nothing."""
    try:
        return "".join(letters.read(letter_id=letter.id, mark=mark).pieces)
    except NotThere:
        return ""


def typed(browser: Client, code: str):
    return cast.post(browser, "/brief-lezen/", {"letter_code": code})


def opens(browser: Client, letter: Letter) -> str:
    """Type the code, press the button, and read: what the page says; "" when it does not open."""
    if typed(browser, codes.code_of(letter.id)).status_code != 302:
        return ""
    if cast.post(browser, "/brief-lezen/klaar/").status_code != 302:
        return ""
    answer = browser.get("/brief-lezen/tekst/")
    return answer.content.decode() if answer.status_code == 200 else ""


def test_whoever_has_the_code_reads_what_was_chosen_and_nothing_else():
    sam = cast.worker()
    page = opens(Client(), letter_of(sam, "dreams"))
    assert "planten" in page
    assert "rustige plek" not in page
    assert "tandarts" not in page


def test_the_look_is_in_the_owners_log_as_somebody_with_the_code():
    sam = cast.worker()
    assert opens(Client(), letter_of(sam, "dreams"))
    (line,) = selectors.looks_for(sam, limit=10)
    assert line.reader_line == "iemand met de code van een brief"
    assert line.titles == ["Mijn dromen"]


def test_typing_the_code_and_looking_at_the_button_reveal_nothing_and_use_nothing_up():
    sam, browser = cast.worker("Xaviera"), Client()
    letter = letter_of(sam)
    for _time in range(3):
        assert typed(browser, codes.code_of(letter.id)).status_code == 302
        page = browser.get("/brief-lezen/klaar/").content.decode()
        assert "Xaviera" not in page
        assert "planten" not in page
    assert reads.letter_for(sam, letter.id).state == "waiting"
    assert not LookRow.objects.exists()
    assert opens(Client(), letter)


def test_it_is_read_once_and_another_browser_gets_nothing():
    sam, first, second = cast.worker(), Client(), Client()
    letter = letter_of(sam)
    typed(second, codes.code_of(letter.id))  # held the code too, and was slower
    assert opens(first, letter)
    assert cast.post(second, "/brief-lezen/klaar/").status_code == 422
    assert second.get("/brief-lezen/tekst/").status_code == 302
    assert opens(Client(), letter) == ""


def test_the_same_browser_may_load_it_again_for_half_an_hour_and_each_time_is_a_look():
    sam, browser = cast.worker(), Client()
    assert opens(browser, letter_of(sam))
    with clock.moved(dt.timedelta(minutes=29)):
        assert browser.get("/brief-lezen/tekst/").status_code == 200
    with clock.moved(dt.timedelta(minutes=31)):
        assert browser.get("/brief-lezen/tekst/").status_code == 302
    assert LookRow.objects.filter(vault_id=sam.vault_id).count() == 2


def test_taken_back_is_gone_at_the_next_request_before_and_after_it_was_opened():
    sam, browser = cast.worker(), Client()
    closed = letter_of(sam)
    letters.take_back(sam, letter_id=closed.id)
    assert opens(Client(), closed) == ""
    opened = letter_of(sam)
    assert opens(browser, opened)
    letters.take_back(sam, letter_id=opened.id)
    assert browser.get("/brief-lezen/tekst/").status_code == 302


def test_wrong_used_taken_back_run_out_and_erased_codes_get_the_same_answer():
    sam, henk = cast.worker(), cast.worker("Henk")
    used, back, late, gone = letter_of(sam), letter_of(sam), letter_of(sam, days=0), letter_of(henk)
    assert opens(Client(), used)
    letters.take_back(sam, letter_id=back.id)
    numbers = [codes.code_of(each.id) for each in (used, back, late, gone)]
    accounts.erase_now(henk.id, henk.vault_id)
    answers = set()
    with clock.moved(dt.timedelta(days=1)):
        for number, code in enumerate(["0000 0000 0000 0000", *numbers]):
            answer = Client(REMOTE_ADDR=f"10.{number}.0.1").post(
                "/brief-lezen/", {"letter_code": code, "once": "0" * 32}
            )
            page = answer.content.decode().replace(code, "")
            answers.add((answer.status_code, page[page.index("<main") : page.index("csrfmiddlewaretoken")]))
    assert len(answers) == 1
    assert answers.pop()[0] == 422


def test_the_last_day_is_included():
    sam = cast.worker()
    letter = letter_of(sam, days=3)
    with clock.moved(dt.timedelta(days=4)):
        assert opens(Client(), letter) == ""
    with clock.moved(dt.timedelta(days=3)):
        assert opens(Client(), letter)


def test_an_account_that_is_closed_opens_nothing():
    sam, browser = cast.worker(), Client()
    letter, opened = letter_of(sam), letter_of(sam)
    assert opens(browser, opened)
    User.objects.filter(id=sam.id).update(is_active=False)
    assert opens(Client(), letter) == ""
    assert browser.get("/brief-lezen/tekst/").status_code == 302


def test_a_break_closes_letters_and_being_back_opens_them_again():
    sam, browser = cast.worker(), Client()
    letter, opened, draft = letter_of(sam), letter_of(sam), draft_of(sam)
    assert opens(browser, opened)
    pause.pause(sam)
    assert opens(Client(), letter) == ""
    assert browser.get("/brief-lezen/tekst/").status_code == 302
    with pytest.raises(NotAllowed):
        letters.make(sam, draft_id=draft)
    pause.resume(sam)
    assert opens(Client(), letter)
    assert browser.get("/brief-lezen/tekst/").status_code == 200


def test_five_tries_from_one_place_and_who_is_elsewhere_still_gets_in():
    letter = letter_of(cast.worker())
    attacker = Client(REMOTE_ADDR="192.0.2.7")
    found = [typed(attacker, f"{number:016d}").status_code for number in range(6)]
    assert found == [422] * 5 + [429]
    assert typed(attacker, codes.code_of(letter.id)).status_code == 429
    assert opens(Client(REMOTE_ADDR="198.51.100.7"), letter)


def test_guessing_in_a_crowd_leaves_one_try_to_each_place_and_the_right_code_still_opens(monkeypatch):
    monkeypatch.setattr(codes, "WRONG_EVERYWHERE", 20)
    letter = letter_of(cast.worker())
    for number in range(20):
        typed(Client(REMOTE_ADDR=f"10.0.{number}.1"), "1234")
    late = Client(REMOTE_ADDR="192.0.2.7")
    assert [typed(late, "1234").status_code for _ in range(2)] == [422, 429]
    assert opens(Client(REMOTE_ADDR="198.51.100.7"), letter)


def test_the_code_is_stored_nowhere():
    letter = letter_of(cast.worker())
    code = codes.code_of(letter.id).replace(" ", "")
    row = Letter.objects.filter(id=letter.id).values("id", "code", "things", "view").get()
    assert code not in repr(row)
    assert codes.fingerprint(code) == codes.fingerprint(f" {codes.code_of(letter.id).replace(' ', '-')}")


def test_an_employer_gets_p2_only_and_the_page_says_what_stays_behind():
    sam, browser = cast.worker(), None
    draft = draft_of(sam, "dreams", "story", employer=True)
    page = cast.client_of(sam).get(f"/delen/{draft.hex}/brief/bekijk/").content.decode()
    assert "Een werkgever krijgt dit nooit te zien" in page
    assert "tandarts" not in page
    letter = letters.make(sam, draft_id=draft)
    browser = Client()
    assert "tandarts" not in opens(browser, letter)
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(id=letter.id).update(data_class="P3")
    with pytest.raises(NotAllowed):
        letter_of(sam, "story", employer=True)


def test_p3_goes_on_paper_only_after_the_page_that_says_what_it_means():
    sam = cast.worker()
    with pytest.raises(NotAllowed):
        letter_of(sam, "dreams", "story")
    draft, browser = draft_of(sam, "dreams", "story"), cast.client_of(sam)
    address = f"/delen/{draft.hex}/brief/bekijk/"
    page = browser.get(address)
    assert "Dit gaat over jouw leven" in page.content.decode()
    version = page.context["choices"].version
    assert cast.post(browser, address, {"version": version}).status_code == 422
    assert not Letter.objects.exists()
    assert cast.post(browser, address, {"version": version, "paper": "on"}).status_code == 302
    assert "tandarts" in opens(Client(), Letter.objects.get())


def test_health_words_for_an_employer_are_shown_first_and_the_person_decides():
    sam = cast.worker()
    cast.write(sam, "needs", "words", "Door mijn depressie heb ik rust nodig.", version=1)
    assert letter_of(sam, "needs")  # not for an employer: nobody looks
    with pytest.raises(NotAllowed):
        letter_of(sam, "needs", employer=True)
    draft, browser = draft_of(sam, "needs", employer=True), cast.client_of(sam)
    page = browser.get(f"/delen/{draft.hex}/brief/bekijk/")
    assert page.context["choices"].health_words == ["depressie"]
    letters.make(sam, draft_id=draft, not_about_health=True)
    assert health.words_in(["<p>Ik houd van muziek &amp; een additionele pauze.</p>"]) == []


@pytest.mark.parametrize("days", [-1, 15])
def test_a_letter_lasts_two_weeks_at_most(days):
    with pytest.raises(NotAllowed):
        letter_of(cast.worker(), days=days)


def test_nobody_makes_sees_or_ends_a_letter_of_somebody_else():
    sam, henk = cast.worker(), cast.worker("Henk")
    draft, letter = draft_of(sam), letter_of(sam)
    with pytest.raises(NotThere):
        letters.make(henk, draft_id=draft)
    with pytest.raises(NotThere):
        reads.letter_for(henk, letter.id)
    with pytest.raises(NotThere):
        letters.take_back(henk, letter_id=letter.id)
    assert opens(Client(), letter)


def test_the_paper_names_nobody_and_no_part_and_the_pdf_is_the_same_page():
    sam = cast.worker("Xaviera")
    letter = letter_of(sam, reader="tante Wil")
    answer = cast.client_of(sam).get(f"/delen/brief/{letter.id.hex}/pdf/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="brief.pdf"'
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    text = " ".join(text.split())
    assert codes.code_of(letter.id) in text
    assert "/brief-lezen/" in text
    for word in ("Xaviera", "tante Wil", "dromen", "planten"):
        assert word not in text


def test_the_code_is_shown_as_long_as_it_works():
    sam = cast.worker()
    letter, browser = letter_of(sam), cast.client_of(sam)
    address = f"/delen/brief/{letter.id.hex}/"
    assert codes.code_of(letter.id) in browser.get(address).content.decode()
    assert opens(Client(), letter)
    page = browser.get(address).content.decode()
    assert codes.code_of(letter.id) not in page
    assert "Neem de brief terug" in page  # it is still on somebody's screen
    assert cast.post(browser, f"{address}terugnemen/").status_code == 302
    assert "Neem de brief terug" not in browser.get(address).content.decode()
    assert browser.get(f"{address}pdf/").status_code == 404


def test_letters_stand_among_who_may_read():
    sam = cast.worker()
    letter_of(sam, reader="tante Wil")
    assert "Brief voor tante Wil" in cast.client_of(sam).get("/wie-mag-lezen/").content.decode()


def test_the_owner_takes_letters_along_and_erasing_removes_them():
    sam = cast.worker()
    letter = letter_of(sam, reader="tante Wil")
    (line,) = own_data.export(sam.id, sam.vault_id)["letters"]
    assert (line["reader"], line["state"]) == ("tante Wil", "Nog niet gelezen")
    accounts.erase_now(sam.id, sam.vault_id)
    assert not Letter.objects.exists()
    assert opens(Client(), letter) == ""


def test_after_a_restore_every_letter_is_closed():
    letter = letter_of(cast.worker())
    assert letters.close_all() == 1
    assert opens(Client(), letter) == ""


def test_letters_that_are_over_are_forgotten_in_time():
    sam = cast.worker()
    letter_of(sam)
    back = letter_of(sam)
    letters.take_back(sam, letter_id=back.id)
    assert letters.forget_ended(clock.now() + dt.timedelta(seconds=1)) == 1
    assert letters.forget_ended(clock.now() + dt.timedelta(days=16)) == 1


@pytest.mark.parametrize("change", [{"until": dt.date(2099, 1, 1)}, {"opened_at": None, "view": ""}])
def test_the_database_refuses_to_change_or_reopen_a_letter(change):
    letter = letter_of(cast.worker())
    letters.open_once(letter_id=letter.id, mark=MARK)
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(id=letter.id).update(**change)


STEPS = 3_000 if os.environ.get("MMM_DEEP") else 300


def test_any_order_of_opening_ending_and_days_agrees_with_a_model_of_four_states():
    chance = random.Random(7)
    sam = cast.worker()
    letter, state, until, opened = letter_of(sam, days=2), "waiting", 2, None
    seen, minutes = set(), 0
    for step in range(STEPS):
        if step % 10 == 0:
            letter, state, until, opened = letter_of(sam, days=2), "waiting", 2, None
            minutes = 0
        act = chance.choice(["open", "other", "back", "pass", "pass", "pass"])
        with clock.moved(dt.timedelta(minutes=minutes)):
            today = (clock.today() - cast.today()).days
            live = state == "waiting" and today <= until
            if act in {"open", "other"}:
                mark = MARK if act == "open" else "o" * 32
                assert letters.open_once(letter_id=letter.id, mark=mark) == live
                if live:
                    state, opened = "opened", (minutes, mark)
            elif act == "back":
                letters.take_back(sam, letter_id=letter.id)
                state = "ended"
            else:
                minutes += chance.choice([5, 20, 24 * 60, 48 * 60])
        with clock.moved(dt.timedelta(minutes=minutes)):
            today = (clock.today() - cast.today()).days
            shown = "expired" if state == "waiting" and today > until else state
            seen.add(shown)
            assert reads.letter_for(sam, letter.id).state == shown
            for mark in (MARK, "o" * 32):
                readable = state == "opened" and opened and opened[1] == mark and minutes - opened[0] < 30
                assert bool(texts(letter, mark)) == bool(readable)
    assert seen == {"waiting", "opened", "ended", "expired"}


def refused(browser: Client, letter: Letter) -> bool:
    """Whether this browser meets exactly the answer of a wrong code, and nothing was used up."""
    answer = typed(browser, codes.code_of(letter.id))
    wrong = typed(browser, codes.code_of(UUID(int=7)))
    same = (
        [answer.status_code, problem(answer)] == [wrong.status_code, problem(wrong)] == [422, problem(wrong)]
    )
    return same and codes_cookie(answer) is None and Letter.objects.get(id=letter.id).opened_at is None


def problem(answer) -> list[str]:
    return list(answer.context["form"].errors["letter_code"])


def codes_cookie(answer):
    return answer.cookies.get("mmm_letter")


def test_somebody_whom_the_owner_blocked_meets_a_wrong_code_while_signed_in():
    sam, marieke, ahmed = cast.worker(), cast.professional(), cast.professional("Ahmed")
    letter = letter_of(sam)
    persons.block(sam, person_id=marieke.id, known_as="Marieke")
    for actor in (marieke, Actor(marieke.user)):
        assert refused(cast.client_of(actor), letter)
    assert "planten" in opens(cast.client_of(ahmed), letter)


def test_somebody_of_an_organisation_the_owner_blocked_meets_a_wrong_code_in_every_role():
    sam, marieke = cast.worker(), cast.professional()
    letter = letter_of(sam)
    organisations.block(sam, organisation_id=cast.organisation().id)
    for actor in (marieke, Actor(marieke.user)):
        assert refused(cast.client_of(actor), letter)
    assert "planten" in opens(Client(), letter)


def test_who_is_here_for_an_employer_opens_only_a_letter_that_was_made_for_one():
    sam, anja = cast.worker(), cast.employer()
    assert refused(cast.client_of(anja), letter_of(sam, "dreams"))
    assert "planten" in opens(cast.client_of(anja), letter_of(sam, "dreams", employer=True))


def test_a_block_closes_the_letter_that_stands_open_on_the_screen():
    sam, marieke = cast.worker(), cast.professional()
    browser, letter, second = cast.client_of(marieke), letter_of(sam), letter_of(sam)
    assert opens(browser, letter)
    persons.block(sam, person_id=marieke.id, known_as="Marieke")
    assert browser.get("/brief-lezen/tekst/").status_code == 302
    later = cast.client_of(cast.professional("Ahmed"))
    assert typed(later, codes.code_of(second.id)).status_code == 302
    persons.block(sam, person_id=UUID(later.session["_auth_user_id"]), known_as="Ahmed")
    assert later.get("/brief-lezen/klaar/").status_code == 302
    assert cast.post(later, "/brief-lezen/klaar/").status_code == 422
    assert Letter.objects.get(id=second.id).opened_at is None
