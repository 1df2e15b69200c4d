"""What comes round by itself: stories whose seven days are over become public; old drafts go."""

import datetime as dt

from mmm.foundation import clock, retention, tasks
from mmm.stories.offers import editing


@tasks.every("stories.publish", dt.timedelta(minutes=10))
def publish() -> None:
    """Put on the web what was approved seven days ago and is not withdrawn."""
    editing.publish_due()


@tasks.every("stories.forget", dt.timedelta(hours=1))
def forget() -> None:
    """Remove drafts that nobody touched, and what is left of stories that ended."""
    now = clock.now()
    editing.forget(
        drafts_before=now - retention.period("drafts to pass on"),
        ended_before=now - retention.period("ended stories"),
    )
