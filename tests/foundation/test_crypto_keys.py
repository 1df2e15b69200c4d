"""Keys: where they come from, changing them, and destroying them."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from mmm.foundation import audit, crypto, ids
from mmm.foundation.crypto import keys, rotation, vaults
from mmm.foundation.crypto.checks import keys_are_safe
from mmm.foundation.crypto.models import Erasure, Vault
from tests.foundation.notes import Note, make_table, written

A, B, C = (f"{number}:{digit * 64}" for number, digit in ((1, "a"), (2, "b"), (3, "c")))


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    settings.KEY_ENCRYPTION_KEYS = ""
    settings.KEY_ENCRYPTION_KEY_FILE = tmp_path / "keks"
    return tmp_path


def rotate(*options: str) -> str:
    out = StringIO()
    call_command("rotate_keys", *options, stdout=out)
    return out.getvalue()


# Where they come from


def test_keys_come_from_the_environment_before_the_file(settings: Any) -> None:
    settings.KEY_ENCRYPTION_KEYS = f"{A},{B}"
    assert dict(crypto.key_encryption_keys()) == {1: b"\xaa" * 32, 2: b"\xbb" * 32}
    assert not settings.KEY_ENCRYPTION_KEY_FILE.exists()


def test_outside_production_a_key_file_is_made_once_for_its_owner_only(settings: Any) -> None:
    first = crypto.key_encryption_keys()
    assert list(first) == [1]
    assert crypto.key_encryption_keys() == first
    assert stat.S_IMODE(settings.KEY_ENCRYPTION_KEY_FILE.stat().st_mode) == 0o400
    assert [path.name for path in settings.KEY_ENCRYPTION_KEY_FILE.parent.iterdir()] == ["keks"]


def test_a_running_server_reads_the_file_again_when_it_changed(settings: Any) -> None:
    crypto.key_encryption_keys()
    keys.add_version(settings.KEY_ENCRYPTION_KEY_FILE)
    assert list(crypto.key_encryption_keys()) == [1, 2]


def test_production_refuses_a_missing_key_file(settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(crypto.KeysMissing, match="does not exist"):
        crypto.key_encryption_keys()
    assert [error.id for error in keys_are_safe(None)] == ["crypto.E003"]


@pytest.mark.parametrize("mode", [0o600, 0o440, 0o404, 0o644, 0o777])
def test_production_refuses_a_key_file_that_is_open_wider_than_0400(settings: Any, mode: int) -> None:
    crypto.key_encryption_keys()
    settings.PRODUCTION = True
    assert keys_are_safe(None) == []
    settings.KEY_ENCRYPTION_KEY_FILE.chmod(mode)
    with pytest.raises(crypto.KeysMissing, match="chmod 0400"):
        crypto.key_encryption_keys()


@pytest.mark.parametrize(
    "wrong", ["x", "1:abc", f"0:{'a' * 64}", f"one:{'a' * 64}", f"{A},{A}", "a" * 64, f"1:{'g' * 64}", " , "]
)
def test_a_wrong_key_list_is_refused_without_showing_it(settings: Any, wrong: str) -> None:
    settings.KEY_ENCRYPTION_KEYS = wrong
    with pytest.raises(crypto.KeysMissing) as error:
        crypto.key_encryption_keys()
    assert "a" * 64 not in str(error.value)


def test_the_server_secret_can_be_replaced_while_the_old_one_still_reads(settings: Any) -> None:
    old = keys.derived("audit")[0]
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret"
    new, kept = keys.derived("audit")
    assert (new != old, kept) == (True, old)
    assert keys.derived("box a") != keys.derived("box b")


# Changing them


@pytest.mark.django_db(databases=["default", "keys", "cache"])
def test_rotation_moves_every_vault_and_no_text_is_lost(settings: Any) -> None:
    settings.KEY_ENCRYPTION_KEYS = A
    made = [crypto.create_vault("user") for _ in range(5)]
    before = [vaults.open_key(vault) for vault in made]
    settings.KEY_ENCRYPTION_KEYS = f"{A},{B}"
    assert "5 vaults re-wrapped" in rotate()
    assert rotation.versions_in_use() == {2: 5}
    settings.KEY_ENCRYPTION_KEYS = B
    assert [vaults.open_key(vault) for vault in made] == before
    assert "0 vaults re-wrapped" in rotate()


@pytest.mark.django_db(databases=["default", "keys", "cache"])
def test_rotation_through_the_file_adds_a_version_and_drops_the_old_one(settings: Any) -> None:
    vault = crypto.create_vault("user")
    with pytest.raises(CommandError, match="newest"):
        rotate("--drop", "1")
    settings.KEY_ENCRYPTION_KEYS, text = "", settings.KEY_ENCRYPTION_KEY_FILE.read_text()
    keys.add_version(settings.KEY_ENCRYPTION_KEY_FILE)
    with pytest.raises(CommandError, match="still use version 1"):
        rotate("--drop", "1")
    rotate("--add")
    rotate("--drop", "1")
    assert list(crypto.key_encryption_keys()) == [2, 3]
    assert text.strip() not in settings.KEY_ENCRYPTION_KEY_FILE.read_text()
    assert len(vaults.open_key(vault)) == 32


def test_a_new_installation_makes_its_first_key_before_it_has_a_database(settings: Any) -> None:
    settings.PRODUCTION = True
    assert "Added version 1" in rotate("--add")
    assert list(crypto.key_encryption_keys()) == [1]
    assert keys_are_safe(None) == []


def test_rotation_does_not_touch_a_file_when_the_environment_holds_the_keys(settings: Any) -> None:
    settings.KEY_ENCRYPTION_KEYS = A
    with pytest.raises(CommandError, match="MMM_KEKS"):
        rotate("--add")


@pytest.mark.django_db(databases=["default", "keys", "cache"])
def test_rotation_says_which_vault_has_lost_its_key_and_goes_on_with_the_others(settings: Any) -> None:
    settings.KEY_ENCRYPTION_KEYS = A
    lost = crypto.create_vault("user")
    settings.KEY_ENCRYPTION_KEYS = B
    crypto.create_vault("user")
    settings.KEY_ENCRYPTION_KEYS = f"{B},{C}"
    with pytest.raises(CommandError, match=lost.hex):
        rotate()
    assert rotation.versions_in_use() == {1: 1, 3: 1}


KILLED = """
import os, signal, django
django.setup()
from mmm.foundation.crypto import keys, rotation
wrap, wrapped = keys.wrap, []
def wrap_or_die(*arguments):
    wrapped.append(1)
    if len(wrapped) == 8:
        os.kill(os.getpid(), signal.SIGKILL)
    return wrap(*arguments)
keys.wrap = wrap_or_die
list(rotation.rewrap_all())
"""


def url_of(alias: str) -> str:
    """The test database of this process, as an address for another process."""
    database = connections[alias].settings_dict
    if connections[alias].vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    login = f"{database['USER']}:{database['PASSWORD']}" if database["PASSWORD"] else database["USER"]
    return f"postgres://{login}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


@pytest.mark.django_db(transaction=True, databases=["default", "keys", "cache"])
def test_rotation_killed_half_way_leaves_all_readable_and_goes_on(settings: Any) -> None:
    settings.KEY_ENCRYPTION_KEYS = A
    made = [crypto.create_vault("user") for _ in range(20)]
    before = [vaults.open_key(vault) for vault in made]
    settings.KEY_ENCRYPTION_KEYS = f"{A},{B}"
    child = subprocess.run(
        [sys.executable, "-c", KILLED],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "mmm.config.settings",
            "PYTHONPATH": "src",
            "MMM_MODE": "test",
            "MMM_KEKS": f"{A},{B}",
            "MMM_KEYS_DATABASE_URL": url_of("keys"),
        },
        check=False,
        capture_output=True,
        text=True,
    )
    assert child.returncode == -signal.SIGKILL, child.stderr
    assert rotation.versions_in_use() == {1: 13, 2: 7}
    assert [vaults.open_key(vault) for vault in made] == before
    assert "13 vaults re-wrapped" in rotate()
    settings.KEY_ENCRYPTION_KEYS = B
    assert [vaults.open_key(vault) for vault in made] == before


ADDS = """
import sys
from pathlib import Path
import django
django.setup()
from mmm.foundation.crypto import keys
print("ready", flush=True)
sys.stdin.readline()
for _ in range(15):
    keys.add_version(Path(sys.argv[1]))
"""


def test_four_processes_that_add_keys_at_once_lose_none(tmp_path: Path) -> None:
    path = tmp_path / "keks"
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "mmm.config.settings",
        "PYTHONPATH": "src",
        "MMM_MODE": "test",
        "MMM_KEKS": "",
    }
    command = [sys.executable, "-c", ADDS, str(path)]
    children = [
        subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    for child in children:
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
        child.stdout.close()
    for child in children:
        assert child.stdin
        child.stdin.write("go\n")
        child.stdin.close()
    assert [child.wait(60) for child in children] == [0] * 4
    assert sorted(keys._parsed(path.read_text(), "file")) == list(range(1, 61))


# Destroying them


@pytest.fixture
def notes_table(db: None) -> Iterator[None]:
    yield from make_table()


@pytest.mark.django_db(databases=["default", "keys", "cache"])
@pytest.mark.usefixtures("notes_table")
def test_erasing_leaves_nothing_readable_and_can_be_repeated(own_folder: Path) -> None:
    mine, other = crypto.create_vault("user"), crypto.create_vault("user")
    for vault in (mine, mine, other):
        written(vault)
    receipt = audit.own(mine)
    crypto.destroy_vault(mine)
    crypto.destroy_vault(mine)
    assert (crypto.vault_alive(mine), crypto.vault_alive(other)) == (False, True)
    for note in Note.objects.filter(vault_id=mine):
        assert note.text is not None
        with pytest.raises(crypto.Unreadable):
            crypto.unseal(note.text, receipt)
    with pytest.raises(crypto.Unreadable):
        crypto.seal(Note(vault_id=mine), "text", "te laat", audit.own(mine))
    lines = (own_folder / "erasures.log").read_text().splitlines()
    assert [line.split()[0] for line in lines] == [mine.hex]
    assert list(Erasure.objects.values_list("vault_id", flat=True)) == [mine]


@pytest.mark.django_db(databases=["default", "keys", "cache"])
def test_the_ledger_is_written_before_the_key_is_destroyed(settings: Any, own_folder: Path) -> None:
    vault = crypto.create_vault("user")
    settings.DATA = own_folder / "keks"  # a file cannot be a folder: writing the ledger fails
    settings.DATA.write_text("")
    with pytest.raises(OSError, match="keks"):
        crypto.destroy_vault(vault)
    assert crypto.vault_alive(vault)
    settings.DATA = own_folder
    crypto.destroy_vault(vault)
    assert vault.hex in (own_folder / "erasures.log").read_text()


@pytest.mark.parametrize("lost", ["rows", "file"])
@pytest.mark.django_db(databases=["default", "keys", "cache"])
def test_a_restored_backup_is_erased_again(own_folder: Path, lost: str) -> None:
    vault, kept = crypto.create_vault("user"), crypto.create_vault("user")
    backup = Vault.objects.get(pk=vault)
    crypto.destroy_vault(vault)
    backup.save(force_insert=True)
    if lost == "rows":
        Erasure.objects.all().delete()
    else:
        (own_folder / "erasures.log").unlink()
    assert crypto.replay_erasures() == [vault]
    assert (crypto.vault_alive(vault), crypto.vault_alive(kept)) == (False, True)
    assert Erasure.objects.filter(vault_id=vault).exists()


@pytest.mark.django_db(databases=["default", "keys", "cache"])
def test_half_a_line_in_the_ledger_file_stops_nothing(own_folder: Path) -> None:
    (own_folder / "erasures.log").write_text(f"{ids.new().hex[:20]}\n")
    assert crypto.replay_erasures() == []


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True, databases=["default", "keys", "cache"])
def test_a_destroyed_key_is_gone_from_the_sqlite_files() -> None:
    vault: UUID = crypto.create_vault("user")
    wrapped = bytes(Vault.objects.get(pk=vault).wrapped_key)
    file = Path(connections["keys"].settings_dict["NAME"])
    on_disk = [file, file.with_name(file.name + "-wal")]
    assert any(wrapped in path.read_bytes() for path in on_disk if path.exists())
    crypto.destroy_vault(vault)
    assert not any(wrapped in path.read_bytes() for path in on_disk if path.exists())
