"""The first of the two commands, as a stranger runs it: a clean copy, nothing installed but Python."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.house.sources import ROOT
from tests.postgres import free_port

FIRST_START = 90.0
SECOND_START = 5.0


def copy_of_the_project(place: Path) -> None:
    """What is in the repository, as it is now, without anything that was built."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(
        listed, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines():
        if (ROOT / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, place / name)


@contextmanager
def demo(place: Path, port: int, *more: str) -> Iterator[tuple[float, list[str], subprocess.Popen[str]]]:
    """Start the demo; yields seconds until READY, what it printed, the process. Ends it as Ctrl-C does."""
    rest = {name: value for name, value in os.environ.items() if not name.startswith(("MMM_", "DJANGO_"))}
    rest.pop("PYTHONPATH", None)
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, str(place / "mmm"), "demo", "--port", str(port), *more],
        env=rest,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    lines: list[str] = []
    try:
        for line in process.stdout:
            lines.append(line.strip())
            if line.startswith("READY"):
                break
        assert lines, "nothing was printed"
        assert lines[-1] == f"READY http://127.0.0.1:{port}/", lines
        yield time.monotonic() - began, lines, process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
        process.stdout.close()


def test_demo_starts_on_a_clean_copy_and_starts_fast_again(tmp_path: Path) -> None:
    copy_of_the_project(tmp_path)
    port = free_port()
    with demo(tmp_path, port) as (seconds, lines, process):
        print(f"first start: {seconds:.1f} s")
        assert seconds <= FIRST_START
        assert len(lines) > 2  # it says what it is doing
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
            assert answer.status == 200
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/demo/") as answer:
            assert answer.status == 200
    assert process.returncode == 0
    with demo(tmp_path, port) as (seconds, lines, process):
        print(f"second start: {seconds:.1f} s")
        assert seconds <= SECOND_START
    assert process.returncode == 0
    # Ended by their ids: nothing listens any more.
    with demo(tmp_path, port, "--fresh") as (seconds, lines, process):
        assert "Making the demo world ..." in lines
    leftovers = [
        path.name for path in (tmp_path / "var").iterdir() if ".tmp-" in path.name or ".old-" in path.name
    ]
    assert leftovers == []
