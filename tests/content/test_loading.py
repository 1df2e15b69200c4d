"""Shipped texts: once each, in pairs, and never over what an editor changed."""

from pathlib import Path

import pytest
from django.core.management import call_command

from mmm.book import loading, selectors
from mmm.book.models import StoryPage
from mmm.content import lists
from mmm.content import selectors as content
from mmm.content.models import GlossaryTerm, Loaded
from mmm.foundation import public
from tests import guards

pytestmark = pytest.mark.django_db


def story(folder: Path, language: str, *, title: str = "Proef", text: str = "Eerst dit.") -> None:
    file = folder / language / "stories" / "proef.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    head = {
        "key": "proef", "slug": f"proef-{language}", "title": title, "intro": "Kort.", "who": "Bo (40)",
        "told_by": "worker", "sector": "retail", "note": "", "learned_by": "", "learned": "",
    }  # fmt: skip
    lines = [f'{name} = "{value}"' for name, value in head.items()]
    lines += ['themes = ["limits"]', 'for = ["workers"]']
    file.write_text("+++\n" + "\n".join(lines) + f"\n+++\n{text}\n")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(loading, "FOLDER", tmp_path)
    return tmp_path


def test_everything_shipped_is_there_in_both_languages() -> None:
    for language in ("nl", "en"):
        assert len(selectors.stories(language)) >= 15
        assert [each.number for each in selectors.professions(language)] == list(range(1, 22))
        assert [each.number for each in selectors.chapters(language)] == list(range(1, 15))
        kinds = [each.kind for each in selectors.publications(language)]
        assert [kinds.count(each) for each in ("summary", "methods", "magazine", "press")] == [3, 1, 10, 1]
        assert all(selectors.audience(language, each) for each in ("workers", "professionals", "employers"))
        assert len(content.glossary(language)) >= 50
        assert len(content.dated(language)) >= 15
        assert content.help_lines(language)[0].phone == "112"


def test_a_second_load_asks_little_and_changes_nothing() -> None:
    mark = public.edition()
    with guards.questions() as asked:
        loading.load()
        lists.load()
    assert len([one for one, _ in asked if not one.startswith(("SAVEPOINT", "RELEASE"))]) <= 6
    assert public.edition() == mark


def test_both_languages_of_a_text_are_a_pair(folder: Path) -> None:
    story(folder, "nl")
    story(folder, "en", title="Trial")
    loading.load()
    found = selectors.story("nl", "proef-nl")
    assert found is not None
    assert dict(found.alternates) == {"nl": "/verhalen/proef-nl/", "en": "/en/verhalen/proef-en/"}


def test_a_new_version_of_a_file_takes_the_place_of_the_old_one(folder: Path) -> None:
    story(folder, "nl")
    loading.load()
    mark = public.edition()
    story(folder, "nl", text="Nu dit.")
    loading.load()
    found = selectors.story("nl", "proef-nl")
    assert found is not None
    assert "Nu dit." in found.body
    assert public.edition() != mark


def test_what_an_editor_changed_stays_and_the_difference_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story(folder, "nl")
    loading.load()
    page = StoryPage.objects.get(key="proef")
    page.title = "Zoals de redactie het wil"
    page.save()
    story(folder, "nl", title="Nieuw van elders")
    told = loading.load()
    page.refresh_from_db()
    assert page.title == "Zoals de redactie het wil"
    assert told["pages changed here and kept"] == 1
    said = capsys.readouterr().out
    assert "Zoals de redactie het wil" in said
    assert "Nieuw van elders" in said


def test_what_an_editor_took_away_does_not_come_back(folder: Path) -> None:
    story(folder, "nl")
    loading.load()
    StoryPage.objects.get(key="proef").delete()
    story(folder, "nl", text="Nu dit.")
    loading.load()
    assert selectors.story("nl", "proef-nl") is None


def test_a_word_that_an_editor_changed_stays() -> None:
    row = GlossaryTerm.objects.filter(locale__language_code="nl").first()
    assert row is not None
    row.text = "Zoals de redactie het zegt."
    row.save()
    Loaded.objects.filter(path=f"nl/term/{row.key}").update(source="an older file")
    assert lists.load()["lines changed here and kept"] == 1
    row.refresh_from_db()
    assert row.text == "Zoals de redactie het zegt."


def test_the_command_says_how_much_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_content")
    said = capsys.readouterr().out
    assert "pages" in said
    assert "professions" in said
