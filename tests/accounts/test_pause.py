"""Even pauze: one tap, and everything stands still until the person is back."""

import datetime as dt

import pytest
from django.urls import reverse

from mmm.accounts import pause
from mmm.consent import selectors, services
from mmm.consent.selectors import NotThere
from mmm.foundation import clock
from mmm.foundation.policy import NotAllowed
from tests import cast
from tests.guards import questions

pytestmark = pytest.mark.django_db
BANNER = "Je hebt pauze. Niemand kan nu lezen."


def readable(reader, owner) -> bool:
    try:
        return bool(services.read(reader, owner_id=owner.id).sheets)
    except NotThere:
        return False


def test_in_a_break_the_reader_meets_what_was_never_shared():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke)
    browser, address = cast.client_of(marieke), f"/met-mij-gedeeld/{sam.id.hex}/"
    assert browser.get(address).status_code == 200
    pause.pause(sam)
    closed = browser.get(address)
    never = browser.get(f"/met-mij-gedeeld/{cast.worker('Henk').id.hex}/")
    assert closed.status_code == never.status_code == 404
    assert closed.content == never.content
    assert browser.head(address).status_code == 404
    assert sam.user.name not in browser.get("/met-mij-gedeeld/").content.decode()
    assert len(selectors.looks_for(sam, limit=9)) == 1


def test_who_is_back_opens_what_was_open_and_nothing_that_ended_meanwhile():
    sam, marieke, joost = cast.worker(), cast.professional(), cast.professional("Joost")
    cast.share(sam, marieke, days=30)
    cast.share(sam, joost, days=2)
    (kept, _ended) = (cast.professional("Els"), cast.professional("Karel"))
    (grant,) = cast.share(sam, kept)
    pause.pause(sam)
    services.revoke(sam, grant_id=grant.id)
    with clock.moved(dt.timedelta(days=5)):
        pause.resume(sam)
        assert [readable(each, sam) for each in (marieke, joost, kept)] == [True, False, False]


def test_the_owner_sees_in_a_break_what_opens_again_and_can_stop_it():
    sam, marieke = cast.worker(), cast.professional()
    (grant,) = cast.share(sam, marieke)
    pause.pause(sam)
    browser = cast.client_of(sam)
    page = browser.get("/wie-mag-lezen/").content.decode()
    assert "Nu niemand: je hebt pauze." in page
    assert reverse("consent:stop", args=[grant.id]) in page
    assert "Alleen ik, zolang ik pauze heb" in browser.get("/mijn-verhaal/").content.decode()
    assert "nu leest niemand mee" in browser.get("/mijn-verhaal/dromen/1/").content.decode()
    cast.post(browser, reverse("consent:stop", args=[grant.id]))
    pause.resume(sam)
    assert not readable(marieke, sam)


def test_one_tap_begins_a_break_and_one_ends_it():
    sam = cast.worker()
    browser = cast.client_of(sam)
    assert BANNER not in browser.get("/mijn-verhaal/").content.decode()
    assert cast.post(browser, "/pauze/").headers["Location"] == "/pauze/"
    for address in ("/mijn-verhaal/", "/mijn-verhaal/dromen/1/", "/mijn-gegevens/", "/pauze/", "/"):
        assert BANNER in browser.get(address).content.decode(), address
    cast.post(browser, "/pauze/", {"back": "1"})
    page = browser.get("/mijn-verhaal/").content.decode()
    assert BANNER not in page
    assert "Fijn dat je er weer bent." in page


def test_a_second_tap_keeps_the_first_moment():
    sam = cast.worker()
    since = pause.pause(sam).paused_at
    with clock.moved(dt.timedelta(days=3)):
        assert pause.pause(sam).paused_at == since


def test_who_has_a_break_can_write_and_cannot_share():
    sam, marieke = cast.worker(), cast.professional()
    pause.pause(sam)
    assert cast.write(sam, "dreams", "day", "Rust.").answer
    with pytest.raises(NotAllowed):
        cast.share(sam, marieke)


def test_a_break_is_ones_own_and_does_not_show_at_work():
    both = cast.member(cast.worker("Delano"), cast.organisation("Anker", chain_link="care"))
    with pytest.raises(NotAllowed):
        pause.pause(both)
    pause.pause(cast.Actor(both.user))
    page = cast.client_of(both).get("/met-mij-gedeeld/").content.decode()
    assert BANNER not in page
    assert "Even pauze" not in page


def test_a_break_of_a_reader_closes_nothing_that_others_shared():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke)
    pause.pause(cast.Actor(marieke.user))
    assert readable(marieke, sam)


def test_a_break_costs_no_question_more():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke)
    browser = cast.client_of(sam)
    counts = []
    for act in (None, pause.pause):
        if act:
            act(sam)
        browser.get("/mijn-verhaal/")
        with questions() as asked:
            browser.get("/mijn-verhaal/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
