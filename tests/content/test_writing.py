"""What an editor does in the room: nobody publishes alone; long texts, other forms of words, papers."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from mmm.book import selectors
from mmm.book.models import StoryPage
from mmm.content.models import GlossaryTerm, Paper, Section
from mmm.content.search import services as search
from tests import cast, guards

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_templates")]
PUBLISH = {"action-publish": "action-publish"}


def words(blocks: int = 1, **more: str) -> dict[str, Any]:
    """A story as its form sends it, with so many paragraphs."""
    form = nested_form_data(
        {
            "title": "De bezem van Bram",
            "slug": "de-bezem-van-bram",
            "order": "100",
            "intro": "Bram veegt.",
            "who": "Bram (44), magazijn, Leiden",
            "told_by": "worker",
            "sector": "logistics",
            "note": "",
            "learned_by": "",
            "learned": "",
            "body": streamfield([("paragraph", rich_text("<p>Bram veegt.</p>"))] * blocks),
            "comments": {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"},
            **more,
        }
    )
    return {**form, "themes": ["limits"], "readers": ["workers"]}


def add(client: Client, **sent: Any) -> Any:
    """Send a new story."""
    section = Section.objects.get(key="stories", locale__language_code="nl")
    return client.post(f"/redactie/pages/add/book/storypage/{section.pk}/", sent)


def test_who_writes_does_not_publish_not_even_by_a_form_of_their_own() -> None:
    client = cast.client_of(cast.staff("editor"))
    assert add(client, **words(), **PUBLISH).status_code == 302
    page = StoryPage.objects.get(slug="de-bezem-van-bram")
    assert not page.live
    assert client.post(f"/redactie/pages/{page.pk}/edit/", {**words(), **PUBLISH}).status_code == 302
    for path in (f"bulk/wagtailcore/page/publish/?id={page.pk}&next=/redactie/", f"pages/{page.pk}/privacy/"):
        assert client.post(f"/redactie/{path}").status_code == 404
    page.refresh_from_db()
    assert not page.live
    assert selectors.story("nl", page.slug) is None


def test_a_text_that_is_there_stays_as_it_is_until_another_says_yes() -> None:
    client = cast.client_of(cast.staff("editor"))
    page = StoryPage.objects.filter(locale__language_code="nl").first()
    assert page is not None
    sent = words(title="Anders", slug=page.slug)
    client.post(f"/redactie/pages/{page.pk}/edit/", {**sent, **PUBLISH})
    page.refresh_from_db()
    assert page.title != "Anders"
    assert page.get_latest_revision_as_object().title == "Anders"


def test_the_room_begins_with_what_one_can_write_and_shows_no_button_to_publish() -> None:
    client = cast.client_of(cast.staff("editor"))
    html = client.get("/redactie/").content.decode()
    (section,) = Section.objects.filter(key="stories", locale__language_code="nl")
    address = f"/redactie/pages/add/book/storypage/{section.pk}/"
    assert f'href="{address}">Verhaal</a>' in html
    assert "/redactie/account/" not in html.split("<main")[1].split("wagtail-sidebar-props")[0]
    form = client.get(address).content.decode()
    assert 'name="action-publish"' not in form
    assert 'name="action-submit"' in form


@pytest.mark.parametrize("name", ["told_by", "sector"])
def test_a_list_says_in_words_that_nothing_is_chosen_yet(name: str) -> None:
    field = StoryPage.get_edit_handler().get_form_class().base_fields[name]
    assert next(iter(field.choices)) == ("", "Kies")
    assert field.required


def test_a_text_of_500_pieces_is_kept_and_a_longer_one_is_refused_with_a_reason() -> None:
    client = cast.client_of(cast.staff("editor"))
    answer = add(client, **words(501))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "500" in html[html.index("data-block") :] or "500" in str(answer.context["form"].errors["body"])
    assert html.count("Bram veegt.") >= 501
    assert add(client, **words(500)).status_code == 302
    page = StoryPage.objects.get(slug="de-bezem-van-bram")
    assert len(page.get_latest_revision_as_object().body.raw_data) == 500


def test_other_forms_of_a_word_are_typed_by_an_editor_and_found() -> None:
    editor = cast.client_of(cast.staff("editor"))
    form = {
        "term": "Proefplek",
        "text": "Een plek om te kijken.",
        "also": "proefplaats\n snuffelplek, ,",
        "key": "",
    }
    sent = editor.post("/redactie/snippets/content/glossaryterm/add/?locale=nl", form)
    assert sent.status_code == 302, sent.context["form"].errors
    term = GlossaryTerm.objects.get(term="Proefplek")
    assert term.also == ["proefplaats", "snuffelplek"]
    assert term.key == "proefplek"
    search.keep_up()
    assert "/woordenlijst/#proefplek" in Client().get("/zoeken/?q=snuffelplekken").content.decode()
    shown = editor.get(f"/redactie/snippets/content/glossaryterm/edit/{term.pk}/").content.decode()
    assert "proefplaats\nsnuffelplek</textarea>" in shown


def test_a_paper_in_a_text_says_what_it_is_and_how_large_and_can_be_taken_along(
    settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    paper = Paper.objects.create(
        title="Kaart <voor> thuis", file=ContentFile(b"%PDF-1.7 x %%EOF", "kaart.pdf")
    )
    page = StoryPage.objects.filter(locale__language_code="nl").first()
    assert page is not None
    page.body = page.body.stream_block.to_python([{"type": "paper", "value": paper.pk}])
    page.save_revision().publish()
    with guards.questions() as asked:
        html = Client().get(f"/verhalen/{page.slug}/").content.decode()
    assert len(asked) <= 6
    assert f'<a href="{paper.file.url}" download>Kaart &lt;voor&gt; thuis</a> (pdf, ' in html
    answer = Client().get(paper.file.url)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    paper.delete()
    assert "Kaart" not in Client().get(f"/verhalen/{page.slug}/").content.decode()
