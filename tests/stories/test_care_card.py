"""*Kaart voor mijn behandelaar*: what was chosen is on it, on the screen and on paper, and nothing else."""

import io

import pypdf
import pytest

from mmm.accounts import services as accounts
from mmm.foundation import audit, crypto
from mmm.foundation.policy import NotAllowed
from mmm.stories import own_data
from mmm.stories.care_card import content, selectors, services
from mmm.stories.models import CareCard
from tests import cast

pytestmark = pytest.mark.django_db
CHOSEN = {
    "answers": ["dreams.work"],
    "do": ["ask", "step"],
    "not_needed": ["solve"],
    "who": "Mijn zus Tineke",
}


def words_of(answer) -> str:
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_card_shows_what_was_chosen_and_nothing_else():
    sam = cast.worker()
    browser = cast.client_of(sam)
    assert cast.post(browser, "/mijn-verhaal/kaart/", CHOSEN).status_code == 302
    page = browser.get("/mijn-verhaal/kaart/laat-zien/").content.decode()
    for shown in ("planten", "Vraag mij eerst", "niet op te lossen", "Mijn zus Tineke"):
        assert shown in page
    for left_out in ("rustige plek", "tandarts", "geen baan voor mij"):
        assert left_out not in page


def test_the_pdf_holds_the_chosen_parts_and_not_the_others():
    sam = cast.worker()
    browser = cast.client_of(sam)
    cast.post(browser, "/mijn-verhaal/kaart/", CHOSEN)
    answer = browser.get("/mijn-verhaal/kaart/pdf/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kaart.pdf"'
    text = words_of(answer)
    for shown in ("planten", "Vraag mij eerst", "Mijn zus Tineke", "Sam"):
        assert shown in text
    for left_out in ("rustige plek", "tandarts"):
        assert left_out not in text


def test_nothing_of_the_story_itself_can_be_put_on_it():
    sam = cast.worker()
    assert {each.key for each in selectors.card_for(sam).choices} == {"dreams.work", "needs.words"}
    answer = cast.post(cast.client_of(sam), "/mijn-verhaal/kaart/", {"answers": ["story.path"]})
    assert answer.status_code == 422
    services.keep(sam, answers=["story.path"], do=[], not_needed=[], who="")
    assert not selectors.card_for(sam).seek
    assert not selectors.card_for(sam).need


def test_more_than_three_things_to_do_are_refused_and_nothing_typed_is_lost():
    data = {**CHOSEN, "do": list(content.sentences("do"))[:4]}
    answer = cast.post(cast.client_of(cast.worker()), "/mijn-verhaal/kaart/", data)
    assert answer.status_code == 422
    assert "Mijn zus Tineke" in answer.content.decode()
    assert not CareCard.objects.exists()


def test_somebody_who_wrote_nothing_still_gets_a_card():
    browser = cast.client_of(cast.person())
    assert cast.post(browser, "/mijn-verhaal/kaart/", {"do": ["listen"]}).status_code == 302
    assert "zonder meteen iets te regelen" in browser.get("/mijn-verhaal/kaart/laat-zien/").content.decode()


def test_what_was_chosen_is_sealed_and_can_be_forgotten():
    sam = cast.worker()
    services.keep(sam, **CHOSEN)
    row = CareCard.objects.get()
    assert crypto.unseal_json(row.choices, audit.own(sam.vault_id)) == CHOSEN
    assert b"Tineke" not in row.choices._ciphertext
    assert cast.post(cast.client_of(sam), "/mijn-verhaal/kaart/vergeet/").status_code == 302
    assert not CareCard.objects.exists()


def test_a_changed_answer_is_on_the_card_at_once_because_nothing_was_copied():
    sam = cast.worker()
    services.keep(sam, **CHOSEN)
    cast.write(sam, "dreams", "work", "Nu wil ik met dieren werken.", version=1)
    (answer,) = selectors.card_for(sam).seek
    assert answer.text == "Nu wil ik met dieren werken."


def test_the_card_is_taken_along_and_erased():
    sam = cast.worker()
    services.keep(sam, **CHOSEN)
    (card,) = own_data.export(sam.id, sam.vault_id)["care_card"]
    assert card["who"] == "Mijn zus Tineke"
    assert card["do"] == [content.sentences("do")[key] for key in ("ask", "step")]
    accounts.erase_now(sam.id, sam.vault_id)
    assert not CareCard.objects.exists()


def test_nobody_at_work_opens_a_card():
    with pytest.raises(NotAllowed):
        selectors.card_for(cast.professional())


def test_the_danger_block_stands_above_the_free_text():
    page = cast.client_of(cast.worker()).get("/mijn-verhaal/kaart/").content.decode()
    assert page.index("0800-0113") < page.index('name="who"')
    assert page.count("0800-0113") == 1
