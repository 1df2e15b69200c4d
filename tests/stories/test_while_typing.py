"""Who reads along gets what was saved by a button, and nothing that is still being typed."""

import datetime as dt

import pytest
from django.test import Client

from mmm.accounts.actors import Actor
from mmm.foundation import clock, ids
from mmm.stories import selectors, services
from mmm.stories.models import ReadersText
from tests import cast
from tests.house.world import letter

pytestmark = pytest.mark.django_db
PAGE = "/mijn-verhaal/dromen/1/"


def types(client: Client, text: str) -> None:
    """The page saves by itself, as it does while somebody types; each time as an opened page of its own."""
    found = client.get(PAGE).context["form"]
    data = {"text": text, "version": found["version"].value(), "page": ids.new().hex, "turn": "1"}
    answer = cast.post(client, PAGE, data, headers={"X-Autosave": "1"})
    assert answer.status_code == 200, answer.content


def presses(client: Client, text: str) -> None:
    """A button of the page."""
    found = client.get(PAGE).context["form"]
    data = {"text": text, "version": found["version"].value(), "page": ids.new().hex, "turn": "1"}
    assert cast.post(client, PAGE, data).status_code == 302


def gets(reader: Actor, owner: Actor) -> str:
    """The page of the reader."""
    return cast.client_of(reader).get(f"/met-mij-gedeeld/{owner.id.hex}/").content.decode()


@pytest.fixture
def sam() -> Actor:
    return cast.worker()  # wrote about planting, by a button


@pytest.fixture
def marieke(sam: Actor) -> Actor:
    marieke = cast.professional()
    cast.share(sam, marieke)
    return marieke


def test_a_reader_sees_new_words_only_after_the_button(sam: Actor, marieke: Actor) -> None:
    own = cast.client_of(sam)
    presses(own, "Ik wil planten.")
    types(own, "Ik haat mijn baas.")
    assert "planten" in gets(marieke, sam)
    assert "baas" not in gets(marieke, sam)
    types(own, "Ik haat mijn baas niet.")
    assert "planten" in gets(marieke, sam)
    page = own.get(PAGE).content.decode()
    assert "baas niet" in page
    assert "Nu lezen ze nog wat je op" in page
    assert "baas niet" in own.get("/mijn-verhaal/lezen/").content.decode()
    presses(own, "Ik wil met hout werken.")
    assert "hout" in gets(marieke, sam)
    assert "planten" not in gets(marieke, sam)
    assert "Nu lezen ze nog" not in own.get(PAGE).content.decode()
    assert not ReadersText.objects.exists()


def test_the_button_without_another_word_gives_readers_what_stands_there(sam: Actor, marieke: Actor) -> None:
    own = cast.client_of(sam)
    types(own, "Ik wil met hout werken.")
    assert "hout" not in gets(marieke, sam)
    presses(own, "Ik wil met hout werken.")
    assert "hout" in gets(marieke, sam)


def test_an_answer_that_was_begun_since_is_not_there_for_readers(sam: Actor, marieke: Actor) -> None:
    second = "/mijn-verhaal/dromen/2/"
    own = cast.client_of(sam)
    found = own.get(second).context["form"]
    data = {"text": "Over vijf jaar", "version": found["version"].value(), "page": ids.new().hex, "turn": "1"}
    assert cast.post(own, second, data, headers={"X-Autosave": "1"}).status_code == 200
    assert "Over vijf jaar" not in gets(marieke, sam)
    assert "Nu lezen ze van deze vraag nog niets." in own.get(second).content.decode()


def test_whom_nobody_reads_needs_no_button_and_shares_what_stands_there(sam: Actor) -> None:
    types(cast.client_of(sam), "Ik wil met hout werken.")
    assert not ReadersText.objects.exists()
    marieke = cast.professional()
    cast.share(sam, marieke)
    assert "hout" in gets(marieke, sam)


def test_a_letter_that_waits_to_be_read_counts_as_a_reader(sam: Actor) -> None:
    letter(sam)
    types(cast.client_of(sam), "Ik haat mijn baas.")
    assert ReadersText.objects.count() == 1


def test_the_owner_sees_beforehand_what_a_second_reader_gets(sam: Actor, marieke: Actor) -> None:
    own = cast.client_of(sam)
    presses(own, "Ik wil planten.")
    types(own, "Ik haat mijn baas.")
    joris = cast.professional("Joris Kok")
    cast.share(sam, joris)
    assert "planten" in gets(joris, sam)
    assert "baas" not in gets(joris, sam)


def test_the_history_is_that_of_the_writer(sam: Actor, marieke: Actor) -> None:
    own = cast.client_of(sam)
    presses(own, "gisteren bewaard")
    with clock.moved(dt.timedelta(minutes=30)):
        types(own, "vandaag getypt, en het werd een lang verhaal")
    with clock.moved(dt.timedelta(minutes=60)):
        types(own, "later")
        earlier = [each.text for each in selectors.history_for(sam, kind="dreams", question="work").texts]
        assert earlier[:2] == ["vandaag getypt, en het werd een lang verhaal", "gisteren bewaard"]
        assert "gisteren bewaard" in gets(marieke, sam)
        history = selectors.history_for(sam, kind="dreams", question="work")
        put = history.texts[0].id
        assert put is not None
        services.put_back(sam, kind="dreams", question="work", earlier_id=put, version=history.version)
        assert "lang verhaal" in gets(marieke, sam)
