"""Review, schedule, and rules that run out: what editors do and are told, through Wagtail's own verbs."""

import datetime as dt
import time

import pytest
from django.utils import timezone
from wagtail.models import Workflow

from mmm.book import selectors
from mmm.book.models import StoryPage
from mmm.content import desk, plain, tasks
from mmm.content import selectors as content
from mmm.content.models import DatedEntry
from mmm.foundation import clock, public
from tests import cast

pytestmark = pytest.mark.django_db


def story() -> StoryPage:
    page = StoryPage.objects.filter(locale__language_code="nl").first()
    assert page is not None
    return page


def test_what_one_editor_wrote_another_publishes() -> None:
    writer, other = cast.staff("editor"), cast.staff("editor", name="Ander")
    page = story()
    page.title = "Nagelezen titel"
    page.save_revision(user=writer.user)
    flow = Workflow.objects.get()
    state = flow.start(page, writer.user)
    task = state.current_task_state.task.specific
    page.refresh_from_db()
    assert task.get_actions(page, writer.user) == []
    assert "approve" in {name for name, _label, _modal in task.get_actions(page, other.user)}
    mark = public.edition()
    state.current_task_state.specific.approve(user=other.user)
    found = selectors.story("nl", page.slug)
    assert found is not None
    assert found.head.title == "Nagelezen titel"
    assert public.edition() != mark


def test_what_is_scheduled_is_published_by_the_tick_and_not_before() -> None:
    page = story()
    page.title = "Straks"
    page.go_live_at = timezone.now() + dt.timedelta(seconds=3)
    revision = page.save_revision()
    revision.publish()
    tasks.publish_what_is_due()
    found = selectors.story("nl", page.slug)
    assert found is None or found.head.title != "Straks"
    time.sleep(3)
    mark = public.edition()
    tasks.publish_what_is_due()
    found = selectors.story("nl", page.slug)
    assert found is not None
    assert found.head.title == "Straks"
    assert public.edition() != mark


def test_editors_are_told_once_of_a_rule_that_runs_out() -> None:
    editor, other = cast.staff("editor"), cast.coordinator()
    DatedEntry.objects.exclude(key="bedrijfsarts").delete()
    entry = content.dated("nl")[0]
    with clock.moved(entry.expires_on - clock.today() - dt.timedelta(days=10)):
        tasks.tell_of_stale_rules()
        told = len(cast.notices_of(editor))
        tasks.tell_of_stale_rules()
    assert told >= 1
    assert len(cast.notices_of(editor)) == told
    assert cast.notices_of(other) == []


def test_a_text_without_its_other_language_is_first_in_the_list() -> None:
    page = story()
    page.get_translations().first().delete()
    first = desk.pairs()[0]
    assert first.nl is not None
    assert first.nl.title == page.title
    assert first.en is None
    assert not first.complete
    assert desk.pairs()[-1].complete


def test_a_link_to_a_page_that_went_is_reported() -> None:
    assert desk.broken_links() == []
    target, page = story(), StoryPage.objects.filter(locale__language_code="nl").last()
    assert page is not None
    page.body = page.body.stream_block.to_python(
        [{"type": "paragraph", "value": f'<p><a linktype="page" id="{target.pk}">daar</a></p>'}]
    )
    page.save()
    assert desk.broken_links() == []
    target.unpublish()
    assert [each.title for each in desk.broken_links()] == [page.title]


def test_advice_on_plain_words_says_what_to_change() -> None:
    hard = plain.read(
        "Derhalve wordt door de betrokken functionaris zorggedragen voor een adequate afhandeling."
    )
    assert hard.advice()
    assert plain.read("Bram fietst naar zijn werk. Hij drinkt eerst koffie.").advice() == []
