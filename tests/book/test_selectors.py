"""What pages of the public site get: only what is published, whole, and in few questions."""

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mmm.book import selectors, words
from mmm.book.models import NewsPage, ProfessionPage, StoryPage
from mmm.book.rows import Story
from mmm.content import selectors as content
from mmm.content.models import DatedEntry
from mmm.foundation import clock, public
from tests import guards

pytestmark = pytest.mark.django_db


def first() -> Story:
    return selectors.stories("nl")[0]


@pytest.mark.parametrize(
    ("ask", "most"),
    [
        (lambda: selectors.stories("nl"), 1),
        (lambda: selectors.story("nl", first().slug), 4 + 1),  # and the one of `first`
        (lambda: selectors.chapters("nl"), 1),
        (lambda: selectors.chapter("nl", "waarom-dit-boek"), 4),
        (lambda: selectors.professions("nl"), 1),
        (lambda: selectors.publications("nl"), 1),
        (lambda: selectors.publication("nl", "magazine-1-zes-stoelen"), 3),
        (lambda: selectors.profession("nl", "psychiater"), 3),
        (lambda: selectors.audience("nl", "workers"), 3),
        (lambda: selectors.prose("nl", key="aanbevelingen-regio"), 3),
        (lambda: selectors.tips("nl"), 2),
        (lambda: selectors.news("nl"), 1),
        (lambda: content.glossary("nl"), 1),
        (lambda: content.dated("nl"), 1),
        (lambda: content.help_lines("nl"), 1),
    ],
)
def test_each_answer_takes_few_questions(ask: Callable[[], Any], most: int) -> None:
    with guards.questions() as asked:
        assert ask()
    assert len(asked) <= most


def test_a_story_comes_whole() -> None:
    story = selectors.story("nl", first().slug)
    assert story is not None
    assert story.body.startswith("<")
    assert set(story.alternates) == {"nl", "en"}
    assert story.story.who
    assert len(story.related) == 3
    assert story.story.id not in {other.id for other in story.related}


def test_filters_can_be_combined() -> None:
    for theme, _title in words.THEMES:
        for story in selectors.stories("nl", theme=theme, told_by="worker", reader="workers"):
            assert theme in story.themes
            assert story.told_by == "worker"
            assert "workers" in story.readers
    assert selectors.stories("nl", theme="nergens") == []


def test_what_is_not_published_is_not_there() -> None:
    slug = first().slug
    page = StoryPage.objects.get(slug=slug)
    mark = public.edition()
    page.unpublish()
    assert selectors.story("nl", slug) is None
    assert slug not in {story.slug for story in selectors.stories("nl")}
    assert public.edition() != mark


@pytest.mark.parametrize("act", ["publish", "unpublish", "move", "delete"])
def test_every_act_of_an_editor_ends_kept_pages(act: str) -> None:
    page = NewsPage.objects.filter(locale__language_code="nl").first()
    assert page is not None
    mark = public.edition()
    if act == "publish":
        page.title = "Anders"
        page.save_revision().publish()
    elif act == "unpublish":
        page.unpublish()
    elif act == "move":
        page.move(page.get_parent().get_prev_sibling(), pos="last-child")
    else:
        page.delete()
    assert public.edition() != mark


def test_a_draft_does_not_reach_readers() -> None:
    slug = first().slug
    page = StoryPage.objects.get(slug=slug)
    page.title = "Nog niet af"
    page.save_revision()
    story = selectors.story("nl", slug)
    assert story is not None
    assert story.head.title != "Nog niet af"


def test_a_rule_is_there_on_its_last_day_and_not_after() -> None:
    entry = content.dated("nl")[0]
    until = entry.expires_on - clock.today()
    with clock.moved(until):
        assert entry.key in {each.key for each in content.dated("nl")}
    with clock.moved(until + dt.timedelta(days=1)):
        assert entry.key not in {each.key for each in content.dated("nl")}
        assert entry.key in {row.key for row in DatedEntry.objects.filter(locale__language_code="nl")}


def test_a_limit_of_secrecy_hides_itself_too() -> None:
    page = ProfessionPage.objects.get(slug="psychiater", locale__language_code="nl")
    facts = selectors.profession("nl", page.slug)
    assert facts is not None
    assert facts.secrecy
    with clock.moved(dt.timedelta(days=800)):
        later = selectors.profession("nl", page.slug)
    assert later is not None
    assert later.secrecy == ()


def test_links_between_texts_lead_to_pages_of_the_same_language() -> None:
    text = selectors.prose("en", key="aanbevelingen-regio")
    assert text is not None
    linked = [one for one in ("nl", "en") if f'href="/{one}/' in text.body]
    assert linked in ([], ["en"])


def test_a_story_of_500_blocks_is_read_in_few_questions_and_a_moment(client: Client) -> None:
    other = StoryPage.objects.filter(locale__language_code="nl").last()
    page = StoryPage.objects.get(slug=first().slug)
    assert other is not None
    link = f'<p>Lees <a linktype="page" id="{other.pk}">dit</a> en <b>dat</b>.</p>'
    page.body = page.body.stream_block.to_python(
        [{"type": kind, "value": value} for kind, value in (("paragraph", link), ("heading", "Kop"))] * 250
    )
    page.save_revision().publish()
    began = time.process_time()
    with guards.questions() as asked:
        answer = client.get(f"/verhalen/{page.slug}/")
    assert time.process_time() - began < 1
    assert len(asked) <= 6
    assert answer.content.decode().count("<h2 id=") >= 250
