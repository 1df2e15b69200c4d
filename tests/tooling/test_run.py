"""`./mmm test` itself: it counts right, and says what it left out."""

import os
import subprocess
from pathlib import Path

import pytest

from tests import run
from tests.run import Score


@pytest.fixture
def not_ours(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Nothing is installed, and installing is written down instead of done."""
    asked: list[list[str]] = []

    def note(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        return subprocess.CompletedProcess(command, 0, "", "")

    missing = {name: ((lambda: None), stage) for name, (_, stage) in run.PACKAGES.items()}
    monkeypatch.setattr(run, "PACKAGES", missing)
    monkeypatch.setattr(run.subprocess, "run", note)
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/bin/{name}")
    return asked


def test_root_on_debian_installs_what_the_stages_need(
    not_ours: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    run.debian_packages(["postgres"])
    assert [command[2] for command in not_ours] == ["update", "install"]
    assert not_ours[1][-1] == "postgresql"


def test_who_may_not_install_is_told_what_is_left_out(
    not_ours: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    sentences = run.debian_packages(list(run.STAGES))
    assert not_ours == []
    assert len(sentences) == len(run.PACKAGES)
    assert "postgresql is not installed; add it with: apt-get install postgresql" in sentences


@pytest.mark.parametrize(
    ("scores", "left_out", "ci", "line", "code"),
    [
        ([Score(3), Score(4, 0, 2)], [], False, "7 passed, 0 failed", 0),
        ([Score(3), Score(4, 1)], [], False, "7 passed, 1 failed", 1),
        ([Score(3)], ["java is not installed"], False, "3 passed, 0 failed", 0),
        ([Score(3)], ["java is not installed"], True, "3 passed, 1 failed", 1),
        ([Score()], [], False, "0 passed, 0 failed", 1),
    ],
)
def test_last_line_and_exit_code(
    scores: list[Score],
    left_out: list[str],
    ci: bool,
    line: str,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(run, "CI", ci)
    assert run.finish(scores, left_out) == code
    printed = capsys.readouterr().out.splitlines()
    assert printed[-1] == line
    assert len(printed) == 1 + len(left_out)


def test_counts_come_from_the_run_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "VAR", tmp_path)
    file = tmp_path / "test_it.py"
    file.write_text(
        "import pytest\n"
        "def test_one(): pass\n"
        "def test_two(): assert 0\n"
        "def test_three(): pytest.skip('x')\n"
        "@pytest.fixture\ndef broken(): raise OSError\n"
        "def test_four(broken): pass\n"
    )
    alone = ["-p", "no:django", "-c", os.devnull, "--rootdir", str(tmp_path), str(file)]
    assert run.run_pytest("it", alone, {}) == Score(passed=1, failed=2, skipped=1)
    file.write_text("this is no python")
    assert run.run_pytest("it", alone, {}).failed == 1
    assert run.run_pytest("it", [*alone[:-1], str(tmp_path / "missing.py")], {}).failed == 1
