"""Web processes and workers say that they run, so that a restore does not pull databases from under them."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings


class StillRunning(Exception):
    """A web process or worker of this installation runs."""


def _lock_file() -> IO[str]:
    path = Path(settings.DATA) / "running.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("a")


def announce() -> IO[str]:
    """Called once when a process begins. Holds until what it returns is closed, or the process ends."""
    file = _lock_file()
    fcntl.flock(file, fcntl.LOCK_SH)
    return file


@contextmanager
def nobody_else() -> Iterator[None]:
    """Inside the block no web process or worker of this data folder can run. Raises StillRunning."""
    with _lock_file() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StillRunning from None
        yield
