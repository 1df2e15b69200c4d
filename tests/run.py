"""`./mmm test`: set up what the tests need, run every stage, and say in one last line how it went.

Runs with the Python of `var/env-test`. docs/testing.md says what each stage proves.
What may not be installed here is left out and named; with CI=true leaving out is a failure.
"""

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path

from tests.postgres import POSTGRES, cluster

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("MMM_VAR") or ROOT / "var")
CI = os.environ.get("CI") == "true"
STAGES = ("checks", "sqlite", "postgres", "house", "journeys", "demo")
# What each Debian package is for, and the stage that cannot go without it.
PACKAGES = {
    "postgresql": (lambda: POSTGRES, "postgres"),
    "chromium": (lambda: shutil.which("chromium"), "journeys"),
    "default-jre-headless": (lambda: shutil.which("java"), "journeys"),
    "npm": (lambda: shutil.which("npm"), "journeys"),
    "gettext": (lambda: shutil.which("msgmerge"), "checks"),
    "libpangoft2-1.0-0": (lambda: find_library("pangoft2-1.0"), "sqlite"),
    "libharfbuzz-subset0": (lambda: find_library("harfbuzz-subset"), "sqlite"),
}
# Who meets which page, and what stands on it: the same on every engine, so once in a run is enough. Half
# of the time on PostgreSQL went there; --deep runs them on both.
BIG_TABLES = ("role_table", "canaries", "query_counts", "get_writes", "readability")
PYTHON = sys.executable
LOCAL = {
    "MMM_MODE": "test",
    "MMM_DATA": str(VAR / "test"),
    "MMM_ASSETS": str(VAR / "assets"),
    "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
}


@dataclass
class Score:
    """What a stage counted."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0


def say(text: str) -> None:
    print(text, flush=True)


# -- what the tests need --


def debian_packages(stages: list[str]) -> list[str]:
    """Install what is missing when that is allowed; returns what is still missing, a sentence each."""

    def missing() -> list[str]:
        return [name for name, (there, stage) in PACKAGES.items() if stage in stages and not there()]

    wanted = missing()
    if wanted and os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"Installing {', '.join(wanted)} ...")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "-y", "--no-install-recommends", *wanted]):
            done = subprocess.run(
                ["apt-get", "-qq", *command], env=quiet, capture_output=True, text=True, check=False
            )
            if done.returncode:
                say((done.stdout + done.stderr)[-1500:])
        POSTGRES.refresh()
    return [f"{name} is not installed; add it with: apt-get install {name}" for name in missing()]


def npm_tools() -> list[str]:
    """axe-core and the Nu HTML checker in `var/npm`, as locked; returns what is missing, a sentence each."""
    place, lock = VAR / "npm", ROOT / "package-lock.json"
    stamp = place / "package-lock.json"
    if (place / "node_modules").exists() and stamp.exists() and stamp.read_bytes() == lock.read_bytes():
        return []
    if not shutil.which("npm"):
        return ["axe-core and vnu-jar need npm"]
    say("Fetching axe-core and the Nu HTML checker ...")
    making = VAR / f"npm.tmp-{os.getpid()}"
    try:
        making.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / name, making / name)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        done = subprocess.run(command, cwd=making, capture_output=True, text=True, check=False)
        if done.returncode:
            return [f"axe-core and vnu-jar could not be fetched: {done.stderr.strip()[-200:]}"]
        shutil.rmtree(place, ignore_errors=True)
        making.rename(place)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return []


# -- the stages --


def static_checks() -> dict[str, tuple[list[str], dict[str, str]]]:
    """Name -> command and environment of every check that looks without running the application's tests."""
    module = [PYTHON, "-m"]
    production = {
        "MMM_MODE": "production",
        "MMM_DATA": str(VAR / "test"),
        "MMM_SECRET_KEY": "a-secret-of-the-check-stage-alone-" + "0123456789abcdef" * 2,
        "MMM_KEKS": "1:" + "5a" * 32,
        "MMM_HOSTS": "mmm.example",
        "MMM_BASE_URL": "https://mmm.example",
        "MMM_SMTP_HOST": "smtp.mmm.example",
        "MMM_FROM": "MMM <post@mmm.example>",
        "MMM_PHONE": "071 000 00 00",
        **{
            variable: f"postgres://mmm@127.0.0.1/{name}"
            for variable, name in (
                ("MMM_DATABASE_URL", "mmm"),
                ("MMM_KEYS_DATABASE_URL", "mmm_keys"),
                ("MMM_CACHE_DATABASE_URL", "mmm_cache"),
            )
        },
    }
    linter = "import sys; from importlinter.cli import lint_imports_command; sys.argv[0] = 'lint-imports'; "
    return {
        "ruff format": ([*module, "ruff", "format", "--check", ".", "mmm"], {}),
        "ruff check": ([*module, "ruff", "check", ".", "mmm"], {}),
        "mypy": ([*module, "mypy"], {}),
        "djlint": ([*module, "djlint", "src/mmm", "--lint", "--quiet"], {}),
        "import-linter": ([PYTHON, "-c", linter + "lint_imports_command()", "--no-cache"], {}),
        "migrations": ([*module, "mmm", "makemigrations", "--check", "--dry-run"], {}),
        "deploy": ([*module, "mmm", "check", "--deploy", "--fail-level", "WARNING"], production),
        "catalogues": ([*module, "tests.catalogues"], {}),
    }


def run_checks() -> Score:
    """Every static check, two at a time; a check counts as one test."""
    score = Score()

    def one(item: tuple[str, tuple[list[str], dict[str, str]]]) -> tuple[str, int, str, float]:
        name, (command, env) = item
        began = time.monotonic()
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **LOCAL, **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return name, done.returncode, done.stdout, time.monotonic() - began

    with ThreadPoolExecutor(2) as pool:
        for name, code, output, seconds in pool.map(one, static_checks().items()):
            if code:
                score.failed += 1
                say(f"  {name}: FAILED ({seconds:.0f} s)\n{output.strip()[-6000:]}")
            else:
                score.passed += 1
                say(f"  {name}: good ({seconds:.0f} s)")
    return score


def run_pytest(stage: str, arguments: list[str], env: dict[str, str]) -> Score:
    """One pytest run; counts come from its own report."""
    report = VAR / "reports" / f"{stage}.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    command = [PYTHON, "-m", "pytest", f"--junitxml={report}", "--durations=5", *arguments]
    code = subprocess.run(command, cwd=ROOT, env={**os.environ, **LOCAL, **env}, check=False).returncode
    score = Score()
    if report.exists():
        for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314 - our own file
            failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped = int(suite.get("skipped", 0))
            score.failed += failed
            score.skipped += skipped
            score.passed += int(suite.get("tests", 0)) - failed - skipped
    if code not in (0, 5) and not score.failed:  # 5: nothing to run
        score.failed = 1
    return score


def run_stage(stage: str, env: dict[str, str]) -> Score:
    """Run one stage by its name."""
    two = ["-n", "2", "--dist", "loadgroup"]
    apart = [f"--ignore=tests/{name}" for name in ("journeys", "house", "tooling")]
    if stage == "checks":
        return run_checks()
    if stage == "sqlite":
        return run_pytest(stage, [*two, "tests", *apart], env)
    if stage == "house":
        return run_pytest(
            stage, [*two, "tests/house", "tests/tooling", "--ignore=tests/tooling/test_clean_demo.py"], env
        )
    if stage == "postgres":
        with cluster() as url:
            rooms = ["tests", "--ignore=tests/journeys", "--ignore=tests/tooling"]
            if "MMM_DEEP" not in env:
                rooms += [f"--ignore=tests/house/test_{table}.py" for table in BIG_TABLES]
            return run_pytest(stage, [*two, *rooms], {**env, "MMM_TEST_POSTGRES": url})
    if stage == "journeys":
        journeys = ROOT / "tests" / "journeys"
        return run_pytest(stage, [*two, "tests/journeys"], env) if journeys.exists() else Score()
    return run_pytest(stage, ["tests/tooling/test_clean_demo.py"], env)


@contextlib.contextmanager
def stage_line(stage: str, scores: list[Score]) -> Iterator[None]:
    """Say when a stage begins, how long it took and what it counted."""
    say(f"== {stage}")
    began = time.monotonic()
    yield
    score = scores[-1]
    counted = f"{score.passed} good, {score.failed} not, {score.skipped} skipped"
    say(f"== {stage}: {counted}, {time.monotonic() - began:.0f} s\n")


def main() -> int:
    """Run what was asked for; 0 when everything passed."""
    options = argparse.ArgumentParser(prog="./mmm test", description=__doc__)
    options.add_argument("paths", nargs="*", help="only these test files or folders, on SQLite")
    options.add_argument("--deep", action="store_true", help="state machines and big tables at full length")
    options.add_argument("--no-checks", action="store_true", help="leave the static checks out")
    options.add_argument("--only", choices=STAGES, help="only this stage")
    options.add_argument("--postgres", action="store_true", help="run PATHS on PostgreSQL")
    given, more = options.parse_known_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    (VAR / "test").mkdir(parents=True, exist_ok=True)
    env = {"MMM_TEST_FRESH": str(time.time()), **({"MMM_DEEP": "1"} if given.deep else {})}
    scores: list[Score] = []

    if given.paths:
        with cluster() if given.postgres else contextlib.nullcontext("") as url:
            scores.append(run_pytest("paths", [*given.paths, *more], {"MMM_TEST_POSTGRES": url}))
        return finish(scores, [])
    if more:
        options.error(f"unknown: {' '.join(more)}")

    stages = [given.only] if given.only else [s for s in STAGES if not (s == "checks" and given.no_checks)]
    left_out = debian_packages(stages)
    if {"journeys", "house"} & set(stages):
        left_out += npm_tools()
    for stage in stages:
        if any(
            stage == PACKAGES[sentence.split()[0]][1]
            for sentence in left_out
            if sentence.split()[0] in PACKAGES
        ):
            say(f"== {stage}: left out\n")
            continue
        with stage_line(stage, scores):
            scores.append(run_stage(stage, env))
    return finish(scores, left_out)


def finish(scores: list[Score], left_out: list[str]) -> int:
    """Say what was left out, then the one last line; returns the exit code."""
    for sentence in left_out:
        say(f"LEFT OUT: {sentence}")
    passed = sum(score.passed for score in scores)
    failed = sum(score.failed for score in scores) + (len(left_out) if CI else 0)
    say(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
