"""What the workers can do: handlers by name, and the names that come round by themselves."""

import datetime as dt
from collections.abc import Callable

Handler = Callable[[dict[str, str]], None]
TickFunction = Callable[[], None]

handlers: dict[str, Handler] = {}
periods: dict[str, dt.timedelta] = {}


def task(name: str) -> Callable[[Handler], Handler]:
    """Decorator: `handler(payload)` does the tasks called `name`.

    It must be idempotent: a worker that is killed half-way leaves the task to another one.
    Raises ValueError when the name is taken.
    """

    def register(handler: Handler) -> Handler:
        if name in handlers:
            raise ValueError(f"There is a task {name!r} already.")
        handlers[name] = handler
        return handler

    return register


def every(name: str, period: dt.timedelta) -> Callable[[TickFunction], TickFunction]:
    """Decorator: the function runs once in each `period`, however many workers there are.

    Each turn is a task of the same name, so it survives a killed worker and is tried again when it fails.
    """

    def register(function: TickFunction) -> TickFunction:
        task(name)(lambda payload: function())
        periods[name] = period
        return function

    return register
