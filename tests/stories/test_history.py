"""What stood there before can be found and put back."""

import datetime as dt

import pytest

from mmm.foundation import clock, ids
from mmm.stories import selectors, services
from mmm.stories.models import Earlier
from tests import cast

pytestmark = pytest.mark.django_db
PAGE = "/mijn-verhaal/dromen/1/eerder/"


def earlier(actor) -> list[str]:
    return [each.text for each in selectors.history_for(actor, kind="dreams", question="work").texts]


def later(minutes: int):
    return clock.moved(dt.timedelta(minutes=minutes))


def test_saves_of_one_sitting_are_one_history():
    sam = cast.person()
    for version, text in enumerate(("Ik", "Ik wil", "Ik wil planten")):
        cast.write(sam, "dreams", "work", text, version=version)
    assert earlier(sam) == []


def test_what_stood_there_before_a_pause_is_kept():
    sam = cast.person()
    cast.write(sam, "dreams", "work", "gisteren")
    with later(30):
        cast.write(sam, "dreams", "work", "vandaag", version=1)
    assert earlier(sam) == ["gisteren"]


def test_taking_much_away_at_once_keeps_what_was_there():
    sam = cast.person()
    cast.write(sam, "dreams", "work", "een lang verhaal over de tuin van mijn oma")
    cast.write(sam, "dreams", "work", "", version=1)
    assert earlier(sam) == ["een lang verhaal over de tuin van mijn oma"]


def test_putting_back_keeps_what_stood_there_in_its_turn():
    sam = cast.person()
    cast.write(sam, "dreams", "work", "gisteren")
    with later(30):
        cast.write(sam, "dreams", "work", "vandaag", version=1)
        (old,) = selectors.history_for(sam, kind="dreams", question="work").texts
        services.put_back(sam, kind="dreams", question="work", earlier_id=old.id, version=2)
    assert selectors.answer_for(sam, kind="dreams", question="work").current.text == "gisteren"
    assert earlier(sam) == ["vandaag", "gisteren"]


def test_the_history_does_not_grow_without_end():
    sam = cast.person()
    for number in range(services.EARLIER_KEPT + 5):
        with later(11 * number):
            cast.write(sam, "dreams", "work", f"tekst {number}", version=number)
    assert len(earlier(sam)) == services.EARLIER_KEPT
    assert earlier(sam)[0] == f"tekst {services.EARLIER_KEPT + 3}"


def test_nobody_puts_back_a_text_of_somebody_else():
    sam, henk = cast.person(), cast.worker("Henk")
    cast.write(sam, "dreams", "work", "gisteren")
    with later(30):
        cast.write(sam, "dreams", "work", "vandaag", version=1)
    (old,) = selectors.history_for(sam, kind="dreams", question="work").texts
    client = cast.client_of(henk)
    assert cast.post(client, PAGE, {"earlier_id": old.id.hex, "version": 1}).status_code == 404
    assert cast.post(client, PAGE, {"earlier_id": ids.new().hex, "version": 1}).status_code == 404
    assert "gisteren" not in client.get(PAGE).content.decode()


def test_the_page_puts_back_and_returns_to_the_question():
    sam = cast.person()
    cast.write(sam, "dreams", "work", "gisteren")
    with later(30):
        cast.write(sam, "dreams", "work", "vandaag", version=1)
    client = cast.client_of(sam)
    assert "gisteren" in client.get(PAGE).content.decode()
    (old,) = selectors.history_for(sam, kind="dreams", question="work").texts
    answer = cast.post(client, PAGE, {"earlier_id": old.id.hex, "version": 2})
    assert answer.url == "/mijn-verhaal/dromen/1/"
    assert "gisteren" in client.get(answer.url).content.decode()


def test_erasing_takes_the_history_along():
    sam = cast.person()
    cast.write(sam, "dreams", "work", "gisteren")
    with later(30):
        cast.write(sam, "dreams", "work", "vandaag", version=1)
    services.erase(sam.id)
    assert not Earlier.objects.exists()


def test_an_old_text_can_be_thrown_away_for_good():
    sam = cast.person()
    cast.write(sam, "dreams", "work", "gisteren")
    with later(30):
        cast.write(sam, "dreams", "work", "vandaag", version=1)
    (old,) = selectors.history_for(sam, kind="dreams", question="work").texts
    client = cast.client_of(sam)
    assert cast.post(client, PAGE, {"earlier_id": old.id.hex, "version": 2, "throw": "1"}).url == PAGE
    assert earlier(sam) == []
    assert selectors.answer_for(sam, kind="dreams", question="work").current.text == "vandaag"
