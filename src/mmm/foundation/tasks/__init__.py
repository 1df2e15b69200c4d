"""Work for later: rows that any number of workers take, at least once each. See README.md."""

from mmm.foundation.tasks import outbox
from mmm.foundation.tasks.queue import enqueue
from mmm.foundation.tasks.registry import every, task

__all__ = ["enqueue", "every", "outbox", "task"]
