"""Paper: a page of our own as a PDF that a screen reader can read (PDF/UA-1, ISO 14289-1).

The typesetter runs in a process of its own: what it takes in memory goes when it ends, and the text reaches
it and comes back through pipes, never through a file. It reads nothing but what is in `files`: no address, no
other file of this machine.
"""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SECONDS: Final = 60
NOT_INSTALLED: Final = 3
# What a page may name, such as "paper.css": rooms put their files here in `AppConfig.ready()`.
files: Final[dict[str, Path]] = {}


class NotInstalled(Exception):
    """The typesetter's libraries (Pango) are not on this machine; docs/running.md says how to add them."""


class Failed(Exception):
    """No PDF came of it. What the typesetter said is not in here: it may hold words of the page."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """A PDF, and how many pages it has."""

    content: bytes
    pages: int


def render(html: str) -> bytes:
    """The PDF of one whole HTML page. Its `<html lang>` and `<title>` become those of the PDF.

    Takes about a second, most of it the start of the process. Raises NotInstalled, Failed.
    """
    return typeset(html).content


def typeset(html: str, *, more: Mapping[str, Path] = {}, seconds: int = SECONDS) -> Sheets:
    """The same with its pages counted. `more`: files that this page alone may name, beside `files`.
    `seconds`: how long the typesetter may take.

    Raises NotInstalled, Failed.
    """
    known = [f"{name}={path}" for name, path in {**files, **more}.items()]
    command = [sys.executable, "-m", "mmm.foundation.pdf.write", *known]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, names from our own rooms
            command,
            input=html.encode(),
            capture_output=True,
            timeout=seconds,
            check=False,
            env={"PYTHONPATH": str(Path(__file__).resolve().parents[3]), "PATH": "", "HOME": "/nonexistent"},
        )
    except subprocess.TimeoutExpired:
        raise Failed(f"the typesetter took more than {seconds} seconds") from None
    if done.returncode == NOT_INSTALLED:
        raise NotInstalled
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise Failed(f"the typesetter ended with code {done.returncode}")
    return Sheets(done.stdout, int(done.stderr.split()[-1]))  # its last line; warnings may stand before it
