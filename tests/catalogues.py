"""`python -m tests.catalogues`: are the Dutch and English catalogues complete?

Messages in templates are written in Dutch, those in Python in English. So the English catalogue must
translate every message that stands in a template, and the Dutch one every message that stands in Python.
Nothing may be fuzzy. `--write` brings the files up to date with the source, new messages untranslated.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = {"nl": ".py", "en": ".html"}  # what this language's catalogue must translate


def extracted(language: str) -> polib.POFile:
    """The project's catalogue of a language, merged with every message in the source as it is now."""
    with tempfile.TemporaryDirectory(prefix="mmm-catalogues-") as folder:
        copy = Path(folder) / "mmm"
        shutil.copytree(ROOT / "src" / "mmm", copy, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
        (copy / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "django", "makemessages", f"--locale={language}", "--no-wrap"]
        options = ["--extension=html,txt,py", "--ignore=migrations/*"]
        # Without settings: those of the tests are not to be found from the copy.
        env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        done = subprocess.run(
            [*command, *options], cwd=copy, env=env, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(done.stderr.strip() or "makemessages failed")
        return polib.pofile(str(copy / "locale" / language / "LC_MESSAGES" / "django.po"), wrapwidth=0)


def gaps(language: str) -> list[str]:
    """What this language's catalogue lacks, a line each."""
    must = LANGUAGES[language]
    source = extracted(language)
    path = ROOT / "src" / "mmm" / "locale" / language / "LC_MESSAGES" / "django.po"
    known = {entry.msgid: entry for entry in polib.pofile(str(path))} if path.exists() else {}
    found = []
    for entry in source:
        if entry.obsolete:
            continue
        where = sorted({name for name, _ in entry.occurrences})
        written = known.get(entry.msgid)
        texts = (
            (written.msgstr_plural.values() if written.msgid_plural else [written.msgstr])
            if written
            else [""]
        )
        # A template of the other language's kind (.txt mail) is written in Dutch, as HTML is.
        needed = any(Path(name).suffix == ".py" for name in where) == (must == ".py")
        if written and "fuzzy" in written.flags:
            found.append(f"{language}: fuzzy: {entry.msgid[:80]!r} ({where[0]})")
        elif needed and not all(texts):
            found.append(f"{language}: not translated: {entry.msgid[:80]!r} ({where[0]})")
    return found


def write(language: str) -> None:
    """Bring the catalogue up to date with the source: new messages untranslated, old ones removed."""
    source = extracted(language)
    source[:] = [entry for entry in source if not entry.obsolete]
    for entry in source:
        entry.occurrences = sorted({(name, "") for name, _ in entry.occurrences})
        if "fuzzy" in entry.flags:
            entry.flags.remove("fuzzy")
            entry.msgstr = ""
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
    path = ROOT / "src" / "mmm" / "locale" / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():  # no dates: they would make every run a change
        before = polib.pofile(str(path))
        source.header, source.metadata = before.header, before.metadata
    source.save(str(path))


def main() -> int:
    """0 when both are complete, else 1 and a line for each gap."""
    if "--write" in sys.argv:
        for language in LANGUAGES:
            write(language)
    found = [gap for language in LANGUAGES for gap in gaps(language)]
    print("\n".join(found) if found else "Both catalogues are complete.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
