"""Reports of death: two people, the exact address, the same answer whether somebody has it or not."""

import datetime as dt
from typing import Any

import pytest

from mmm.accounts import farewells, letters, selectors
from mmm.accounts import services as accounts
from mmm.accounts.actors import Actor
from mmm.accounts.models import User
from mmm.foundation import clock
from mmm.foundation.policy import NotAllowed
from mmm.foundation.tasks import outbox, worker
from mmm.region import deaths
from mmm.region.models import DeathReport
from tests import cast

pytestmark = pytest.mark.django_db
URL = "/regio-beheer/overlijden/"
DAY = dt.timedelta(days=1)


@pytest.fixture
def sam() -> Actor:
    return cast.worker("Sam Vink")


def reports(actor: Actor, address: str) -> str:
    """By the page; what it says afterwards, without the parts that differ at every visit."""
    client = cast.client_of(actor)
    answer: Any = cast.post(client, URL, {"email": address})
    assert answer.status_code == 302, answer.content.decode()
    page: str = client.get(answer.url).content.decode()
    return page[page.index("<main") : page.index('<form method="post" novalidate>')]


def test_one_report_does_nothing_and_the_second_by_another_lets_the_account_rest(sam: Actor) -> None:
    fatima, jan = cast.staff("coordinator"), cast.staff("deputy", name="Jan Bos")
    address = selectors.own_address(sam)
    reports(fatima, address.upper())
    reports(fatima, address)  # the same person twice is no second person
    assert farewells.state_of(sam.id) == "active"
    reports(jan, address)
    assert farewells.state_of(sam.id) == "stilled"
    waiting = farewells.open_farewell(sam.id)
    assert waiting is not None
    assert "Fatima el Amrani" in waiting.reporter
    assert "Jan Bos" in waiting.checker
    assert (waiting.reported_by, waiting.checked_by) == (fatima.id, jan.id)


def test_who_coordinates_elsewhere_is_no_second_person(sam: Actor) -> None:
    address = selectors.own_address(sam)
    reports(cast.staff("coordinator"), address)
    reports(cast.staff("coordinator", at=cast.ELSEWHERE), address)
    assert farewells.state_of(sam.id) == "active"


def test_a_known_and_an_unknown_address_get_the_same_answer_and_the_same_list(sam: Actor) -> None:
    address = selectors.own_address(sam)
    fatima, jan = cast.staff("coordinator"), cast.staff("deputy", name="Jan Bos")
    assert reports(fatima, address) == reports(fatima, "niemand@voorbeeld.example")
    waiting = cast.client_of(jan).get(URL).content.decode()
    assert waiting.count("Fatima el Amrani") == 2
    assert address not in waiting
    assert "Sam Vink" not in waiting
    assert reports(jan, address) == reports(jan, "niemand@voorbeeld.example")
    assert deaths.reports_for(jan) == []


def test_the_table_holds_no_address(sam: Actor) -> None:
    address = selectors.own_address(sam)
    reports(cast.staff("coordinator"), address)
    assert address not in str(list(DeathReport.objects.values()))


def test_a_report_that_nobody_checks_runs_out(sam: Actor) -> None:
    address = selectors.own_address(sam)
    fatima, jan = cast.staff("coordinator"), cast.staff("deputy", name="Jan Bos")
    deaths.report(fatima, address=address)
    with clock.moved(31 * DAY):
        assert deaths.reports_for(jan) == []
        deaths.report(jan, address=address)  # begins anew: a first report
        assert farewells.state_of(sam.id) == "active"
        deaths.report(fatima, address=address)
        assert farewells.state_of(sam.id) == "stilled"


def test_old_reports_go_by_themselves(sam: Actor) -> None:
    fatima, jan = cast.staff("coordinator"), cast.staff("deputy", name="Jan Bos")
    deaths.report(fatima, address=selectors.own_address(sam))
    deaths.report(fatima, address="niemand@voorbeeld.example")
    deaths.report(jan, address=selectors.own_address(sam))
    with clock.moved(40 * DAY):
        deaths.forget()
        assert DeathReport.objects.count() == 1
    with clock.moved(366 * DAY):
        deaths.forget()
        assert DeathReport.objects.count() == 0


def test_five_reports_a_day_are_enough() -> None:
    fatima = cast.staff("coordinator")
    for number in range(5):
        deaths.report(fatima, address=f"{number}@voorbeeld.example")
    with pytest.raises(NotAllowed):
        deaths.report(fatima, address="zes@voorbeeld.example")
    page = cast.post(cast.client_of(fatima), URL, {"email": "zes@voorbeeld.example"})
    assert "zes@voorbeeld.example" in page.content.decode()  # nothing typed is lost
    assert "Bel ons" in page.content.decode()


def test_at_the_first_report_every_mailbox_hears_of_it_and_nothing_else_happens(sam: Actor) -> None:
    cast.move_address(sam, "spare@voorbeeld.example", spare=True)
    address = selectors.own_address(sam)
    before = {each: len(outbox.sent_to(each)) for each in (address, "spare@voorbeeld.example")}
    fatima = cast.staff("coordinator")
    deaths.report(fatima, address=address)
    deaths.report(fatima, address=address)
    deaths.report(fatima, address="niemand@voorbeeld.example")
    worker.run_due()
    for each, number in before.items():
        assert len(outbox.sent_to(each)) == number + 1
    (notice,) = [each for each in cast.notices_of(sam) if each.kind == deaths.ASKED]
    assert farewells.state_of(sam.id) == "active"
    assert "niet meer bent" in cast.client_of(sam).get("/meldingen/").content.decode()
    assert notice.seen_at is None


@pytest.mark.parametrize("how", ["opens the notice", "signs in", "is here the next day"])
def test_who_shows_up_after_the_first_report_is_left_alone_by_the_second(sam: Actor, how: str) -> None:
    fatima, jan = cast.staff("coordinator"), cast.staff("deputy", name="Jan Bos")
    address = selectors.own_address(sam)
    deaths.report(fatima, address=address)
    if how == "opens the notice":
        (notice,) = [each for each in cast.notices_of(sam) if each.kind == deaths.ASKED]
        cast.post(cast.client_of(sam), "/meldingen/", {"notice": notice.id.hex})
    elif how == "signs in":
        User.objects.filter(id=sam.id).update(last_login=clock.now() + dt.timedelta(minutes=1))
    else:
        User.objects.filter(id=sam.id).update(last_seen_on=clock.today() + DAY)
    deaths.report(jan, address=address)
    assert farewells.state_of(sam.id) == "active"
    assert deaths.reports_for(jan) == []


@pytest.mark.parametrize("tie", ["a share", "work", "a letter", "nothing"])
def test_only_a_region_that_somebody_has_to_do_with_can_report_them(sam: Actor, tie: str) -> None:
    if tie == "a share":
        cast.share(sam, cast.professional())
    elif tie == "work":
        cast.member(sam, cast.organisation())
    elif tie == "a letter":
        letters.print_letter(cast.staff("helper"), for_user=sam.user)
    address = selectors.own_address(sam)
    there = [cast.staff(role, at=cast.ELSEWHERE) for role in ("coordinator", "deputy")]
    here = [cast.staff(role) for role in ("coordinator", "deputy")]
    for actor in there:
        deaths.report(actor, address=address)
    heard = [each for each in cast.notices_of(sam) if each.kind == deaths.ASKED]
    assert bool(heard) == (tie == "nothing")
    assert farewells.state_of(sam.id) == ("stilled" if tie == "nothing" else "active")
    for actor in here:
        deaths.report(actor, address=address)
    assert farewells.state_of(sam.id) == "stilled"


@pytest.mark.parametrize("role", ["editor", "listener"])
def test_nobody_but_coordinator_and_deputy_reports(role: str) -> None:
    with pytest.raises(NotAllowed):
        deaths.report(cast.staff(role), address="x@voorbeeld.example")
    with pytest.raises(NotAllowed):
        deaths.report(cast.person(), address="x@voorbeeld.example")


@pytest.mark.django_db(transaction=True)
def test_the_name_of_an_erased_coordinator_goes_from_the_report(sam: Actor) -> None:
    fatima = cast.staff("coordinator")
    deaths.report(fatima, address=selectors.own_address(sam))
    accounts.erase(Actor(fatima.user))
    row = DeathReport.objects.get()
    assert (row.reporter, row.reported_by) == ("", None)
    deaths.report(cast.staff("deputy", name="Jan Bos"), address=selectors.own_address(sam))
    assert farewells.state_of(sam.id) == "active"  # of the two there is one left, whose report it is now
    deaths.report(cast.staff("coordinator", name="Els Smit"), address=selectors.own_address(sam))
    assert farewells.state_of(sam.id) == "stilled"
