"""Work for later: what editors scheduled, and what hides itself and wants an editor."""

import datetime as dt
import io
from typing import Final

from django.core.management import call_command
from django.db import transaction

from mmm.accounts import notices
from mmm.content import selectors
from mmm.content.editors import TASK
from mmm.foundation import clock, tasks
from mmm.region import selectors as region

AHEAD: Final = 30  # days before a rule hides itself


@tasks.every("content.schedule", dt.timedelta(minutes=1))
def publish_what_is_due() -> None:
    """Publish and take away what editors scheduled. Repeatable; never too early."""
    call_command("publish_scheduled", stdout=io.StringIO())


@tasks.every("content.stale", dt.timedelta(hours=6))
def tell_of_stale_rules() -> None:
    """Tell editors once of each rule that hides itself within a month, and again when it is hidden."""
    today = clock.today()
    for line in selectors.going_stale(AHEAD):
        when = "hidden" if line.expires_on < today else "soon"
        key = f"{line.kind}:{line.id}:{line.expires_on.isoformat()}:{when}"
        with transaction.atomic():
            for user_id in region.with_task(TASK):
                notices.send(user_id, kind="content.stale", view="content_stale", key=key)
