import datetime as dt

from django.db.models import Q

from mmm.foundation import backup, clock, retention, tasks
from mmm.foundation.tasks.models import OutboxMessage


@tasks.every("tasks.heartbeat", dt.timedelta(seconds=15))
def heartbeat() -> None:
    """Nothing: that it comes round is what `/readyz` looks at."""


@tasks.every("backup.forget_keys", dt.timedelta(hours=1))
def forget_keys_backups() -> None:
    """Remove keys backups after their week, also when nobody makes the next backup."""
    backup.forget_old_keys_everywhere()


@tasks.every("outbox.prune", dt.timedelta(hours=1))
def prune_outbox() -> None:
    """Remove messages that left, and those that nobody could be reached with, after their time."""
    before = clock.now() - retention.period("delivered messages")
    OutboxMessage.objects.filter(
        Q(delivered_at__lt=before) | Q(delivered_at=None, written_at__lt=before)
    ).delete()
