"""*Meld dit* and *Dit klopt niet*: to the coordinator, never a word of the story, an answer with a reason."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from mmm.accounts import services as accounts
from mmm.consent import selectors as consent_selectors
from mmm.consent import services as consent
from mmm.foundation import audit, clock, crypto
from mmm.foundation.audit.models import MachineCount
from mmm.region import selectors as region
from mmm.region.models import HiddenName, Report
from mmm.region.reports import names, own_data, selectors, services
from mmm.region.reports.selectors import NotThere
from mmm.stories.models import Answer
from tests import cast

pytestmark = pytest.mark.django_db


def a_look(sam, marieke):
    cast.share(sam, marieke)
    consent.read(marieke, owner_id=sam.id)
    return audit.looks_for_owner(sam.vault_id, limit=1)[0].id


def reported(sam, marieke, shown=("who", "when"), words="Ik ken haar niet."):
    return services.report(sam, kind="lezen", thing_id=a_look(sam, marieke), shown=shown, words=words)


def of_name(actor, marieke):
    work = marieke.role.membership_id
    return services.report(actor, kind="naam", thing_id=work, shown=["line"], words="Zij werkt hier niet.")


def test_the_coordinator_sees_what_was_ticked_and_never_the_text():
    sam, marieke, fatima = cast.worker(), cast.professional(), cast.coordinator()
    row = reported(sam, marieke, shown=["who"])
    page = cast.client_of(fatima).get(f"/regio-beheer/meldingen/{row.id.hex}/").content.decode()
    assert "Marieke de Wit, jobcoach, Werkpunt" in page
    assert "Ik ken haar niet." in page
    for word in ("Sam", "Mijn dromen", "planten"):
        assert word not in page


def test_the_list_of_the_coordinator_holds_no_text_of_anybody():
    sam, marieke = cast.worker(), cast.professional()
    reported(sam, marieke)
    page = cast.client_of(cast.coordinator()).get("/regio-beheer/meldingen/").content.decode()
    for word in ("Marieke", "Sam", "Ik ken haar niet."):
        assert word not in page


def test_who_reported_sees_that_it_was_read_and_the_answer_with_its_reason():
    sam, marieke, fatima = cast.worker(), cast.professional(), cast.coordinator()
    row = reported(sam, marieke)
    services.read(fatima, report_id=row.id)
    line = consent_selectors.looks_for(sam, limit=10)[0]
    assert line.reader_line.startswith("Fatima el Amrani")
    assert line.titles == ["Mijn melding"]
    services.answer(fatima, report_id=row.id, outcome="done", reason="Ik sprak met haar.")
    assert "Ik sprak met haar." in cast.client_of(sam).get("/melden/").content.decode()
    with pytest.raises(NotThere):
        services.answer(fatima, report_id=row.id, outcome="kept", reason="Nog een keer.")


def test_a_hidden_name_is_out_of_the_list_at_once_and_its_owner_reads_why():
    sam, marieke, fatima = cast.worker(), cast.professional(), cast.coordinator()
    row = of_name(sam, marieke)
    services.answer(fatima, report_id=row.id, outcome="hidden", reason="Zij is weg bij Werkpunt.")
    assert not [each for each in region.reader_directory() if each.user_id == marieke.id]
    assert "Zij is weg bij Werkpunt." in cast.client_of(marieke).get("/mijn-werk/").content.decode()
    assert HiddenName.objects.get().membership_id == marieke.role.membership_id


def test_answer_and_reason_lie_in_the_vault_of_who_they_are_for_and_are_counted_there(monkeypatch):
    sam, marieke, fatima = cast.worker(), cast.professional(), cast.coordinator()
    row, receipts, machine = of_name(sam, marieke), [], audit.machine

    def noted(*args, **kwargs):
        receipts.append(machine(*args, **kwargs))
        return receipts[-1]

    monkeypatch.setattr(audit, "machine", noted)
    services.answer(fatima, report_id=row.id, outcome="hidden", reason="Zij is weg bij Werkpunt.")
    counted = MachineCount.objects.values_list("vault_id", "job", "count")
    assert set(counted) == {(sam.vault_id, "region.reply", 1), (marieke.vault_id, "region.hidden", 1)}
    hidden, answered = HiddenName.objects.get(), Report.objects.get()
    for text, owner in ((hidden.reason, marieke), (answered.answer, sam)):
        assert crypto.unseal(text, audit.own(owner.vault_id)) == "Zij is weg bij Werkpunt."
        for other in {sam, marieke, fatima} - {owner}:
            with pytest.raises(crypto.Forbidden):
                crypto.unseal(text, audit.own(other.vault_id))
    # What let the coordinator write one line opens nothing else of that person.
    dream = Answer.objects.filter(vault_id=sam.vault_id).first().content
    for receipt in receipts:
        with pytest.raises(crypto.Forbidden):
            crypto.unseal(dream, receipt)
    for actor in (fatima, marieke):  # answered: nobody but the reporter has it on a page
        with pytest.raises(NotThere):
            services.read(actor, report_id=row.id)
    assert "weg bij" not in cast.client_of(marieke).get("/melden/").content.decode()


def test_hiding_a_name_that_went_meanwhile_answers_the_report():
    sam, marieke, fatima = cast.worker(), cast.professional(), cast.coordinator()
    row = of_name(sam, marieke)
    accounts.erase_now(marieke.id, marieke.vault_id)
    services.answer(fatima, report_id=row.id, outcome="hidden", reason="Zij is weg.")
    assert selectors.reports_of(sam)[0].answer == "Zij is weg."


def test_a_look_cannot_be_hidden():
    sam, marieke, fatima = cast.worker(), cast.professional(), cast.coordinator()
    row = reported(sam, marieke)
    with pytest.raises(NotThere):
        services.answer(fatima, report_id=row.id, outcome="hidden", reason="Weg.")


def test_a_coordinator_elsewhere_and_the_reporter_cannot_handle_it():
    marieke, fatima = cast.professional(), cast.coordinator()
    row = of_name(fatima, marieke)
    for actor in (cast.coordinator(at=cast.ELSEWHERE), fatima):
        with pytest.raises(NotThere):
            services.read(actor, report_id=row.id)
    assert selectors.tasks_for(cast.staff("deputy"))[0].id == row.id


def test_nobody_reports_a_look_of_somebody_else_or_a_letter():
    sam, henk, marieke = cast.worker(), cast.worker("Henk"), cast.professional()
    look = a_look(sam, marieke)
    for actor in (henk, marieke):
        with pytest.raises(NotThere):
            services.find(actor, kind="lezen", thing_id=look)


def test_reporting_twice_gives_the_one_that_is_open():
    sam, marieke = cast.worker(), cast.professional()
    assert of_name(sam, marieke).id == of_name(sam, marieke).id


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (dt.date(2026, 11, 20), dt.date(2026, 11, 23)),  # Friday, Monday
        (dt.date(2026, 12, 24), dt.date(2026, 12, 28)),  # both Christmas days and a weekend
        (dt.date(2026, 4, 2), dt.date(2026, 4, 7)),  # Good Friday, Easter Monday
        (dt.date(2026, 11, 24), dt.date(2026, 11, 25)),
    ],
)
def test_the_deadline_is_the_next_working_day(day, due):
    assert selectors.next_working_day(day) == due


def test_a_report_past_its_day_is_late_for_the_deputy_too():
    of_name(cast.worker(), cast.professional())
    deputy = cast.staff("deputy")
    assert [task.late for task in selectors.tasks_for(deputy)] == [False]
    with clock.moved(dt.timedelta(days=8)):
        assert [task.late for task in selectors.tasks_for(deputy)] == [True]


def test_the_database_knows_no_answer_without_an_outcome():
    row = of_name(cast.worker(), cast.professional())
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(id=row.id).update(outcome="done")


def test_reports_go_with_the_reporter_and_hidden_names_with_their_owner():
    sam, marieke, fatima = cast.worker(), cast.professional(), cast.coordinator()
    of_name(sam, marieke)
    names.hide(fatima, marieke.role.membership_id, "Een reden.")
    assert own_data.export(sam.id, sam.vault_id)["reports"][0]["words"] == "Zij werkt hier niet."
    assert own_data.export(marieke.id, marieke.vault_id)["hidden"] == ["Een reden."]
    accounts.erase_now(sam.id, sam.vault_id)
    assert not Report.objects.exists()
    accounts.erase_now(marieke.id, marieke.vault_id)
    assert not HiddenName.objects.exists()


def test_a_form_with_mistakes_comes_back_without_the_report_and_keeps_the_words():
    sam, marieke, fatima = cast.worker(), cast.professional(), cast.coordinator()
    row = reported(sam, marieke)
    browser, address = cast.client_of(fatima), f"/regio-beheer/meldingen/{row.id.hex}/"
    answer = cast.post(browser, address, {"reason": "Ik belde haar op."})
    assert answer.status_code == 422
    assert "Ik belde haar op." in answer.content.decode()
    assert "Ik ken haar niet." not in answer.content.decode()
