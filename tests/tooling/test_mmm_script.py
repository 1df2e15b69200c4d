"""`./mmm` fails in one clear sentence, with an exit code, and leaves nothing half-built behind."""

import os
import runpy
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import ROOT
from tests.postgres import free_port


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of what `./mmm` needs before it has an environment."""
    place = tmp_path / "tree"
    (place / "src").mkdir(parents=True)
    (place / "src" / "mmm").symlink_to(ROOT / "src" / "mmm")
    shutil.copy(ROOT / "mmm", place / "mmm")
    shutil.copytree(ROOT / "requirements", place / "requirements")
    return place


def mmm(tree: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    rest = {name: value for name, value in os.environ.items() if not name.startswith("MMM_")}
    return subprocess.run(
        [sys.executable, str(tree / "mmm"), *arguments],
        env={**rest, **env},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def left(tree: Path) -> list[str]:
    """What is in `var` but the lock files."""
    return sorted(path.name for path in (tree / "var").glob("*") if path.suffix != ".lock")


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode not in (0, None)
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_port_in_use(tree: Path, taken_port: int) -> None:
    sentence = one_sentence(mmm(tree, "demo", "--port", str(taken_port)))
    assert f"Port {taken_port} is in use" in sentence
    assert left(tree) == []


def test_lock_with_a_changed_hash(tree: Path) -> None:
    lock = tree / "requirements" / "base.txt"
    # One package is enough, and every one of its hashes is made wrong.
    first = lock.read_text().split("# via")[0]
    lock.write_text(first.replace("--hash=sha256:", "--hash=sha256:00000000")[:-1])
    text = "\n".join(
        line[: line.index("sha256:") + 7] + "0" * 64 + (" \\" if line.endswith("\\") else "")
        if "sha256:" in line
        else line
        for line in first.splitlines()
        if not line.strip().startswith("#")
    )
    lock.write_text(text.rstrip(" \\\n") + "\n")
    sentence = one_sentence(mmm(tree, "demo", "--port", str(free_port())))
    assert "requirements/base.txt" in sentence
    assert "hash" in sentence
    assert left(tree) == []


def test_lock_that_cannot_be_read(tree: Path) -> None:
    (tree / "requirements" / "base.txt").write_text("<<<<<<< ours\nDjango==\n")
    sentence = one_sentence(mmm(tree, "demo", "--port", str(free_port())))
    assert "requirements/base.txt" in sentence
    assert "cannot be read" in sentence
    assert left(tree) == []


def test_no_network(tree: Path) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}/"
    env = dict.fromkeys(("PIP_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL"), nowhere)
    cut = {"PIP_NO_CACHE_DIR": "1", "PIP_RETRIES": "0", "UV_NO_CACHE": "1", "PIP_CONFIG_FILE": os.devnull}
    sentence = one_sentence(mmm(tree, "demo", "--port", str(free_port()), **env, **cut, UV_HTTP_RETRIES="0"))
    assert "no connection" in sentence
    assert left(tree) == []


def test_no_permission_to_write(tree: Path) -> None:
    if os.geteuid() == 0:
        # Root may write anywhere, but not into a folder that cannot exist.
        sentence = one_sentence(mmm(tree, "demo", "--port", str(free_port()), MMM_VAR="/proc/mmm-var"))
        assert "/proc/mmm-var" in sentence
        return
    tree.chmod(0o500)
    try:
        sentence = one_sentence(mmm(tree, "demo", "--port", str(free_port())))
    finally:
        tree.chmod(0o700)
    assert "permission" in sentence


def test_old_python_is_told_so() -> None:
    """An older Python parses the script before it can say so: it holds no syntax newer than 3.8."""
    import ast

    ast.parse((ROOT / "mmm").read_text(), feature_version=(3, 8))
    assert "sys.version_info < (3, 11)" in (ROOT / "mmm").read_text()


def test_environment_half_built_by_a_killed_start_is_built_anew(tree: Path) -> None:
    (tree / "var" / "env.tmp-1" / "bin").mkdir(parents=True)
    (tree / "requirements" / "base.txt").write_text("# nothing\n")
    (tree / "var" / "env" / "bin").mkdir(parents=True)  # no stamp: not known to be whole
    done = mmm(tree, "manage", "--help")
    assert "No module named 'django'" in done.stderr  # the new, empty environment was used
    assert [name for name in left(tree) if name.startswith("env")] == ["env"]
    assert (tree / "var" / "env" / "stamp").exists()


def test_second_demo_on_the_same_data_is_refused(tree: Path) -> None:
    import fcntl

    (tree / "var").mkdir()
    with (tree / "var" / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        sentence = one_sentence(mmm(tree, "demo", "--port", str(free_port())))
    assert "runs already" in sentence


def test_unknown_verb_is_one_sentence(tree: Path) -> None:
    assert "does not know" in one_sentence(mmm(tree, "demmo"))


def test_help_names_every_verb(tree: Path) -> None:
    text = mmm(tree, "--help").stdout
    for verb in ("demo", "test", "serve", "worker", "backup", "restore", "book", "bench", "prove", "manage"):
        assert f"./mmm {verb}" in text or f"| {verb}" in text


def test_stopped_while_fetching_leaves_nothing(tree: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, str(tree / "mmm"), "demo", "--port", str(free_port())],
        stdout=subprocess.PIPE,
        env={**os.environ, "MMM_VAR": str(tree / "var")},
    )
    assert process.stdout is not None
    with process.stdout as output:
        assert b"Fetching" in output.readline()
        time.sleep(1)
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    assert not [name for name in left(tree) if ".tmp-" in name or ".old-" in name]
    # A fast machine may have been ready before it was stopped; then what is there is whole.
    assert all((tree / "var" / name / "stamp").exists() for name in left(tree) if name == "env")


def test_who_may_not_install_what_pdfs_need_is_told_how(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script = runpy.run_path(str(ROOT / "mmm"))
    paper = script["paper"]
    monkeypatch.setitem(paper.__globals__, "loads", lambda library: False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    paper()
    assert capsys.readouterr().out == (
        "No PDFs on this machine; add them with: apt-get install libpangoft2-1.0-0 libharfbuzz-subset0\n"
    )
