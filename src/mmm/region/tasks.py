"""Work for later: removing what ended long ago."""

import datetime as dt

from mmm.foundation import clock, retention, tasks
from mmm.region import deaths, invitations
from mmm.region.models import Membership, StaffRole
from mmm.region.reports import services as reports


@tasks.every("region.reports", dt.timedelta(minutes=10))
def tell_who_has_reports() -> None:
    """Whoever a report falls to since it was made hears of it."""
    reports.tell_handlers()


@tasks.every("region.prune", dt.timedelta(hours=1))
def prune() -> None:
    """Remove memberships and tasks that ended, after their time."""
    before = clock.now() - retention.period("ended work")
    Membership.objects.filter(ended_at__lt=before).delete()
    StaffRole.objects.filter(ended_at__lt=before).delete()
    invitations.prune()
    deaths.forget()
    reports.forget_answered(clock.now() - retention.period("answered reports"))
