"""What a reader answers to the exercises of the book: sealed, in both languages, and never lost."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from mmm.accounts.actors import Actor
from mmm.book.answers import own_data, selectors, services
from mmm.book.answers.forms import ExerciseForm
from mmm.book.answers.questions import ChapterExercises, Exercise, chapters, of_chapter
from mmm.book.models import ChapterPage, ExerciseAnswer
from mmm.foundation.policy import NotAllowed
from tests import cast

pytestmark = pytest.mark.django_db
KEY = "goed-naast-elkaar"  # has an exercise of each kind
PAGE, MINE = f"/mijn-antwoorden/{KEY}/", "/mijn-antwoorden/"


@pytest.fixture
def sam() -> Actor:
    return cast.person("Sam")


@pytest.fixture
def browser(sam: Actor) -> Client:
    return cast.client_of(sam)


@pytest.fixture
def chapter() -> ChapterExercises:
    found = of_chapter("nl", KEY)
    assert found
    return found


def of_kind(chapter: ChapterExercises, kind: str) -> Exercise:
    return next(each for each in chapter.exercises if each.kind == kind)


def filled(asked: Exercise, version: int = 0, **fields: Any) -> dict[str, Any]:
    """What a browser sends for this exercise."""
    prefix = asked.id.hex[:8]
    own = {"exercise": asked.id.hex, "version": str(version), **fields}
    return {f"{prefix}-{name}": value for name, value in own.items()}


def answered(sam: Actor) -> list[selectors.Own]:
    return selectors.all_of(sam)


def main(browser: Client, path: str) -> str:
    return browser.get(path).content.decode().split("<main", 1)[1].split("</main>")[0]


def test_chapter_leads_to_a_place_to_write_that_asks_to_sign_in() -> None:
    visitor = Client()
    assert f'href="{PAGE}"' in main(visitor, "/inspiratieboek/goed-naast-elkaar/")
    answer = visitor.get(PAGE)
    assert answer.status_code == 302
    assert "/inloggen/" in answer["Location"]


def test_words_are_there_again_on_another_device(
    browser: Client, sam: Actor, chapter: ChapterExercises
) -> None:
    asked = of_kind(chapter, "text")
    answer = cast.post(browser, PAGE, filled(asked, text="Mijn buurman.\r\nHij luistert."))
    assert answer.status_code == 302
    assert answer["Location"] == f"{PAGE}#{asked.anchor}"
    other = cast.client_of(sam)
    assert "Mijn buurman.\nHij luistert." in main(other, PAGE)
    assert "Mijn buurman." in main(other, MINE)


def test_each_kind_of_exercise_is_kept_as_it_was_filled_in(
    browser: Client, sam: Actor, chapter: ChapterExercises
) -> None:
    several, one, lines = (of_kind(chapter, kind) for kind in ("choice", "scale", "list"))
    cast.post(browser, PAGE, filled(several, chosen=[each.key for each in several.options[:2]]))
    cast.post(browser, PAGE, filled(one, chosen=one.options[1].key))
    cast.post(browser, PAGE, filled(lines, line0="Ik", line1=" "))
    first, second, third = answered(sam)
    assert first.chosen == [each.words for each in several.options[:2]]
    assert second.chosen == [one.options[1].words]
    assert third.lines == [(lines.options[0].words, "Ik")]
    page = main(browser, PAGE)
    assert len(re.findall(r"<input[^>]+ checked", page)) == 3


def test_emptied_answer_is_gone(browser: Client, sam: Actor, chapter: ChapterExercises) -> None:
    asked = of_kind(chapter, "text")
    cast.post(browser, PAGE, filled(asked, text="Iets."))
    cast.post(browser, PAGE, filled(asked, version=1, text="  "))
    assert not ExerciseAnswer.objects.filter(owner=sam.user).exists()


def test_other_device_wrote_meanwhile_then_both_texts_stand_there(
    browser: Client, sam: Actor, chapter: ChapterExercises
) -> None:
    asked = of_kind(chapter, "text")
    cast.post(browser, PAGE, filled(asked, text="Op de telefoon."))
    answer = cast.post(browser, PAGE, filled(asked, text="Op de laptop."))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Op de telefoon." in page
    assert "Op de laptop." in page
    assert [each.text for each in answered(sam)] == ["Op de telefoon."]
    version = re.search(rf'name="{asked.id.hex[:8]}-version" value="(\d+)"', page)
    assert version
    cast.post(browser, PAGE, filled(asked, version=int(version[1]), text="Op de laptop."))
    assert [each.text for each in answered(sam)] == ["Op de laptop."]


def test_thrown_away_elsewhere_while_somebody_writes_is_simply_kept(
    sam: Actor, chapter: ChapterExercises
) -> None:
    asked = of_kind(chapter, "text")
    kept = services.keep(sam, chapter=KEY, exercise=asked, content={"text": "Een."}, version=0)
    services.throw_away(sam, answer_id=answered(sam)[0].id)
    services.keep(sam, chapter=KEY, exercise=asked, content={"text": "Twee."}, version=kept.version)
    assert [each.text for each in answered(sam)] == ["Twee."]


def test_too_long_is_said_at_the_field_and_loses_nothing(
    browser: Client, sam: Actor, chapter: ChapterExercises
) -> None:
    asked = of_kind(chapter, "text")
    answer = cast.post(browser, PAGE, filled(asked, text="a" * (services.LONGEST + 1)))
    assert answer.status_code == 422
    assert "a" * (services.LONGEST + 1) in answer.content.decode()
    lines = of_kind(chapter, "list")
    answer = cast.post(browser, PAGE, filled(lines, line0="b" * (services.LONGEST_LINE + 1)))
    assert answer.status_code == 422
    assert f"hoogstens {services.LONGEST_LINE} tekens" in answer.content.decode()
    assert answered(sam) == []


def test_nothing_that_is_not_asked_is_kept(browser: Client, sam: Actor, chapter: ChapterExercises) -> None:
    asked = of_kind(chapter, "choice")
    assert cast.post(browser, PAGE, filled(asked, chosen=["verzonnen"])).status_code == 422
    answer = cast.post(browser, PAGE, {"verzonnen-exercise": "verzonnen"})
    assert answer.status_code == 409
    assert "staat niet meer in het boek" in answer.content.decode()
    assert answered(sam) == []


def test_answers_stay_when_the_reader_changes_language(
    browser: Client, sam: Actor, chapter: ChapterExercises
) -> None:
    cast.post(browser, PAGE, filled(of_kind(chapter, "text"), text="Mijn buurman."))
    assert "Mijn buurman." in main(browser, f"/en{PAGE}")


def test_exercises_are_the_same_in_both_languages() -> None:
    for key in chapters("nl"):
        dutch, english = of_chapter("nl", key), of_chapter("en", key)
        assert dutch
        assert english
        assert [(each.id, each.kind) for each in dutch.exercises] == [
            (each.id, each.kind) for each in english.exercises
        ]
        for one, other in zip(dutch.exercises, english.exercises, strict=True):
            assert [each.key for each in one.options] == [each.key for each in other.options]
            assert one.title != other.title


def test_editor_takes_the_exercise_out_and_the_words_stay(
    browser: Client, sam: Actor, chapter: ChapterExercises
) -> None:
    asked = of_kind(chapter, "text")
    cast.post(browser, PAGE, filled(asked, text="Mijn buurman."))
    page = ChapterPage.objects.get(key=KEY, locale__language_code="nl")
    page.unpublish()
    assert browser.get(PAGE).status_code == 404
    mine = main(browser, MINE)
    assert "Niet meer in het boek" in mine
    assert asked.title in mine
    assert "Mijn buurman." in mine


def test_one_answer_is_thrown_away_and_nobody_elses(
    browser: Client, sam: Actor, chapter: ChapterExercises
) -> None:
    noor = cast.person("Noor")
    asked = of_kind(chapter, "text")
    for each in (sam, noor):
        services.keep(each, chapter=KEY, exercise=asked, content={"text": each.user.name}, version=0)
    cast.post(browser, MINE, {"answer_id": answered(noor)[0].id.hex})
    assert [each.text for each in answered(noor)] == ["Noor"]
    cast.post(browser, MINE, {"answer_id": answered(sam)[0].id.hex})
    assert answered(sam) == []


def test_at_work_nobody_opens_their_own_answers(sam: Actor, chapter: ChapterExercises) -> None:
    at_work = cast.member(sam, cast.organisation())
    with pytest.raises(NotAllowed):
        selectors.all_of(at_work)
    with pytest.raises(NotAllowed):
        services.keep(
            at_work, chapter=KEY, exercise=of_kind(chapter, "text"), content={"text": "x"}, version=0
        )


def test_all_of_it_is_in_the_export_and_gone_after_erasing(sam: Actor, chapter: ChapterExercises) -> None:
    asked = of_kind(chapter, "text")
    services.keep(sam, chapter=KEY, exercise=asked, content={"text": "Mijn buurman."}, version=0)
    with translation.override("nl"):
        (line,) = own_data.export(sam.id, sam.vault_id)["answers"]
    assert (line["chapter"], line["title"], line["text"]) == (chapter.title, asked.title, "Mijn buurman.")
    own_data.erase(sam.id, sam.vault_id)
    assert not ExerciseAnswer.objects.filter(owner=sam.user).exists()


def test_fields_hold_what_was_kept(chapter: ChapterExercises) -> None:
    for asked, content in (
        (of_kind(chapter, "scale"), {"chosen": [of_kind(chapter, "scale").options[2].key]}),
        (of_kind(chapter, "list"), {"lines": {of_kind(chapter, "list").options[1].key: "Fatima"}}),
    ):
        initial = ExerciseForm.filled(asked, content, 3)
        data = {f"{asked.id.hex[:8]}-{name}": value for name, value in initial.items()}
        form = ExerciseForm(data, exercise=asked)
        assert form.is_valid()
        assert form.content == content
