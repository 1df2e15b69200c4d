"""A PostgreSQL server of the test run's own: made, started, and ended by its process id."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path


class Programs:
    """The folder with PostgreSQL's server programs; false when there is none."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.refresh()

    def refresh(self) -> None:
        """Look again, after an installation."""
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        on_path = shutil.which("initdb")
        folder = found[-1] if found else Path(on_path).resolve().parent if on_path else None
        self.folder = folder if folder and (folder / "postgres").exists() else None

    def __bool__(self) -> bool:
        return self.folder is not None

    def __getitem__(self, name: str) -> str:
        if self.folder is None:
            raise SystemExit("PostgreSQL is not installed; add it with: apt-get install postgresql")
        return str(self.folder / name)


POSTGRES = Programs()
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    # Nothing here has to survive a power cut.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "autovacuum": "off",
}


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """Yield `postgres://mmm@127.0.0.1:port` of a new, empty server; it is stopped and removed afterwards."""
    place = Path(tempfile.mkdtemp(prefix="mmm-postgres-"))
    # PostgreSQL refuses to run as root.
    who: dict[str, object] = {}
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(place, account.pw_uid, account.pw_gid)
        who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    server: subprocess.Popen[bytes] | None = None
    try:
        made = [
            POSTGRES["initdb"],
            "-D",
            f"{place}/data",
            "-U",
            "mmm",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ]
        subprocess.run([*made, "--locale=C.UTF-8"], check=True, capture_output=True, cwd=place, **who)  # type: ignore[call-overload]
        port = free_port()
        settings = SETTINGS | {"port": str(port), "unix_socket_directories": str(place)}
        flags = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        log = (place / "log").open("wb")
        server = subprocess.Popen(
            [POSTGRES["postgres"], "-D", f"{place}/data", *flags],
            cwd=place,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **who,  # type: ignore[call-overload]
        )
        for _ in range(300):
            ready = [
                POSTGRES["pg_isready"],
                "-q",
                "-h",
                "127.0.0.1",
                "-p",
                str(port),
                "-U",
                "mmm",
                "-d",
                "postgres",
            ]
            if subprocess.run(ready, check=False).returncode == 0:
                break
            if server.poll() is not None:
                raise SystemExit(f"PostgreSQL did not start:\n{(place / 'log').read_text()}")
            time.sleep(0.1)
        yield f"postgres://mmm@127.0.0.1:{port}"
    finally:
        if server is not None and server.poll() is None:
            server.send_signal(signal.SIGINT)  # "fast": ends open connections
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(place, ignore_errors=True)
