"""Files of lines in the data folder that a restore never overwrites: how erasures and removals outlive it.

A line is on the disk before `append` returns. A machine that stopped while writing leaves half a line at the
end; who reads passes over it, and the next line begins anew and is not lost with it.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings


def path(name: str) -> Path:
    """Where the file of this name lies, whether it is there or not."""
    return Path(settings.DATA) / name


def append(name: str, *lines: str) -> None:
    """Write these lines, each whole, at the end; made with the folder when missing. Raises OSError."""
    file = path(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(handle).st_size
        begun = b"" if not size or os.pread(handle, 1, size - 1) == b"\n" else b"\n"
        text = begun + "".join(f"{line}\n" for line in lines).encode()
        if os.write(handle, text) != len(text):
            raise OSError(f"{file.name} could not be written whole; is the disk full?")
        os.fsync(handle)
    finally:
        os.close(handle)


def read(name: str) -> Iterable[list[str]]:
    """The words of each line, the oldest first; also those of half a line. Nothing when there is no file."""
    try:
        text = path(name).read_text()
    except FileNotFoundError:
        return []
    return [line.split() for line in text.splitlines()]
