"""The chain shows a look that was changed, removed or moved; pruning keeps it whole."""

import datetime as dt
import uuid
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from mmm.foundation import audit, clock, crypto
from mmm.foundation.audit import triggers, verifying
from mmm.foundation.audit.models import Checkpoint, Gate, Head, LookRow
from tests.foundation.test_audit import look

pytestmark = pytest.mark.django_db(databases=["default", "keys", "cache"])


@pytest.fixture
def vault(db: None) -> UUID:
    """A person whose texts were read six times, once a day, the last time today."""
    vault = crypto.create_vault("user")
    for day in range(-5, 1):
        with clock.moved(dt.timedelta(days=day)):
            look(vault)
    return vault


class Editor:
    """Enough of a schema editor to take the triggers off, as an intruder with the database would."""

    def __init__(self) -> None:
        self.connection = transaction.get_connection()

    def execute(self, statement: str) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.fixture
def unguarded(vault: UUID) -> None:
    triggers.remove(None, Editor())


def problems() -> list[str]:
    return [f"{problem.seq} {problem.what}" for problem in verifying.verify()]


def row(seq: int) -> Any:
    return LookRow.objects.filter(seq=seq)


def change_reader(vault: UUID) -> None:
    row(3).update(reader_id=uuid.uuid4())


def change_moment(vault: UUID) -> None:
    row(3).update(at=clock.now() - dt.timedelta(days=90))


def change_words(vault: UUID) -> None:
    row(3).update(words=row(2).get().words)


def forget_words(vault: UUID) -> None:
    row(3).update(words=None)


def change_mac(vault: UUID) -> None:
    row(3).update(mac=bytes(32))


def remove_one(vault: UUID) -> None:
    row(3).delete()


def remove_first(vault: UUID) -> None:
    row(1).delete()


def remove_last(vault: UUID) -> None:
    row(6).delete()


def remove_one_and_close_the_gap(vault: UUID) -> None:
    row(3).delete()
    for seq in (4, 5, 6):
        row(seq).update(seq=seq - 1)
    Head.objects.filter(pk=vault).update(seq=5)


def swap_two(vault: UUID) -> None:
    row(3).update(seq=99)
    row(4).update(seq=3)
    row(99).update(seq=4)


def add_one(vault: UUID) -> None:
    last = row(6).get()
    LookRow.objects.create(
        vault_id=vault, seq=7, at=clock.now(), reader_id=last.reader_id, words=last.words, mac=bytes(32)
    )
    Head.objects.filter(pk=vault).update(seq=7, mac=bytes(32))


def invent_checkpoint(vault: UUID) -> None:
    third = row(3).get()
    Checkpoint.objects.create(vault_id=vault, seq=3, mac=third.mac, at=clock.now(), signature=bytes(32))
    LookRow.objects.filter(seq__lte=3).delete()


def remove_head(vault: UUID) -> None:
    Head.objects.all().delete()


TAMPERINGS = [
    change_reader, change_moment, change_words, forget_words, change_mac, remove_one, remove_first,
    remove_last, remove_one_and_close_the_gap, swap_two, add_one, invent_checkpoint, remove_head,
]  # fmt: skip


def test_an_untouched_chain_holds(vault: UUID) -> None:
    assert problems() == []


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_verify_finds_whatever_was_done_to_the_rows(vault: UUID, tamper: Callable[[UUID], None]) -> None:
    tamper(vault)
    assert problems()


@pytest.mark.usefixtures("unguarded")
def test_verify_names_the_row_that_was_changed_or_is_missing(vault: UUID) -> None:
    change_reader(vault)
    assert [problem[0] for problem in problems()] == ["3"]
    remove_last(vault)
    assert problems()[-1].startswith("5 the chain does not end")


@pytest.mark.usefixtures("unguarded")
def test_looks_cut_off_with_their_head_show_against_a_stored_list(vault: UUID) -> None:
    stored = verifying.heads()
    assert list(verifying.verify_against(stored)) == []
    fifth = row(5).get()
    row(6).delete()
    Head.objects.filter(pk=vault).update(seq=5, mac=fifth.mac)
    assert problems() == []
    assert [problem.seq for problem in verifying.verify_against(stored)] == [6]


@pytest.mark.usefixtures("unguarded")
def test_a_whole_chain_that_is_gone_shows_against_a_stored_list(vault: UUID) -> None:
    stored = verifying.heads()
    LookRow.objects.all().delete()
    Head.objects.all().delete()
    assert problems() == []
    assert len(list(verifying.verify_against(stored))) == 1


def test_an_erased_person_or_a_longer_chain_is_no_problem_for_a_stored_list(
    vault: UUID, settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    gone = crypto.create_vault("user")
    look(gone)
    stored = verifying.heads()
    look(vault)
    crypto.destroy_vault(gone)
    audit.erase(gone)
    assert list(verifying.verify_against(stored)) == []


def test_a_list_of_heads_that_was_changed_is_refused(vault: UUID) -> None:
    stored = verifying.heads()
    for wrong in ("", "x", stored.replace(" 6 ", " 5 "), stored.rpartition("signature")[0]):
        with pytest.raises(ValueError, match="not signed"):
            list(verifying.verify_against(wrong))


def test_pruning_removes_the_old_looks_and_the_rest_still_holds(vault: UUID) -> None:
    before = clock.now() - dt.timedelta(days=2.5)
    stored = verifying.heads()
    assert audit.prune(before) == 3
    assert audit.prune(before) == 0
    assert [line.seq for line in LookRow.objects.order_by("seq")] == [4, 5, 6]
    look(vault)
    assert problems() == []
    assert audit.prune(clock.now() + dt.timedelta(days=1)) == 4
    assert problems() == []
    look(vault)
    assert LookRow.objects.get().seq == 8
    assert problems() == []
    assert list(verifying.verify_against(stored)) == []
    assert not Gate.objects.exists()


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize("tamper", [change_reader, remove_one, remove_first, invent_checkpoint])
def test_pruning_does_not_wipe_the_evidence(vault: UUID, tamper: Callable[[UUID], None], caplog: Any) -> None:
    tamper(vault)
    left = LookRow.objects.count()
    assert audit.prune(clock.now() + dt.timedelta(days=1)) == 0
    assert LookRow.objects.count() == left
    assert vault.hex in caplog.text


def test_pruning_leaves_a_young_look_that_stands_before_an_old_one(vault: UUID) -> None:
    with clock.moved(dt.timedelta(days=-30)):  # a clock that was set back
        look(vault)
    assert audit.prune(clock.now() - dt.timedelta(days=10)) == 0
    assert problems() == []


def test_the_chain_holds_after_the_server_secret_was_replaced(vault: UUID, settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new secret"
    look(vault)
    assert problems() == []
    settings.SECRET_KEY_FALLBACKS = []
    assert problems()


def manage(*arguments: str) -> str:
    out = StringIO()
    call_command("audit", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_the_command_verifies_prunes_and_prints_heads(vault: UUID, tmp_path: Path) -> None:
    stored = tmp_path / "heads"
    stored.write_text(manage("heads"))
    assert manage("verify") == "The look log holds.\n"
    assert manage("verify", "--heads", str(stored)) == "The look log holds.\n"
    assert manage("prune", "--before", "2001-01-01") == "0 looks removed.\n"
    stored.write_text(stored.read_text().replace(" 6 ", " 7 "))
    with pytest.raises(CommandError, match="not signed"):
        manage("verify", "--heads", str(stored))


@pytest.mark.usefixtures("unguarded")
def test_the_command_fails_when_the_log_does_not_hold(vault: UUID) -> None:
    remove_one(vault)
    with pytest.raises(CommandError, match="does not hold"):
        manage("verify")
