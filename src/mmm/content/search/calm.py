"""How often one network may search in a minute. Counted in this process alone, and forgotten every minute.

A search costs little and guesses nothing, so a count per process will do; a row in a database for each search
would cost more than the search, and would be a trace of it. What is searched for is not part of the count.
"""

import threading
import time
from typing import Final

MOST = 120  # a school, a library or a phone network behind one address
SECONDS: Final = 60
_CLIENTS: Final = 20_000  # beyond these nobody is counted any more this minute

_lock = threading.Lock()
_minute, _counts = 0, dict[str, int]()


def may_search(network: str) -> bool:
    """Count one search of this network and say whether it is within `MOST` a minute."""
    global _minute
    now = int(time.monotonic() // SECONDS)
    with _lock:
        if now != _minute:
            _minute = now
            _counts.clear()
        if network not in _counts and len(_counts) >= _CLIENTS:
            return True
        count = _counts[network] = _counts.get(network, 0) + 1
    return count <= MOST


def forget() -> None:
    """Begin anew (tests)."""
    with _lock:
        _counts.clear()
