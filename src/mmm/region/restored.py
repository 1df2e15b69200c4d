"""After a restore: work and tasks that ended since the backup end again (`foundation.removals`)."""

import uuid
from collections.abc import Iterable

from django.db import transaction

from mmm.foundation import clock, removals
from mmm.foundation.public import raise_edition
from mmm.region.models import Membership, StaffRole


def work_ended(membership_ids: Iterable[uuid.UUID]) -> None:
    """Write down that these memberships ended."""
    removals.note(gone=[removals.mark("work", each) for each in membership_ids])


def tasks_ended(role_ids: Iterable[uuid.UUID]) -> None:
    """Write down that these tasks for a region ended."""
    removals.note(gone=[removals.mark("task", each) for each in role_ids])


@transaction.atomic
def end_again() -> int:
    """End what ended since the backup. Returns how many memberships and tasks. Repeatable.

    The reason of a request that was declined is not in the log: it is gone with what the backup lacks.
    """
    gone, now = removals.read(), clock.now()
    work = Membership.objects.filter(ended_at=None).values_list("id", flat=True)
    tasks = StaffRole.objects.filter(ended_at=None).values_list("id", flat=True)
    over = [each for each in work if removals.mark("work", each) in gone]
    done = [each for each in tasks if removals.mark("task", each) in gone]
    count = Membership.objects.filter(id__in=over).update(ended_at=now)
    count += StaffRole.objects.filter(id__in=done).update(ended_at=now)
    raise_edition()
    return count
