"""Real processes beside the test, on the test's own databases.

They are forked from a server process that has loaded Django once, so that each starts in milliseconds and
none shares a connection with the test.
"""

import multiprocessing
from typing import Any

from django.db import connections


def context() -> Any:
    """Where to get `Process`, `Value` ... from."""
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["tests.foundation.preloaded"])
    return server


def databases() -> dict[str, str]:
    """The names of the test's databases, to be given to each process."""
    return {alias: str(connections[alias].settings_dict["NAME"]) for alias in connections}


def begin(names: dict[str, str]) -> None:
    """First line of each process: use the test's databases."""
    for alias, name in names.items():
        connections[alias].settings_dict["NAME"] = name
