"""Saving answers: nothing is lost, whatever two devices do."""

import pytest

from mmm.accounts.actors import Actor
from mmm.foundation import audit, crypto, ids
from mmm.foundation.policy import NotAllowed
from mmm.stories import questions, selectors, services
from mmm.stories.models import Answer, OtherText
from tests import cast

pytestmark = pytest.mark.django_db


def text_of(actor: Actor, kind: str = "dreams", question: str = "work") -> str:
    current = selectors.answer_for(actor, kind=kind, question=question).current
    return current.text if current else ""


def settle(actor: Actor, text: str, *, version: int, seen=None) -> None:
    if seen is None:
        seen = [each.id for each in selectors.answer_for(actor, kind="dreams", question="work").others]
    services.settle(actor, kind="dreams", question="work", content={"text": text}, version=version, seen=seen)


def test_what_was_saved_is_what_is_read_in_any_script():
    sam = cast.person()
    words = "Ik wil 🌱 planten\n\nمرحبا — ὕβρις <b>geen html</b> \u200b\U0001f469\u200d\U0001f33e"
    cast.write(sam, "dreams", "work", words)
    assert text_of(sam) == words


def test_saving_again_from_the_version_that_was_read_replaces_the_text():
    sam = cast.person()
    cast.write(sam, "dreams", "work", "een")
    saved = cast.write(sam, "dreams", "work", "twee", version=1)
    assert (text_of(sam), saved.answer.version, saved.kept_apart) == ("twee", 2, False)


def test_the_second_of_two_devices_loses_neither_text():
    sam = cast.person()
    cast.write(sam, "dreams", "work", "basis")
    cast.write(sam, "dreams", "work", "op de telefoon", version=1)
    saved = cast.write(sam, "dreams", "work", "op de computer", version=1)
    mine = selectors.answer_for(sam, kind="dreams", question="work")
    assert saved.kept_apart
    assert mine.current.text == "op de telefoon"
    assert [other.text for other in mine.others] == ["op de computer"]
    assert mine.both == "op de telefoon\n\nop de computer"


def test_saves_of_one_page_that_overtake_each_other_are_no_conflict():
    sam, page = cast.person(), ids.new()
    for turn, text in ((1, "een"), (3, "een twee drie"), (2, "een twee")):
        saved = services.save_answer(
            sam, kind="dreams", question="work", content={"text": text}, version=0, page=page, turn=turn
        )
        assert not saved.kept_apart
    assert text_of(sam) == "een twee drie"


def test_another_page_is_still_another_page():
    sam = cast.person()
    for page in (ids.new(), ids.new()):
        saved = services.save_answer(
            sam, kind="dreams", question="work", content={"text": page.hex}, version=0, page=page, turn=1
        )
    assert saved.kept_apart


def test_the_same_stale_text_twice_is_kept_beside_once():
    sam = cast.person()
    cast.write(sam, "dreams", "work", "basis")
    cast.write(sam, "dreams", "work", "telefoon", version=1)
    for _repeat in range(3):
        cast.write(sam, "dreams", "work", "computer", version=1)
    assert OtherText.objects.count() == 1


def test_an_old_page_on_which_nothing_was_written_changes_nothing():
    sam = cast.person()
    cast.write(sam, "dreams", "work", "mijn tekst")
    saved = cast.write(sam, "dreams", "work", "", version=0)
    assert (text_of(sam), saved.kept_apart) == ("mijn tekst", False)


def test_choosing_one_of_two_texts_ends_the_doubt():
    sam = cast.person()
    cast.write(sam, "dreams", "work", "een")
    cast.write(sam, "dreams", "work", "twee", version=0)
    settle(sam, "twee", version=1)
    mine = selectors.answer_for(sam, kind="dreams", question="work")
    assert (mine.current.text, list(mine.others)) == ("twee", [])


def test_what_was_not_chosen_is_in_the_history():
    sam = cast.person()
    cast.write(sam, "dreams", "work", "een")
    cast.write(sam, "dreams", "work", "twee", version=0)
    cast.write(sam, "dreams", "work", "drie", version=0)
    settle(sam, "twee", version=1)
    history = selectors.history_for(sam, kind="dreams", question="work")
    assert {each.text for each in history.texts} == {"een", "twee", "drie"}


def test_a_text_that_came_while_choosing_is_not_lost():
    sam = cast.person()
    cast.write(sam, "dreams", "work", "een")
    cast.write(sam, "dreams", "work", "twee", version=0)
    seen = [each.id for each in selectors.answer_for(sam, kind="dreams", question="work").others]
    cast.write(sam, "dreams", "work", "intussen op de computer", version=0)
    settle(sam, "twee", version=1, seen=seen)
    mine = selectors.answer_for(sam, kind="dreams", question="work")
    assert [each.text for each in mine.others] == ["intussen op de computer"]


def test_choosing_from_an_old_page_keeps_what_was_written_meanwhile():
    sam = cast.person()
    cast.write(sam, "dreams", "work", "een")
    cast.write(sam, "dreams", "work", "twee", version=0)
    cast.write(sam, "dreams", "work", "intussen", version=1)
    settle(sam, "twee", version=1)
    mine = selectors.answer_for(sam, kind="dreams", question="work")
    assert mine.current.text == "intussen"
    assert "twee" in [other.text for other in mine.others]


def test_an_emptied_answer_counts_as_not_written():
    sam = cast.person()
    cast.write(sam, "dreams", "work", "een")
    cast.write(sam, "dreams", "work", "", version=1)
    assert {line.state for line in selectors.overview_for(sam)} == {"new"}
    assert selectors.parts_with_text(sam.id) == []


def test_nothing_written_makes_no_row():
    sam = cast.person()
    assert cast.write(sam, "dreams", "work", "").answer is None
    assert not Answer.objects.exists()


def test_nobody_writes_a_story_in_a_working_role():
    marieke = cast.professional()
    with pytest.raises(NotAllowed):
        cast.write(marieke, "dreams", "work", "over een ander")


def test_a_receipt_of_another_person_opens_nothing():
    sam, henk = cast.worker(), cast.worker("Henk")
    parts = [part.id for part in selectors.parts_with_text(sam.id)]
    with pytest.raises(crypto.Forbidden):
        selectors.opened(parts, audit.own(henk.vault_id))


def test_both_languages_have_the_same_parts_questions_and_conditions():
    dutch, english = questions._parts("nl"), questions._parts("en")
    assert [(part.kind, [q.key for q in part.questions]) for part in dutch] == [
        (part.kind, [q.key for q in part.questions]) for part in english
    ]
    assert len(questions._conditions("nl")) == 48
    assert [each.key for each in questions._conditions("nl")] == [
        each.key for each in questions._conditions("en")
    ]
    assert len(questions.first_conditions()) == 8
    assert sum(len(group) for _name, group in questions.further_conditions()) == 40
