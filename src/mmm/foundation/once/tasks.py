import datetime as dt

from mmm.foundation import clock, retention, tasks
from mmm.foundation.once.models import OnceKey


@tasks.every("once.prune", dt.timedelta(hours=1))
def prune() -> None:
    """Remove keys of posts that nobody repeats any more."""
    OnceKey.objects.filter(made_at__lt=clock.now() - retention.period("once keys")).delete()
