import datetime as dt

from django.db.models import Q

from mmm.foundation import clock, retention, tasks
from mmm.foundation.tasks.models import OutboxMessage


@tasks.every("tasks.heartbeat", dt.timedelta(seconds=15))
def heartbeat() -> None:
    """Nothing: that it comes round is what `/readyz` looks at."""


@tasks.every("outbox.prune", dt.timedelta(hours=1))
def prune_outbox() -> None:
    """Remove messages that left, and those that nobody could be reached with, after their time."""
    before = clock.now() - retention.period("delivered messages")
    OutboxMessage.objects.filter(
        Q(delivered_at__lt=before) | Q(delivered_at=None, written_at__lt=before)
    ).delete()
