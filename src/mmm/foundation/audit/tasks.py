"""What comes round by itself: looks go when their time is over, with a signed checkpoint in their place."""

import datetime as dt

from mmm.foundation import audit, clock, retention, tasks


@tasks.every("audit.prune", dt.timedelta(days=1))
def prune() -> None:
    """Remove looks older than the retention table says."""
    audit.prune(clock.now() - retention.period("look log"))
