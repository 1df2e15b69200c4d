"""`./mmm prove rotation`: kill -9 the re-wrapping of keys at random moments; every key still opens."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mmm.foundation import crypto
from mmm.foundation.crypto import keys, rotation, vaults


class Command(BaseCommand):
    help = "Makes vaults, adds a key, kills the re-wrapping at random moments, and opens every vault."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--vaults", type=int, default=3000)
        parser.add_argument("--kills", type=int, default=12, help="how often it is killed at least")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.KEY_ENCRYPTION_KEYS:
            raise CommandError("The keys stand in MMM_KEKS; this proof needs a key file of its own.")
        made = {vault_id: vaults.open_key(vault_id) for vault_id in _made(options["vaults"])}
        kills = rounds = half_way = 0
        pause = 0.05
        while kills < options["kills"]:
            if not rotation.versions_in_use().keys() - {keys.newest_version()}:
                keys.add_version(settings.KEY_ENCRYPTION_KEY_FILE)
                rounds += 1
            killed, got_on = self._kill_once(pause * random.uniform(0.5, 3))  # noqa: S311 - a moment
            kills += killed
            half_way += killed and got_on
            pause = pause * 0.8 if not killed else pause
            _none_unreadable(made)
        list(rotation.rewrap_all())
        unreadable = sum(not _opens(vault_id, key) for vault_id, key in made.items())
        left = {
            version: n
            for version, n in rotation.versions_in_use().items()
            if version != keys.newest_version()
        }
        figures = {
            "vaults": len(made),
            "times killed": kills,
            "of which half-way": half_way,
            "rotations begun": rounds,
            "vaults under an older key afterwards": sum(left.values()),
            "unreadable": unreadable,
        }
        for name, value in figures.items():
            line = json.dumps({"name": f"rotation: {name}", "value": value, "unit": "count"})
            self.stdout.write(line if options["json"] else f"{name:40}{value:8}")
        if unreadable or left:
            raise CommandError("Not every key opens, or not every key was wrapped anew.")

    def _kill_once(self, seconds: float) -> tuple[bool, bool]:
        """Start a rotation in a process of its own and kill it after its first vault and so many seconds."""
        before = rotation.versions_in_use()
        child = subprocess.Popen(
            [sys.executable, "-m", "mmm", "rotate_keys"],
            env=os.environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + 30
        while child.poll() is None and rotation.versions_in_use() == before and time.monotonic() < end:
            time.sleep(0.005)
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
        killed = child.wait() == -signal.SIGKILL
        return killed, rotation.versions_in_use() != before


def _made(count: int) -> list[Any]:
    return [crypto.create_vault("proof") for _ in range(count)]


def _opens(vault_id: Any, key: bytes) -> bool:
    try:
        return vaults.open_key(vault_id) == key
    except crypto.Unreadable:
        return False


def _none_unreadable(made: dict[Any, bytes]) -> None:
    broken = sum(not _opens(vault_id, key) for vault_id, key in made.items())
    if broken:
        raise CommandError(f"{broken} keys do not open after a kill.")
