"""`./mmm bench pages`: what pages cost, as a ratio to the floor, all in one run and in turns."""

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from mmm.accounts import selectors as accounts
from mmm.accounts.actors import SESSION_ROLE, roles_of
from mmm.accounts.factors import step
from mmm.accounts.models import User
from mmm.accounts.sessions import SessionStore
from mmm.demo import world
from mmm.demo.cast import BY_KEY

MEMORY_MB = 150  # of a web process after a thousand requests


@dataclass
class Page:
    """One page to measure. Limits are multiples of the floor and of our own bare signed-in page."""

    name: str
    server: str
    path: str
    cookie: str = ""
    floor_limit: float | None = None
    bare_limit: float | None = None
    spent: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.spent)


class Command(BaseCommand):
    help = "Measure public and private pages against the floor, and the memory of the web process."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object per line")
        parser.add_argument("--rounds", type=int, default=250)

    def handle(self, *args: Any, rounds: int, **options: Any) -> None:
        world.build()
        nadia, marieke = (_user(key) for key in ("nadia", "marieke"))
        as_nadia, as_marieke = _cookie(nadia, "self"), _cookie(marieke, "member")
        pages = [
            Page("floor", "floor", "/"),
            Page("home, from the page cache", "measured", "/", floor_limit=2),
            Page("home, missing the page cache", "measured", "/?x=1", floor_limit=8),
            Page(
                "region, missing the page cache", "measured", "/regios/holland-rijnland/?x=1", floor_limit=8
            ),
            Page("bare signed-in page", "measured", "/bare/", as_nadia),
            _private("own answer, unsealed", reverse("stories:question", args=["dromen", 1]), as_nadia),
            _private("own story, whole", reverse("stories:whole"), as_nadia),
            _private("who may read what", reverse("consent:who"), as_nadia),
            _private("who read what", reverse("consent:looks"), as_nadia),
            _private("reader reads, look row first", reverse("consent:read", args=[nadia.id]), as_marieke),
        ]
        with (
            server("mmm.demo.bench.floor_settings") as floor,
            server("mmm.demo.bench.measured_settings") as measured,
        ):
            memory = _measure(pages, {"floor": floor, "measured": measured}, rounds)
        self._report(pages, memory, as_json=options["json"])

    def _report(self, pages: list[Page], memory: float, *, as_json: bool) -> None:
        by_name = {page.name: page for page in pages}
        floor, bare = by_name["floor"].median, by_name["bare signed-in page"].median
        missed = []
        if not as_json:
            self.stdout.write(f"{'':34}{'ms':>8}{'x floor':>9}{'limit':>7}{'x bare':>8}{'limit':>7}")
        for page in pages:
            to_floor, to_bare = page.median / floor, page.median / bare
            limits = [(to_floor, page.floor_limit), (to_bare, page.bare_limit)]
            missed += [page.name for ratio, limit in limits if limit is not None and ratio > limit]
            if as_json:
                line = {"name": page.name, "value": round(page.median, 3), "unit": "ms"}
                self.stdout.write(json.dumps({**line, "floor_ratio": round(to_floor, 2)}))
            else:
                shown = [f"{limit or '':>7}" for _ratio, limit in limits]
                self.stdout.write(
                    f"{page.name:34}{page.median:8.2f}{to_floor:9.2f}{shown[0]}{to_bare:8.2f}{shown[1]}"
                )
        if as_json:
            self.stdout.write(json.dumps({"name": "memory", "value": round(memory, 1), "unit": "MB"}))
        else:
            self.stdout.write(f"{'web process after the requests':34}{memory:8.1f} MB (limit {MEMORY_MB})")
        if memory > MEMORY_MB:
            missed.append("memory")
        if missed:
            raise CommandError(f"Over the limit: {', '.join(missed)}.")


def _private(name: str, path: str, cookie: str) -> Page:
    return Page(name, "measured", path, cookie, floor_limit=7, bare_limit=3.5)


def _user(key: str) -> User:
    user = accounts.by_address(BY_KEY[key].address)
    if user is None:
        raise CommandError("The demo world is not whole; throw the folder of the benchmark away.")
    return user


def _cookie(user: User, kind: str) -> str:
    """A session as signing in makes it, without the mail."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[SESSION_ROLE] = next(role.key for role in roles_of(user) if role.kind == kind)
    session[step.SESSION_STEP] = "demo"
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


@contextmanager
def server(settings_module: str) -> Iterator[tuple[int, int]]:
    """A real server on a free port; yields (port, process id) and ends it by its id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "mmm.config.asgi:application", "--port", str(port)]
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--no-access-log", "--log-level", "warning", "--lifespan", "off"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings_module},
    )
    try:
        for _attempt in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(10)


def _measure(pages: list[Page], servers: dict[str, tuple[int, int]], rounds: int) -> float:
    """Fill each page's times, in turns; returns the memory of the measured process in MB."""
    connections = {
        name: http.client.HTTPConnection("127.0.0.1", port) for name, (port, _pid) in servers.items()
    }
    for turn in range(rounds + 20):
        for page in pages if turn % 2 else reversed(pages):
            taken = timed(lambda page=page: get(connections[page.server], page))  # type: ignore[misc]
            if turn >= 20:  # the first rounds warm up templates, connections and caches
                page.spent.append(taken)
    measured = [page for page in pages if page.server == "measured"]
    for number in range(max(0, 1000 - rounds * len(measured))):
        get(connections["measured"], measured[number % len(measured)])
    return _memory(servers["measured"][1])


def get(connection: http.client.HTTPConnection, page: Page) -> None:
    """Fetch a page whole. Raises CommandError when it answers anything but 200."""
    connection.request("GET", page.path, headers={"Cookie": page.cookie} if page.cookie else {})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise CommandError(f"{page.name} answered {answer.status}.")


def timed(action: Callable[[], None]) -> float:
    """How many milliseconds this takes."""
    before = time.perf_counter()
    action()
    return (time.perf_counter() - before) * 1000


def _memory(process_id: int) -> float:
    with open(f"/proc/{process_id}/status", encoding="ascii") as status:
        line = next(line for line in status if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
