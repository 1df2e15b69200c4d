"""The pages of the story."""

import pytest
from django.urls import reverse
from django.utils import translation

from mmm.accounts.models import Session
from mmm.stories import questions, selectors
from mmm.stories.models import Answer
from mmm.stories.services import LONGEST
from tests import cast

pytestmark = pytest.mark.django_db
WORK = "/mijn-verhaal/dromen/1/"


def test_save_and_go_on_leads_to_the_next_question_and_stop_to_the_overview():
    client = cast.client_of(cast.person())
    assert cast.post(client, WORK, {"text": "een", "version": 0}).url == "/mijn-verhaal/dromen/2/"
    assert cast.post(client, WORK, {"text": "twee", "version": 1, "stop": "1"}).url == "/mijn-verhaal/"


def test_a_text_that_is_too_long_is_refused_without_losing_a_letter():
    client = cast.client_of(cast.person())
    long = "é" * (LONGEST + 7) + "EINDE"
    answer = cast.post(client, WORK, {"text": long, "version": 0})
    assert answer.status_code == 422
    assert long in answer.content.decode()
    assert not Answer.objects.exists()


def test_exactly_the_longest_text_is_saved_whatever_the_line_ends():
    sam = cast.person()
    lines = "\r\n".join("x" * 99 for _line in range(200))  # 20,000 with the ends counted as one
    answer = cast.post(cast.client_of(sam), WORK, {"text": lines + "y", "version": 0})
    assert answer.status_code == 302
    assert len(selectors.answer_for(sam, kind="dreams", question="work").current.text) == LONGEST


def test_pasted_html_is_text():
    sam = cast.person()
    client = cast.client_of(sam)
    cast.post(client, WORK, {"text": "<script>alert(1)</script><b>vet</b>", "version": 0})
    for page in (WORK, reverse("stories:whole")):
        assert "<script>alert(1)" not in client.get(page).content.decode()


def test_autosave_answers_with_time_and_version_only():
    client = cast.client_of(cast.person())
    answer = cast.post(client, WORK, {"text": "geheim", "version": 0}, headers={"X-Autosave": "1"})
    assert answer.status_code == 200
    assert set(answer.json()) == {"saved", "version"}
    assert answer.json()["version"] == 1


def test_autosave_of_a_stale_page_says_so_and_the_page_shows_both_texts():
    client = cast.client_of(cast.person())
    cast.post(client, WORK, {"text": "een", "version": 0})
    cast.post(client, WORK, {"text": "op de telefoon", "version": 1})
    answer = cast.post(client, WORK, {"text": "op de computer", "version": 1}, headers={"X-Autosave": "1"})
    assert answer.status_code == 409
    page = client.get(WORK).content.decode()
    assert "op de telefoon" in page
    assert "op de computer" in page


def test_choosing_conditions_is_kept_and_shown():
    sam = cast.person()
    client = cast.client_of(sam)
    data = {"version": 0, "fixed_days": "needed", "quiet_place": "nice", "own_pace": "either"}
    assert cast.post(client, "/mijn-verhaal/nodig/1/", data).status_code == 302
    mine = selectors.answer_for(sam, kind="needs", question="conditions").current
    assert mine.choices == {"fixed_days": "needed", "quiet_place": "nice", "own_pace": "either"}


@pytest.mark.parametrize(
    "address", ["/mijn-verhaal/dromen/0/", "/mijn-verhaal/dromen/9/", "/mijn-verhaal/elders/1/"]
)
def test_a_question_that_does_not_exist_is_not_there(address):
    assert cast.client_of(cast.person()).get(address).status_code == 404


def test_the_title_of_every_own_page_says_nothing():
    client = cast.client_of(cast.worker())
    for page in ("/mijn-verhaal/", WORK, "/mijn-verhaal/lezen/", "/wie-las-wat/", "/wie-mag-lezen/"):
        assert "<title>Mensen met Mogelijkheden</title>" in client.get(page).content.decode()


def test_five_taps_give_a_card_and_nothing_is_kept():
    client = cast.client_of(None)
    taps = ["fixed_days", "own_pace", "quiet_place", "-", "checklist"]
    so_far = ""
    for tap in taps:
        answer = client.post("/wat-heb-jij-nodig/", {"taps": so_far, "tap": tap})
        so_far = ",".join(filter(None, [so_far, tap]))
    page = answer.content.decode()
    for label in ("Vaste dagen", "Eigen tempo", "Rustige plek", "Lijst om af te vinken"):
        assert label in page
    assert not client.cookies
    assert not Session.objects.exists()
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_made_up_tap_shows_the_same_step_again():
    answer = cast.client_of(None).post("/wat-heb-jij-nodig/", {"taps": "fixed_days", "tap": "<script>"})
    assert answer.context["state"].number == 2


def test_back_in_the_five_taps_forgets_the_last():
    answer = cast.client_of(None).post("/wat-heb-jij-nodig/", {"taps": "fixed_days,own_pace", "back": "1"})
    assert answer.context["state"].taps == ("fixed_days",)


def test_a_whole_answer_can_be_given_without_writing_a_word():
    sam = cast.person()
    cast.post(cast.client_of(sam), WORK, {"version": 0, "text": "", "picked": ["outside", "animals"]})
    page = cast.client_of(sam).get(reverse("stories:whole")).content.decode()
    assert "Buiten werken" in page
    assert "Werken met dieren of planten" in page


def test_a_made_up_sentence_is_refused_and_the_text_stays():
    client = cast.client_of(cast.person())
    answer = cast.post(client, WORK, {"version": 0, "text": "mijn tekst", "picked": ["bestaat-niet"]})
    assert answer.status_code == 422
    assert "mijn tekst" in answer.content.decode()


def test_written_with_help_is_said_to_the_reader():
    sam, marieke = cast.person(), cast.professional()
    cast.post(cast.client_of(sam), WORK, {"version": 0, "text": "Samen geschreven.", "with_help": "on"})
    cast.share(sam, marieke, "dreams")
    page = cast.client_of(marieke).get(reverse("consent:read", args=[sam.id])).content.decode()
    assert "Geschreven met hulp" in page


def test_help_alone_is_no_answer():
    sam = cast.person()
    cast.post(cast.client_of(sam), WORK, {"version": 0, "text": "", "with_help": "on"})
    assert not Answer.objects.exists()


def test_both_texts_together_keep_every_chosen_sentence():
    sam = cast.person()
    client = cast.client_of(sam)
    cast.post(client, WORK, {"version": 0, "text": "een", "picked": ["outside"]})
    cast.post(client, WORK, {"version": 0, "text": "twee", "picked": ["animals"]})
    page = client.get(WORK).content.decode()
    both = page[page.index("Alle teksten onder elkaar") - 2000 :]
    assert 'value="outside"' in both
    assert 'value="animals"' in both


def test_the_question_page_says_who_can_read_along():
    sam, marieke = cast.worker(), cast.professional()
    client = cast.client_of(sam)
    assert "Alleen jij leest dit deel" in client.get(WORK).content.decode()
    cast.share(sam, marieke, "dreams")
    assert "Marieke de Wit mag dit deel lezen" in client.get("/mijn-verhaal/dromen/2/").content.decode()
    assert "Alleen jij leest dit deel" in client.get("/mijn-verhaal/verhaal/1/").content.decode()


def test_a_chosen_condition_can_be_made_empty_again_and_the_others_stay():
    sam = cast.worker()
    browser, address = cast.client_of(sam), "/mijn-verhaal/nodig/1/"
    cast.post(browser, address, {"version": "0", "fixed_days": "needed", "fewer_hours": "nice"})
    assert 'name="clear"' in browser.get(address).content.decode()
    data = {"version": "1", "fixed_days": "needed", "fewer_hours": "nice", "clear": "fixed_days"}
    answer = cast.post(browser, address, data)
    assert answer.headers["Location"].endswith(address)
    now = selectors.answer_for(sam, kind="needs", question="conditions").current
    assert now is not None
    assert now.choices == {"fewer_hours": "nice"}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_part_is_called_as_the_whole_and_no_question_has_two_cards_with_one_picture(language):
    with translation.override(language):
        assert translation.gettext("My story") not in [part.title for part in questions.parts()]
        for part in questions.parts():
            for question in part.questions:
                icons = [card.icon for card in question.cards]
                assert len(set(icons)) == len(icons), (part.kind, question.key)


@pytest.mark.parametrize("slug", questions.KINDS)
def test_every_part_can_be_walked_with_help_and_its_reader_sees_that(slug):
    sam, marieke = cast.person("Sam"), cast.professional()
    browser, part = cast.client_of(sam), questions.part(questions.KINDS[slug])
    for asked in part.questions:
        page = browser.get(f"/mijn-verhaal/{slug}/{asked.number}/").content.decode()
        assert page.count("0800-0113") == 1  # the danger block, once on the page
        data = {"version": "0", "with_help": "on", "text": "Mijn woorden.", "fixed_days": "needed"}
        if asked.cards:
            data["picked"] = asked.cards[0].key
        assert cast.post(browser, f"/mijn-verhaal/{slug}/{asked.number}/", data).status_code == 302
    cast.share(sam, marieke, part.kind)
    page = cast.client_of(marieke).get(f"/met-mij-gedeeld/{sam.id.hex}/").content.decode()
    assert page.count("Geschreven met hulp") == len(part.questions)
