"""Every file: short enough to read, and true on any machine."""

import re
import subprocess

from tests.house.sources import ROOT, SOURCE, named

TEXT = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".toml",
    ".md",
    ".txt",
    ".yml",
    ".json",
    ".in",
    ".po",
    ".tsv",
    ".sh",
    "",
}
# Put together here, so that this file does not hold what it looks for.
MACHINE = re.compile(
    r"(?<![\w.~-])/(?:" + "|".join(("wor" + "k", "roo" + "t", "hom" + "e", "far" + "m")) + r")/[a-z.]"
    r"|https?://[a-z.-]*(?:"
    + "|".join(("py" + "pi", "pythonh" + "osted", "npm" + "js", "deb" + "ian"))
    + r")"
)


def test_no_file_of_the_source_is_longer_than_400_lines() -> None:
    long = {
        named(path): count
        for path in SOURCE.rglob("*")
        if path.suffix in {".py", ".html", ".css", ".js"} and "migrations" not in path.parts
        if (count := len(path.read_text().splitlines())) > 400
    }
    assert not long


def test_no_file_names_a_machine_or_a_package_host() -> None:
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode:  # an unpacked archive
        names = [named(path) for path in ROOT.rglob("*") if path.is_file() and "var" not in path.parts]
    else:
        names = found.stdout.splitlines()
    wrong = []
    for name in names:
        path = ROOT / name
        if path.suffix in TEXT and path.is_file():
            for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
                if MACHINE.search(line):
                    wrong.append(f"{name}:{number}: {line.strip()[:100]}")
    assert len(names) > 50
    assert not wrong


def test_the_look_for_machines_finds_one() -> None:
    assert MACHINE.search("see /wo" + "rk/main")
    assert not MACHINE.search("/mijn-werk/aanvragen/ and /werk/plek/")
