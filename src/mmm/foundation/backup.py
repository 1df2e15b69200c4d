"""Backup and restore of a running installation. docs/running.md says when and how.

    DIR/data/<moment>/   everything but keys; keep it as long as you like
    DIR/keys/<moment>/   the wrapped keys and the ledger of erasures; removed after seven days

The keys lie apart because somebody erased comes back only with both: after seven days no backup can do that.
`cache` (counted tries, cached pages) is left out: it is worth nothing later and should not outlive its day.
Key-encryption keys and the server secret are never in a backup; they are kept elsewhere.
"""

import datetime as dt
import hashlib
import io
import json
import logging
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from mmm.foundation import clock, crypto, retention

logger = logging.getLogger(__name__)

# Rows first, keys after: a vault made in between has a key without rows, which is harmless.
PARTS: Final = {"data": "default", "keys": "keys"}
KEYS_ARE_KEPT: Final = retention.period("keys backups")
MOMENT: Final = "%Y-%m-%dT%H%M%S.%fZ"

# Tables that `prepare` fills anew, such as an index of what is public today: a backup has them empty, so that
# it does not keep what is public no more. Rooms add their names, those that point at others first.
made_anew: Final[list[str]] = []

# Rooms add what must be done after a restore, such as removing the rows of people who were erased since:
# what it is called for the operator, and the act, which returns how many it concerned.
after_restore: Final[dict[str, Callable[[], int]]] = {}


class BackupError(Exception):
    """A backup cannot be made or used; the message is one sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: the moment of the backup, vaults in the ledger, and what rooms did, counted."""

    moment: str
    in_ledger: int
    counts: Mapping[str, int]


def make(folder: Path) -> str:
    """Make a backup in `folder` while everything runs; returns its moment, the name of its two folders.

    Removes keys backups in `folder` that are older than seven days. Raises BackupError; then nothing of the
    new backup is left.
    """
    moment = clock.now().strftime(MOMENT)
    places = {part: folder / part / moment for part in PARTS}
    making = {part: place.with_name(f"{moment}.making") for part, place in places.items()}
    try:
        for part, alias in PARTS.items():
            # Nobody but the owner may read a backup.
            making[part].mkdir(parents=True, mode=0o700)
            file = _dump(alias, making[part])
            _write_manifest(making[part], moment, part, file)
        for part in PARTS:
            making[part].rename(places[part])
    except OSError as error:
        raise BackupError(f"{error.filename or folder} cannot be written: {error.strerror}.") from error
    finally:
        for place in making.values():
            shutil.rmtree(place, ignore_errors=True)
    _remember(folder)
    forget_old_keys(folder)
    return moment


def forget_old_keys_everywhere() -> int:
    """Remove keys backups older than seven days wherever a backup was made; returns how many.

    For a worker, so that they go also when nobody makes the next backup. Folders are those of this machine
    that `make` wrote down; what was copied elsewhere is the operator's (docs/running.md).
    """
    count = 0
    for folder in _remembered():
        try:
            count += forget_old_keys(folder)
        except OSError as error:  # a disk that is not there now; the others go on
            logger.error("keys backups in %s could not be removed: %s", folder, error.strerror)
    return count


def _remember(folder: Path) -> None:
    if folder not in _remembered():
        with _folders().open("a") as file:
            file.write(f"{folder}\n")


def _remembered() -> list[Path]:
    try:
        return [Path(line) for line in _folders().read_text().splitlines() if line]
    except FileNotFoundError:
        return []


def _folders() -> Path:
    return Path(settings.DATA) / "backup-folders"


def forget_old_keys(folder: Path) -> int:
    """Remove the keys backups that are older than seven days; returns how many."""
    old = [name for name in _moments(folder / "keys") if clock.now() - _when(name) > KEYS_ARE_KEPT]
    for name in old:
        shutil.rmtree(folder / "keys" / name)
    return len(old)


def restore(folder: Path, moment: str = "") -> Restored:
    """Put the newest backup (or that of `moment`) back, then erase again who was erased since.

    The ledger file in the data folder is never overwritten: it is how erasures outlive a restore. The caller
    sees to it that nothing runs (`running.nobody_else`). Raises BackupError before anything is changed.
    """
    known = sorted(set(_moments(folder / "data")) & set(_moments(folder / "keys")))
    if not known:
        raise BackupError(f"{folder} holds no backup with both its data and its keys.")
    chosen = moment or known[-1]
    if chosen not in known:
        raise BackupError(f"{folder} holds no backup of {chosen}; it has {', '.join(known)}.")
    files = {alias: _checked(folder / part / chosen) for part, alias in PARTS.items()}
    for alias, file in files.items():
        if _engine_of(file) != connections[alias].vendor:
            raise BackupError(f"{file.name} is not a backup for {connections[alias].vendor}.")
    connections.close_all()
    for alias, file in files.items():
        _load(alias, file)
    call_command("prepare", skip_checks=True, stdout=io.StringIO())
    ledger = crypto.replay_erasures()
    return Restored(chosen, len(ledger), {name: finish() for name, finish in after_restore.items()})


# -- one database --


def _dump(alias: str, place: Path) -> Path:
    connection = connections[alias]
    if connection.vendor == "sqlite":
        file = place / f"{alias}.sqlite3"
        with closing(sqlite3.connect(_path(alias), timeout=20)) as source:
            # One consistent moment, without free pages, so without remains of what was erased.
            source.execute("VACUUM INTO ?", (str(file),))
        if alias == PARTS["data"]:
            _empty(file)
    else:
        file = place / f"{alias}.dump"
        without = [f"--exclude-table-data={table}" for table in made_anew]
        _postgres("pg_dump", alias, "--format=custom", "--no-owner", "--no-acl", *without, f"--file={file}")
    file.chmod(0o600)
    return file


def _empty(file: Path) -> None:
    """Take out what `prepare` makes anew, and overwrite it with zeros."""
    with closing(sqlite3.connect(file, isolation_level=None)) as made:
        made.execute("PRAGMA secure_delete=ON")
        made.execute("PRAGMA journal_mode=MEMORY")
        tables = dict(made.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
        for table in filter(tables.__contains__, made_anew):
            made.execute(f"DELETE FROM {table}")  # noqa: S608 - names that rooms registered
            if tables[table].startswith(
                "CREATE VIRTUAL TABLE"
            ):  # FTS5 keeps what was taken out until it merges
                made.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608


def _load(alias: str, file: Path) -> None:
    if connections[alias].vendor == "sqlite":
        target = _path(alias)
        target.parent.mkdir(parents=True, exist_ok=True)
        arriving = target.with_name(f"{target.name}.restoring")
        shutil.copyfile(file, arriving)
        arriving.chmod(0o600)
        for rest in ("-wal", "-shm"):
            target.with_name(target.name + rest).unlink(missing_ok=True)
        os.replace(arriving, target)
        return
    options = ("--clean", "--if-exists", "--no-owner", "--no-acl", "--single-transaction", "--exit-on-error")
    _postgres("pg_restore", alias, *options, str(file))


def _path(alias: str) -> Path:
    return Path(str(connections[alias].settings_dict["NAME"]))


def _postgres(program: str, alias: str, *options: str) -> None:
    """Run one of PostgreSQL's programs; the password goes by the environment, never the command line."""
    given: Mapping[str, Any] = connections[alias].settings_dict
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    env = {**os.environ, **{variable: str(given[name]) for name, variable in names.items() if given[name]}}
    database = ["--dbname", str(given["NAME"])]
    try:
        done = subprocess.run(  # noqa: S603 - fixed programs and options
            [program, *database, *options], env=env, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise BackupError(f"{program} is not installed; add PostgreSQL's client programs.") from None
    if done.returncode:
        raise BackupError(f"{program} of {alias} failed: {(done.stderr.strip().splitlines() or ['?'])[-1]}")


# -- manifests --


def _write_manifest(place: Path, moment: str, part: str, file: Path) -> None:
    manifest = {"made_at": moment, "part": part, "file": file.name, "sha256": _sha256(file)}
    if part == "keys":
        manifest["remove_after"] = (_when(moment) + KEYS_ARE_KEPT).isoformat()
    (place / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


def _checked(place: Path) -> Path:
    """The backup's file, after comparing its hash with the manifest. Raises BackupError."""
    try:
        manifest = json.loads((place / "manifest.json").read_text())
        file = place / Path(manifest["file"]).name
        same = _sha256(file) == manifest["sha256"]
    except (OSError, ValueError, KeyError) as error:
        raise BackupError(f"The backup in {place} is not whole.") from error
    if not same:
        raise BackupError(f"{file} was changed after it was made.")
    return file


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _engine_of(file: Path) -> str:
    return "sqlite" if file.suffix == ".sqlite3" else "postgresql"


def _when(moment: str) -> dt.datetime:
    return dt.datetime.strptime(moment, MOMENT).replace(tzinfo=dt.UTC)


def _moments(place: Path) -> list[str]:
    found = []
    for path in place.glob("*Z"):
        try:
            _when(path.name)
        except ValueError:
            continue
        found.append(path.name)
    return found
