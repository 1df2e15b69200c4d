import datetime as dt
import math

from mmm.foundation import clock, retention, tasks
from mmm.foundation.limits.models import Counter


@tasks.every("limits.prune", dt.timedelta(hours=1))
def prune() -> None:
    """Remove counters whose window ended."""
    before = clock.now() - retention.period("counted tries")
    Counter.objects.filter(until__lt=math.floor(before.timestamp())).delete()
