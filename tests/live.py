"""The real stack for the journeys: uvicorn and a worker as processes of their own, and a mailbox.

Everything is as in use: built assets, three databases, cookies, headers, mail by SMTP. Only the databases are
copies of the test template, and post arrives in `live.post` instead of leaving.
"""

import contextlib
import fcntl
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler

from tests import databases
from tests.postgres import free_port

ROOT = databases.ROOT


class Mailbox(MessageHandler):
    """Takes every message; newest last in `messages`."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Message] = []

    def handle_message(self, message: Message) -> None:
        """Called by the SMTP server for each message."""
        self.messages.append(message)

    def to(self, address: str) -> list[Message]:
        """What arrived for this address so far."""
        return [message for message in self.messages if address in str(message["To"])]

    def wait(self, address: str, count: int = 1, seconds: float = 20) -> Message:
        """The newest message for this address, once there are `count` of them. Raises AssertionError."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if len(found := self.to(address)) >= count:
                return found[-1]
            time.sleep(0.05)
        raise AssertionError(f"No message number {count} for {address} within {seconds} s.")

    def code(self, address: str, count: int = 1) -> str:
        """The sign-in code in the newest message for this address (digits, spaces left out)."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if len(codes := self.codes(address)) >= count:
                return codes[-1]
            time.sleep(0.05)
        raise AssertionError(f"No code number {count} for {address} within 20 s.")

    def codes(self, address: str) -> list[str]:
        """The codes (digits, spaces left out) in all messages for this address; others hold none."""
        bodies = [body for one in self.to(address) if isinstance(body := one.get_payload(decode=True), bytes)]
        found = [re.search(r"(?m)^\s*((?:\d[ -]?){6,19})\s*$", body.decode()) for body in bodies]
        return [re.sub(r"\D", "", each.group(1)) for each in found if each]


@dataclass
class Live:
    """A running installation: where it is, how to give it commands, what it mailed."""

    base_url: str
    data: Path
    env: dict[str, str]
    post: Mailbox
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def manage(self, *arguments: str) -> str:
        """Run a management command on this installation; returns what it printed."""
        return databases.manage(*arguments, env=self.env)

    def python(self, code: str) -> str:
        """Run Python inside this installation (`django.setup()` is done); returns what it printed."""
        return databases.manage("shell", "--no-imports", "--command", code, env=self.env)

    def url(self, path: str) -> str:
        """The full address of a path such as `/inloggen/`."""
        return self.base_url + path

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start a process of this installation; it is ended with the rest."""
        with (self.data / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=ROOT,
                env={**os.environ, **self.env},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def log(self) -> str:
        """What server and worker said so far."""
        return (self.data / "log").read_text()


def built_assets() -> Path:
    """Assets as in use, built once for all processes of a test run."""
    place = Path(os.environ.get("MMM_VAR") or ROOT / "var") / "assets"
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.with_name("assets.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        databases.manage("build_assets", env={"MMM_MODE": "test", "MMM_ASSETS": str(place)})
    return place


@contextlib.contextmanager
def running(template: databases.Sqlite | databases.Postgres, mode: str = "test") -> Iterator[Live]:
    """Start everything, wait for the first page, end everything by its process id."""
    data = Path(tempfile.mkdtemp(prefix="mmm-live-"))
    mailbox = Mailbox()
    smtp = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    port = free_port()
    env = {
        "MMM_MODE": mode,
        "MMM_BASE_URL": f"http://127.0.0.1:{port}",
        "MMM_ASSETS": str(built_assets()),
        "MMM_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "MMM_SMTP_HOST": "127.0.0.1",
        "MMM_SMTP_PORT": str(smtp.port),
        "DJANGO_SETTINGS_MODULE": "mmm.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        **template.copy(data),
    }
    live = Live(f"http://127.0.0.1:{port}", data, env, mailbox)
    smtp.start()
    try:
        # As `server_command` in ./mmm has it.
        where = ["--host", "127.0.0.1", "--port", str(port)]
        quiet = ["--no-access-log", "--log-level", "warning", "--no-server-header", "--lifespan", "off"]
        server = live.start("uvicorn", "mmm.config.asgi:application", *where, *quiet)
        live.start("mmm", "run_worker")
        end = time.monotonic() + 30
        while True:
            with contextlib.suppress(OSError):
                urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
                    live.url("/healthz"), timeout=5
                )
                break
            if server.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"The server did not start:\n{live.log()[-4000:]}")
            time.sleep(0.05)
        yield live
    finally:
        for process in live.processes:
            process.terminate()
        for process in live.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        smtp.stop()
        shutil.rmtree(data, ignore_errors=True)
