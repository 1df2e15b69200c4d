"""Where the server's own secret comes from."""

import os
import secrets
from pathlib import Path


def secret_key(given: str, *, data: Path, production: bool) -> str:
    """The server secret: as given; outside production made once and kept in the data folder.

    Raises SystemExit with one sentence when production has none.
    """
    if given:
        return given
    if production:
        raise SystemExit("MMM_SECRET_KEY is not set. Production does not start without its own secret.")
    path = data / "secret-key"
    try:
        return path.read_text()
    except FileNotFoundError:
        data.mkdir(parents=True, exist_ok=True)
        made = secrets.token_urlsafe(48)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "w") as file:
                file.write(made)
        except FileExistsError:
            return path.read_text()
        return made
