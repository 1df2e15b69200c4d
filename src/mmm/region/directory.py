"""*Wie doet wat?*: professionals who chose to be found, by profession and municipality. Never workers."""

import uuid

from mmm.accounts.actors import Actor
from mmm.foundation import paging
from mmm.region import checklist, selectors
from mmm.region.models import Membership, Municipality, Organisation, Profession

ON_A_PAGE = 25


def municipalities() -> list[Municipality]:
    """All municipalities by name; public."""
    return list(Municipality.objects.order_by("name"))


def who_does_what(
    viewer: Actor, *, profession: int | None = None, municipality_id: uuid.UUID | None = None, number: int = 1
) -> paging.Page[Membership]:
    """One page of professionals in open regions who chose to be found; by name. One question, and no count.

    A municipality stands for its region: organisations work across it. An ervaringsdeskundige is shown to
    nobody but who is here as a member of an organisation, and after a second choice (house rule 12).
    """
    rows = Membership.objects.select_related("organisation", "profession").filter(
        selectors.active_memberships_q(),
        checklist.takes_new("organisation__region_id"),
        listed=True,
        hidden=None,
        organisation__kind=Organisation.Kind.SERVICE,
    )
    if viewer.role.kind == "member":
        rows = rows.exclude(profession__nr=Profession.PEER_EXPERT, listed_as_peer=False)
    else:
        rows = rows.exclude(profession__nr=Profession.PEER_EXPERT)
    if profession is not None:
        rows = rows.filter(profession__nr=profession)
    if municipality_id is not None:
        rows = rows.filter(organisation__region__municipalities=municipality_id)
    return paging.page(rows.order_by("name", "id"), number=number, size=ON_A_PAGE)
