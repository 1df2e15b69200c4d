"""What comes round by itself: drafts and ended grants go in time. What ends is computed at every read."""

import datetime as dt

from mmm.consent import services
from mmm.consent.letters import services as letters
from mmm.foundation import clock, retention, tasks


@tasks.every("consent.forget", dt.timedelta(hours=1))
def forget() -> None:
    """Remove drafts that nobody finished, and grants and letters that ended long ago."""
    services.forget_drafts(clock.now() - retention.period("unfinished shares"))
    services.forget_ended(clock.now() - retention.period("ended grants"))
    letters.forget_ended(clock.now() - retention.period("ended letters"))


@tasks.every("consent.ends_soon", dt.timedelta(days=1))
def tell_what_ends() -> None:
    """Tell owners which shares run out within a week."""
    services.tell_what_ends()
