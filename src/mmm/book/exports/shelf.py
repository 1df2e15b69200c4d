"""Where the files lie: `MMM_DATA/exports/<language>-<mark>/`, whole or not at all.

A folder is filled under another name and then renamed, so a worker that is killed leaves no half file. What
is given out is what the last line written to `<language>.json` names; older folders go after that.
"""

import datetime as dt
import json
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings

PDF: Final = "inspiratieboek.pdf"
EPUB: Final = "inspiratieboek.epub"
_LEFT_BEHIND: Final = 3600  # seconds after which a folder in the making belongs to a worker that is gone


@dataclass(frozen=True, slots=True)
class Edition:
    """What is given out in a language: its mark, pages of the PDF, sizes in bytes, last change of the words.

    `pages` is 0 where no PDF could be made (the typesetter is not on that machine).
    """

    language: str
    mark: str
    pages: int
    sizes: Mapping[str, int]
    changed: dt.date

    def path(self, name: str) -> Path:
        """Where a file of this edition lies."""
        return _place(self.language, self.mark) / name


def current(language: str) -> Edition | None:
    """The edition that is given out; None before the first, or when its files are gone. No query."""
    found = _read(f"{language}.json")
    if not found:
        return None
    found["changed"] = dt.date.fromisoformat(found["changed"])
    edition = Edition(**found)
    return edition if all(edition.path(name).is_file() for name in edition.sizes) else None


def put(language: str, mark: str, files: Mapping[str, bytes], *, pages: int, changed: dt.date) -> Edition:
    """Give out these files (name -> content) from now on, and remove what was given out before."""
    _tidy()
    place = _place(language, mark)
    making = Path(tempfile.mkdtemp(prefix="making-", dir=_root()))
    for name, content in files.items():
        with (making / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    shutil.rmtree(place, ignore_errors=True)  # the same words made again
    making.rename(place)
    sizes = {name: len(content) for name, content in files.items()}
    edition = Edition(language, mark, pages, sizes, changed)
    _write(f"{language}.json", {**asdict(edition), "changed": changed.isoformat()})
    for old in _root().glob(f"{language}-*"):
        if old != place:
            shutil.rmtree(old, ignore_errors=True)
    return edition


def take_away(language: str) -> None:
    """Give out nothing any more: no chapter of this language is published."""
    (_root() / f"{language}.json").unlink(missing_ok=True)
    for old in _root().glob(f"{language}-*"):
        shutil.rmtree(old, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Seen:
    """What whoever makes the files looked at last: the public edition, and the book that failed."""

    edition: str = ""
    broken: str = ""
    at: float = 0.0  # seconds since 1970, of the last try


def seen(language: str) -> Seen:
    """What was looked at last."""
    return Seen(**_read(f"{language}.seen.json"))


def remember(language: str, looked: Seen) -> None:
    """Write down what was looked at, whether or not files came of it."""
    _write(f"{language}.seen.json", asdict(looked))


def _root() -> Path:
    root = Path(settings.DATA) / "exports"
    root.mkdir(parents=True, exist_ok=True)
    return root


def _place(language: str, mark: str) -> Path:
    return Path(settings.DATA) / "exports" / f"{language}-{mark}"


def _read(name: str) -> dict[str, Any]:
    try:
        found = json.loads((Path(settings.DATA) / "exports" / name).read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(name: str, value: Mapping[str, Any]) -> None:
    with tempfile.NamedTemporaryFile("w", dir=_root(), prefix="making-", delete=False) as file:
        json.dump(value, file)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).rename(_root() / name)


def _tidy() -> None:
    """Remove what a killed worker was making."""
    for rest in _root().glob("making-*"):
        if time.time() - rest.stat().st_mtime > _LEFT_BEHIND:
            shutil.rmtree(rest) if rest.is_dir() else rest.unlink()
