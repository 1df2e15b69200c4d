"""Looks: written before anything opens, for what was named, in words for the owner."""

import contextlib
import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connections, transaction
from django.db.transaction import TransactionManagementError
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from mmm.foundation import audit, clock, crypto
from mmm.foundation.audit.models import Checkpoint, Gate, Head, LookRow, MachineCount
from tests.foundation.notes import Note, make_table, written

pytestmark = pytest.mark.django_db(databases=["default", "keys", "cache"])
MARIEKE, MEMBERSHIP = uuid.uuid4(), uuid.uuid4()
LINE = "Marieke de Wit, jobcoach, Werkpunt Leiden"


@pytest.fixture(autouse=True)
def notes_table(db: None) -> Iterator[None]:
    yield from make_table()


@pytest.fixture
def vault(db: None) -> UUID:
    return crypto.create_vault("user")


def look(vault: UUID, *items: audit.Item, reader: UUID = MARIEKE) -> crypto.Receipt:
    with transaction.atomic():
        return audit.look(
            vault_id=vault,
            reader_id=reader,
            reader_line=LINE,
            membership_id=MEMBERSHIP,
            items=items or [audit.Item("part", uuid.uuid4(), "Mijn dromen")],
        )


def part(note: Note, label: str = "Mijn dromen") -> audit.Item:
    return audit.Item("part", note.pk, label)


def undone_look(vault: UUID, note: Note) -> crypto.Receipt:
    """The receipt of a look whose transaction or savepoint failed afterwards."""
    with contextlib.suppress(RuntimeError), transaction.atomic():
        receipt = look(vault, part(note))
        assert opened(note, receipt) == "Mijn droom"
        raise RuntimeError
    return receipt


def opened(note: Note, receipt: crypto.Receipt, field: str = "text") -> str:
    sealed = getattr(note, field)
    return crypto.unseal(sealed, receipt)


def test_a_look_opens_the_text_and_the_owner_reads_who_it_was(vault: UUID) -> None:
    note = written(vault)
    assert opened(note, look(vault, part(note))) == "Mijn droom"
    (line,) = audit.looks_for_owner(vault)
    assert (line.reader_id, line.membership_id, line.reader_line) == (MARIEKE, MEMBERSHIP, LINE)
    assert line.items == [part(note)]
    assert abs(line.at - clock.now()) < dt.timedelta(minutes=1)


@pytest.mark.django_db(transaction=True, databases=["default", "keys", "cache"])
def test_a_look_outside_a_transaction_is_refused_and_leaves_nothing(vault: UUID) -> None:
    with pytest.raises(TransactionManagementError):
        audit.look(
            vault_id=vault, reader_id=MARIEKE, reader_line=LINE, membership_id=None,
            items=[audit.Item("part", uuid.uuid4(), "x")],
        )  # fmt: skip
    assert not LookRow.objects.exists()


def test_a_look_at_nothing_is_refused(vault: UUID) -> None:
    with transaction.atomic(), pytest.raises(ValueError, match="names"):
        audit.look(vault_id=vault, reader_id=MARIEKE, reader_line=LINE, membership_id=None, items=[])


def test_the_row_is_there_before_the_text_opens(vault: UUID) -> None:
    note = written(vault)
    receipt = look(vault, part(note))
    assert LookRow.objects.filter(vault_id=vault).count() == 1
    assert opened(note, receipt) == "Mijn droom"
    assert LookRow.objects.filter(vault_id=vault).count() == 1


def test_a_look_at_one_part_opens_no_other_part(vault: UUID) -> None:
    dreams, story = written(vault), written(vault, "Mijn verhaal")
    receipt = look(vault, part(dreams))
    with pytest.raises(crypto.Forbidden):
        opened(story, receipt)


def test_a_look_at_a_part_opens_the_answers_that_belong_to_it(vault: UUID) -> None:
    mine, other = written(vault, field="answer"), written(vault, field="answer")
    receipt = look(vault, audit.Item("part", mine.part_id, "Mijn dromen"))
    assert opened(mine, receipt, "answer") == "Mijn droom"
    with pytest.raises(crypto.Forbidden):
        opened(other, receipt, "answer")


def test_a_look_at_one_person_opens_nothing_of_another(vault: UUID) -> None:
    note = written(crypto.create_vault("user"))
    with pytest.raises(crypto.Forbidden):
        opened(note, look(vault, part(note)))


def test_a_look_costs_four_queries_and_reading_after_it_none(vault: UUID) -> None:
    notes = [written(vault, f"tekst {number}") for number in range(8)]
    look(vault)
    with (
        CaptureQueriesContext(connections["default"]) as rows,
        CaptureQueriesContext(connections["keys"]) as key,
    ):
        receipt = look(vault, *map(part, notes))
        texts = [opened(note, receipt) for note in notes]
    assert texts == [f"tekst {number}" for number in range(8)]
    statements = [query["sql"] for query in rows if "SAVEPOINT" not in query["sql"]]
    assert (len(statements), len(key)) == (3, 1), statements


@pytest.mark.django_db(transaction=True, databases=["default", "keys", "cache"])
def test_a_rolled_back_look_opens_nothing_any_more(vault: UUID) -> None:
    note = written(vault)
    receipt = undone_look(vault, note)
    assert not LookRow.objects.exists()
    with pytest.raises(crypto.Forbidden):
        opened(note, receipt)


@pytest.mark.django_db(transaction=True, databases=["default", "keys", "cache"])
def test_a_look_in_a_rolled_back_savepoint_opens_nothing_and_the_chain_goes_on(vault: UUID) -> None:
    note = written(vault)
    with transaction.atomic():
        undone = undone_look(vault, note)
        with pytest.raises(crypto.Forbidden):
            opened(note, undone)
        kept = look(vault, part(note))
        assert opened(note, kept) == "Mijn droom"
    assert opened(note, kept) == "Mijn droom"
    assert list(LookRow.objects.values_list("seq", flat=True)) == [1]


def test_a_look_at_an_erased_person_is_unreadable_and_not_logged(
    vault: UUID, settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    crypto.destroy_vault(vault)
    with pytest.raises(crypto.Unreadable):
        look(vault)
    assert not LookRow.objects.exists()


def test_the_words_of_the_log_lie_sealed(vault: UUID) -> None:
    look(vault)
    row = LookRow.objects.get()
    with pytest.raises(crypto.SealedTextError):
        str(row.words)
    for word in (b"Marieke", b"dromen"):
        assert word not in row.words._ciphertext  # type: ignore[union-attr]


def test_the_owner_pages_through_looks_newest_first(vault: UUID) -> None:
    start = clock.now()
    for day in range(5):
        with clock.moved(dt.timedelta(days=day)):
            look(vault, audit.Item("part", uuid.uuid4(), f"dag {day}"))
    look(crypto.create_vault("user"))

    def labels(**which: Any) -> list[str]:
        return [line.items[0].label for line in audit.looks_for_owner(vault, **which)]

    assert labels() == ["dag 4", "dag 3", "dag 2", "dag 1", "dag 0"]
    assert labels(limit=2, offset=1) == ["dag 3", "dag 2"]
    since, until = start + dt.timedelta(days=0.5), start + dt.timedelta(days=3.5)
    assert labels(since=since, until=until) == ["dag 3", "dag 2", "dag 1"]
    with (
        CaptureQueriesContext(connections["default"]) as rows,
        CaptureQueriesContext(connections["keys"]) as key,
    ):
        labels()
    assert (len(rows), len(key)) == (1, 1)


def test_a_changed_line_is_not_shown_to_the_owner_as_if_true(vault: UUID) -> None:
    look(vault)
    row = LookRow.objects.get()
    other = crypto.create_vault("user")
    LookRow.objects.create(
        vault_id=other, seq=1, at=row.at, reader_id=row.reader_id, words=row.words, mac=row.mac
    )
    with pytest.raises(crypto.Unreadable):
        audit.looks_for_owner(other)


def test_reading_ones_own_leaves_no_row_and_asks_nothing_until_used(vault: UUID) -> None:
    note = written(vault)
    with CaptureQueriesContext(connections["keys"]) as key:
        receipt = audit.own(vault)
        assert len(key) == 0
        opened(note, receipt)
        opened(note, receipt)
    assert len(key) == 1
    assert not LookRow.objects.exists()


def test_a_machine_that_writes_one_line_to_somebody_opens_no_other_line(vault: UUID) -> None:
    note, other = written(vault), written(vault)
    receipt = audit.machine(vault, "reply", item=note.pk)
    assert opened(note, receipt) == "Mijn droom"
    with pytest.raises(crypto.Forbidden):
        opened(other, receipt)
    assert MachineCount.objects.get(vault_id=vault, job="reply").count == 1


def test_a_machine_is_counted_once_a_day_per_job(vault: UUID) -> None:
    note = written(vault)
    for _ in range(3):
        assert opened(note, audit.machine(vault, "export")) == "Mijn droom"
    audit.machine(vault, "notice")
    with clock.moved(dt.timedelta(days=1)):
        audit.machine(vault, "export")
    counts = MachineCount.objects.filter(vault_id=vault).order_by("job", "day").values_list("job", "count")
    assert list(counts) == [("export", 3), ("export", 1), ("notice", 1)]
    assert not LookRow.objects.exists()


@pytest.mark.parametrize("statement", ["UPDATE audit_look SET seq = 9", "DELETE FROM audit_look"])
def test_the_database_refuses_to_change_or_remove_a_look(vault: UUID, statement: str) -> None:
    look(vault)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connections["default"].cursor().execute(statement)
    assert LookRow.objects.get().seq == 1


def test_the_database_refuses_to_change_a_look_even_while_others_are_erased(vault: UUID) -> None:
    look(vault)
    Gate.objects.create()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        LookRow.objects.update(reader_id=uuid.uuid4())


@pytest.mark.pg_only
def test_postgresql_refuses_to_empty_the_log(vault: UUID) -> None:
    look(vault)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connections["default"].cursor().execute("TRUNCATE audit_look")


def test_erasing_a_person_removes_every_trace_of_looks_and_of_nobody_else(vault: UUID) -> None:
    other = crypto.create_vault("user")
    look(vault)
    look(vault)
    look(other)
    audit.machine(vault, "export")
    assert audit.erase(vault) == 2
    assert audit.erase(vault) == 0
    for model in (LookRow, Head, Checkpoint, MachineCount):
        assert not model.objects.filter(vault_id=vault).exists()
    assert LookRow.objects.filter(vault_id=other).count() == 1
    assert not Gate.objects.exists()
