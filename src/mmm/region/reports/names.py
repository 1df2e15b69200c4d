"""The kind "naam": a name in the list of professionals."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mmm.accounts.actors import Actor
from mmm.foundation import audit, clock, crypto, ids
from mmm.foundation.doors import Reportable, ReportedThing
from mmm.region import selectors
from mmm.region.models import HiddenName, Membership


def find(actor: Actor, membership_id: UUID) -> ReportedThing | None:
    """A name that stands in the list now; anybody signed in may report it."""
    row = selectors.listed_membership(membership_id)
    if row is None:
        return None
    line = selectors.readers([row.id])[row.id].line
    return ReportedThing(
        region_id=row.organisation.region_id,
        title=line,
        lines={"line": line},
        about=row.user_id,
    )


def hide(actor: Actor, membership_id: UUID, reason: str) -> None:
    """Out of the list at the next request. What people shared with this person stays theirs to decide.

    The reason goes into the vault of who is hidden, for them alone. Nothing when they are gone already.
    """
    row = Membership.objects.select_related("user").filter(id=membership_id).first()
    if row is None:
        return
    hidden = HiddenName(
        id=ids.new(),
        membership=row,
        vault_id=row.user.vault_id,
        hidden_at=clock.now(),
        hidden_by=actor.id,
    )
    receipt = audit.machine(row.user.vault_id, "region.hidden", item=hidden.id)
    crypto.seal(hidden, "reason", reason, receipt)
    HiddenName.objects.bulk_create([hidden], ignore_conflicts=True)


def hidden_lines(actor: Actor) -> list[str]:
    """Why names of the actor stand in no list, in the words of the coordinator."""
    receipt = audit.own(actor.vault_id)
    rows = HiddenName.objects.filter(membership__user_id=actor.id, membership__ended_at=None)
    return [
        _("Your name at %(organisation)s is not in the list. The reason: %(reason)s")
        % {"organisation": row.membership.organisation.name, "reason": crypto.unseal(row.reason, receipt)}
        for row in rows.select_related("membership__organisation")
        if row.reason
    ]


REPORTABLE = Reportable(slug="naam", title=gettext_lazy("A name in the list"), find=find, hide=hide)
