"""Who has a task for a region: taking on, handing on, ending; and that no region is left alone."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mmm.accounts.actors import Actor
from mmm.foundation import clock
from mmm.foundation.policy import ALLOWED, Decision, Denied, require
from mmm.foundation.public import raise_edition
from mmm.region import policy, restored, services
from mmm.region.models import Region, StaffRole, StaffRoleName


def roles_here(actor: Actor) -> list[StaffRole]:
    """Everybody with a task for the coordinator's region, by task and beginning. Raises `NotAllowed`."""
    rows = StaffRole.objects.filter(region_id=policy.region_of(actor), ended_at__isnull=True)
    found = rows.select_related("user", "region").order_by("started_at")
    order = StaffRoleName.values
    return sorted(found, key=lambda row: order.index(row.role))


def roles_to_end(actor: Actor) -> list[tuple[StaffRole, Decision]]:
    """The same, each with whether it may end. One question. Raises `NotAllowed`."""
    rows = roles_here(actor)
    coordinators = {
        row.user_id for row in rows if row.role == StaffRoleName.COORDINATOR and row.user.is_active
    }
    return [(row, _may_end(actor, row, another=bool(coordinators - {row.user_id}))) for row in rows]


def role_here(actor: Actor, role_id: uuid.UUID) -> StaffRole | None:
    """A task in the region of this coordinator; None elsewhere, as if it were not there."""
    return next((row for row in roles_here(actor) if row.id == role_id), None)


@transaction.atomic
def take_on(actor: Actor, *, region_id: uuid.UUID, role: str) -> StaffRole:
    """Take on a task that a coordinator of the region asked for (see `invitations.accept`).

    Who becomes the coordinator is the deputy no longer: a region has two different people.

    Raises:
        NotAllowed: the coordinator would become their own deputy.
    """
    region = Region.objects.select_for_update().get(id=region_id)
    here = StaffRole.objects.filter(region=region, user_id=actor.id, ended_at__isnull=True)
    if role == StaffRoleName.DEPUTY and here.filter(role=StaffRoleName.COORDINATOR).exists():
        require(Denied(_("You are the coordinator. The deputy is somebody else.")))
    if role == StaffRoleName.COORDINATOR:
        deputy = here.filter(role=StaffRoleName.DEPUTY)
        restored.tasks_ended(list(deputy.values_list("id", flat=True)))
        deputy.update(ended_at=clock.now())
    given = services.appoint(None, user_id=actor.id, role=role, region=region)
    raise_edition()
    return given


def may_end(actor: Actor, row: StaffRole) -> Decision:
    """A coordinator or deputy ends a task in their region; never the last coordinator's."""
    return _may_end(actor, row, another=row.role != StaffRoleName.COORDINATOR or _another(row))


def _may_end(actor: Actor, row: StaffRole, *, another: bool) -> Decision:
    if not (decision := policy.may_appoint(actor, row.role, row.region_id)):
        return decision
    if row.role == StaffRoleName.COORDINATOR and not another:
        return Denied(
            _("This is the only coordinator. First give the task to somebody else, for example the deputy.")
        )
    return ALLOWED


@transaction.atomic
def end(actor: Actor, *, row: StaffRole) -> None:
    """End a task. Repeatable. Raises `NotAllowed` (see `may_end`)."""
    list(Region.objects.select_for_update().filter(id=row.region_id).values_list("id"))
    require(may_end(actor, row))
    StaffRole.objects.filter(id=row.id, ended_at__isnull=True).update(ended_at=clock.now())
    restored.tasks_ended([row.id])
    services.tell_of_tasks([row.user_id])
    raise_edition()


@transaction.atomic
def end_at_once(*, user_id: uuid.UUID, role: str, region: Region) -> None:
    """End a task from the command line, which also ends what a coordinator cannot. Repeatable."""
    found = StaffRole.objects.filter(user_id=user_id, role=role, region=region, ended_at__isnull=True)
    ids = list(found.values_list("id", flat=True))
    StaffRole.objects.filter(id__in=ids).update(ended_at=clock.now())
    restored.tasks_ended(ids)
    services.tell_of_tasks([user_id])
    raise_edition()


def may_leave(user_id: uuid.UUID) -> Decision:
    """A veto on erasing oneself (`doors.leaving`): nobody leaves an open region behind without a coordinator.

    There is always a way out: hand the task on, or close the region, which one person can do alone.
    """
    rows = StaffRole.objects.filter(
        user_id=user_id, role=StaffRoleName.COORDINATOR, ended_at__isnull=True, region__is_open=True
    ).select_related("region")
    for row in rows:
        if not _another(row):
            return Denied(
                gettext_lazy(
                    "You are the only coordinator of your region. "
                    "First give that task to somebody else, or close the region."
                )
            )
    return ALLOWED


def _another(row: StaffRole) -> bool:
    others = StaffRole.objects.filter(
        region_id=row.region_id, role=row.role, ended_at__isnull=True, user__is_active=True
    )
    return others.exclude(user_id=row.user_id).exists()
