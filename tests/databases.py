"""Test databases: migrated and filled once per engine into templates, then copied.

Migrations are always run for real (triggers live in them). The template is kept in
`var/templates/<engine>-<hash>` (SQLite) or as databases `template_<hash>_<alias>` (PostgreSQL), named after
the hash of migrations, shipped content and the versions of the libraries; a template that is older than
`MMM_TEST_FRESH`, the moment at which a `./mmm test` began, is made anew.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.db import connections
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "mmm"
SERVER = os.environ.get("MMM_TEST_POSTGRES", "")
ALIASES = ("default", "keys", "cache")
VARIABLES = dict(
    zip(ALIASES, ("MMM_DATABASE_URL", "MMM_KEYS_DATABASE_URL", "MMM_CACHE_DATABASE_URL"), strict=True)
)


def _fingerprint() -> str:
    """A hash of everything that ends up in a template."""
    digest = hashlib.sha256(
        f"{version('django')} {version('django-allauth')} {version('wagtail')} {sys.version}".encode()
    )
    patterns = ("migrations/*.py", "content/**/*", "management/commands/load_content.py", "content_loader.py")
    for path in sorted(
        {
            p
            for pattern in patterns
            for p in SOURCE.glob(f"**/{pattern}")
            if p.is_file() and p.suffix != ".pyc"
        }
    ):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def manage(*arguments: str, env: dict[str, str]) -> str:
    """Run a management command in a process of its own; returns what it printed, raises when it failed."""
    run = subprocess.run(
        [sys.executable, "-m", "mmm", *arguments],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "mmm.config.settings",
            **env,
        },
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=False,
    )
    if run.returncode:
        raise RuntimeError(
            f"manage {' '.join(arguments)} failed:\n{run.stdout[-2000:]}\n{run.stderr[-6000:]}"
        )
    return run.stdout


@contextmanager
def _alone(name: str) -> Iterator[Path]:
    """Only one process at a time builds a template; yields the folder of the templates."""
    folder = ROOT / "var" / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def _wanted_fresh(made: Path) -> bool:
    """Whether this template was made before the run that asks for fresh ones began."""
    started = os.environ.get("MMM_TEST_FRESH", "")
    return bool(started) and made.stat().st_mtime < float(started)


class Sqlite:
    """Three files in the data folder of this process."""

    def __init__(self) -> None:
        with _alone("sqlite") as folder:
            self.template = folder / f"sqlite-{_fingerprint()}"
            if self.template.exists() and _wanted_fresh(self.template):
                shutil.rmtree(self.template)
            if not self.template.exists():
                for old in folder.glob("sqlite-*"):
                    if old.is_dir():
                        shutil.rmtree(old, ignore_errors=True)
                self._build()

    def _build(self) -> None:
        making = self.template.with_suffix(".making")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir()
        manage("prepare", "--skip-checks", env={"MMM_MODE": "test", "MMM_DATA": str(making)})
        for alias in ALIASES:
            # A closed WAL database is one file.
            subprocess.run(
                [sys.executable, "-c", "import sqlite3,sys;c=sqlite3.connect(sys.argv[1]);"
                 "c.execute('PRAGMA wal_checkpoint(TRUNCATE)');c.close()", str(making / f"{alias}.sqlite3")],
                check=True,
            )  # fmt: skip
        making.rename(self.template)

    def copy(self, folder: Path) -> dict[str, str]:
        """Put a fresh copy of the three databases in `folder`; returns the environment that points at it."""
        folder.mkdir(parents=True, exist_ok=True)
        for alias in ALIASES:
            for rest in ("-wal", "-shm", "-journal"):
                (folder / f"{alias}.sqlite3{rest}").unlink(missing_ok=True)
            target = folder / f"{alias}.sqlite3"
            target.unlink(missing_ok=True)
            shutil.copyfile(self.template / f"{alias}.sqlite3", target)
        return {"MMM_DATA": str(folder)} | dict.fromkeys(VARIABLES.values(), "")

    def restore(self) -> None:
        """Bring the databases of this process back to the template."""
        connections.close_all()
        self.copy(Path(os.environ["MMM_DATA"]))

    def drop(self) -> None:
        """Nothing to do: the data folder goes when the process ends."""
        connections.close_all()


class Postgres:
    """Three databases on the server of this test run, named after this process."""

    def __init__(self) -> None:
        self.template = f"template_{_fingerprint()}"
        with _alone(f"postgres-{urlsplit(SERVER).port}") as folder:
            mark = folder / f"postgres-{urlsplit(SERVER).port}-{self.template}"
            known = {row[0] for row in self._admin("SELECT datname FROM pg_database")}
            whole = all(f"{self.template}_{alias}" in known for alias in ALIASES) and mark.exists()
            if not whole or _wanted_fresh(mark):
                for alias in ALIASES:
                    self._drop(f"{self.template}_{alias}")
                    self._admin(
                        sql.SQL("CREATE DATABASE {}").format(sql.Identifier(f"{self.template}_{alias}"))
                    )
                manage("prepare", "--skip-checks", env={"MMM_MODE": "test", **self._env(self.template)})
                mark.touch()

    def _admin(self, statement: sql.Composable | str) -> list[tuple[str, ...]]:
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
            cursor = connection.execute(statement)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def _env(self, prefix: str) -> dict[str, str]:
        return {variable: f"{SERVER}/{prefix}_{alias}" for alias, variable in VARIABLES.items()}

    def _drop(self, name: str) -> None:
        self._admin(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def copy_to(self, prefix: str) -> dict[str, str]:
        """Make `<prefix>_<alias>` anew from the template; returns the environment that points at them."""
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
            for alias in ALIASES:
                name, template = (
                    sql.Identifier(f"{prefix}_{alias}"),
                    sql.Identifier(f"{self.template}_{alias}"),
                )
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
                connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, template))
        return self._env(prefix)

    def copy(self, folder: Path) -> dict[str, str]:
        """A copy for another process, with `folder` as its data folder; returns the environment."""
        folder.mkdir(parents=True, exist_ok=True)
        return {"MMM_DATA": str(folder)} | self.copy_to(
            f"test_{os.getpid()}_{folder.name}".replace("-", "_").lower()
        )

    def restore(self) -> None:
        """Bring the databases of this process back to the template."""
        connections.close_all()
        self.copy_to(f"test_{os.getpid()}")

    def drop(self) -> None:
        """Remove every database of this process."""
        connections.close_all()
        for (name,) in self._admin("SELECT datname FROM pg_database"):
            if name.startswith(f"test_{os.getpid()}_"):
                self._drop(name)


@cache
def template() -> Sqlite | Postgres:
    """The template for the engine of this run, built when that is needed."""
    return Postgres() if SERVER else Sqlite()
