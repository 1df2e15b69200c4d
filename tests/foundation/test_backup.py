"""A backup can be restored, and restoring brings nobody back who was erased."""

import datetime as dt
import json
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from mmm.foundation import audit, backup, clock, crypto, ids, running
from mmm.foundation.tasks import worker

pytestmark = pytest.mark.django_db(transaction=True)


def readable(vault_id: UUID) -> bool:
    return crypto.vault_alive(vault_id)


def test_restore_brings_back_what_the_backup_had(tmp_path: Path) -> None:
    before = crypto.create_vault("person")
    backup.make(tmp_path)
    after = crypto.create_vault("person")
    backup.restore(tmp_path)
    assert readable(before)
    assert not readable(after)


def test_of_fifty_people_erased_after_the_backup_none_is_readable_after_the_restore(tmp_path: Path) -> None:
    people = [crypto.create_vault("person") for _ in range(60)]
    backup.make(tmp_path)
    for vault_id in people[:50]:
        crypto.destroy_vault(vault_id)
    done = backup.restore(tmp_path)
    assert [readable(vault_id) for vault_id in people] == [False] * 50 + [True] * 10
    assert done.in_ledger >= 50


def test_rooms_are_asked_to_finish_after_a_restore(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "after_restore", {"erased": lambda: 3, "closed": lambda: 1})
    backup.make(tmp_path)
    assert backup.restore(tmp_path).counts == {"erased": 3, "closed": 1}


def test_changed_backup_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    moment = backup.make(tmp_path)
    later = crypto.create_vault("person")
    file = next((tmp_path / "data" / moment).glob("default.*"))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(backup.BackupError, match="was changed"):
        backup.restore(tmp_path)
    assert readable(later)


def test_keys_lie_apart_and_are_removed_after_seven_days(tmp_path: Path) -> None:
    old = backup.make(tmp_path)
    manifest = json.loads((tmp_path / "keys" / old / "manifest.json").read_text())
    assert dt.datetime.fromisoformat(manifest["remove_after"]) <= clock.now() + dt.timedelta(days=7)
    with clock.moved(dt.timedelta(days=7, minutes=1)):
        new = backup.make(tmp_path)
    assert [path.name for path in (tmp_path / "keys").iterdir()] == [new]
    assert {path.name for path in (tmp_path / "data").iterdir()} == {old, new}
    with pytest.raises(backup.BackupError):
        backup.restore(tmp_path, old)


def test_backup_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    moment = backup.make(tmp_path)
    for part in backup.PARTS:
        place = tmp_path / part / moment
        assert place.stat().st_mode & 0o077 == 0
        assert next(place.glob(f"{backup.PARTS[part]}.*")).stat().st_mode & 0o077 == 0


def test_look_log_of_a_restored_installation_still_refuses_changes(tmp_path: Path) -> None:
    vault_id = crypto.create_vault("person")
    with transaction.atomic():
        audit.look(
            vault_id=vault_id,
            reader_id=ids.new(),
            reader_line="a reader",
            membership_id=None,
            items=[audit.Item("a.kind", ids.new(), "a label")],
        )
    backup.make(tmp_path)
    backup.restore(tmp_path)
    assert [look.reader_line for look in audit.looks_for_owner(vault_id)] == ["a reader"]
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_look SET seq = seq + 1")


def test_restore_is_refused_while_a_server_runs(tmp_path: Path) -> None:
    backup.make(tmp_path)
    with running.announce():
        with pytest.raises(CommandError, match="stop it first"):
            call_command("restore", str(tmp_path))
        call_command("restore", str(tmp_path), "--force")
    call_command("restore", str(tmp_path))


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("backup", str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_worker_removes_old_keys_also_when_nobody_makes_the_next_backup(tmp_path: Path) -> None:
    moment, other = backup.make(tmp_path / "a"), backup.make(tmp_path / "b")
    backup.make(tmp_path / "a")  # a folder is written down once
    with clock.moved(dt.timedelta(days=6)):
        assert backup.forget_old_keys_everywhere() == 0
    with clock.moved(dt.timedelta(days=7, minutes=1)):
        worker.run_due()
        assert backup.forget_old_keys_everywhere() == 0
    assert not (tmp_path / "a" / "keys" / moment).exists()
    assert not (tmp_path / "b" / "keys" / other).exists()
    assert (tmp_path / "a" / "data" / moment).exists()
