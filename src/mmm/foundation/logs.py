"""What a log line may hold: where something failed and what kind of failure, never what people wrote.

An exception's message can carry a person's words (PostgreSQL: "Failing row contains ..."), so it is left out.
"""

import logging
import traceback
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class QuietFormatter(logging.Formatter):
    """Prints the frames and the class of an exception, and not its message."""

    def formatException(self, ei: ExcInfo) -> str:
        kind, error, frames = ei
        lines = traceback.format_tb(frames)
        while error is not None and (error := error.__cause__ or error.__context__) is not None:
            lines.append(f"after {type(error).__qualname__}\n")
        return "".join(lines) + (kind.__qualname__ if kind else "")
