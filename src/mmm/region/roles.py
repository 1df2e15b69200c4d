"""The roles that memberships and staff tasks give (registered at `doors.roles`)."""

import uuid
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from mmm.accounts.actors import Role
from mmm.foundation.rows import one
from mmm.region import selectors
from mmm.region.models import Membership, Organisation, StaffRole


class Roles:
    """The provider for `doors.roles`."""

    def roles_of(self, user_id: uuid.UUID) -> list[Role]:
        """Active memberships, then staff tasks."""
        return [
            *map(_member, _active().filter(user_id=user_id).order_by("requested_at")),
            *map(_staff, selectors.staff_roles(user_id).order_by("started_at")),
        ]

    def resolve(self, user_id: uuid.UUID, key: str) -> Role | None:
        """The role with this key if the person has it at this moment; None otherwise."""
        kind, _, raw = key.partition(":")
        try:
            row_id = uuid.UUID(hex=raw)
        except ValueError:
            return None
        if kind == "member":
            membership = one(_active().filter(id=row_id, user_id=user_id))
            return _member(membership) if membership else None
        if kind == "staff":
            staff = one(selectors.staff_roles(user_id).filter(id=row_id))
            return _staff(staff) if staff else None
        return None


# Asked at every request, so plain values: rows of three models would cost twice as much.
_FIELDS = (
    "id",
    "name",
    "organisation__name",
    "organisation__kind",
    "organisation__region_id",
    "profession__name_nl",
    "profession__name_en",
)


@cache
def _active() -> "QuerySet[Membership, dict[str, Any]]":
    # Never asked itself: what is the same at every request is put together once.
    rows: QuerySet[Membership, dict[str, Any]] = Membership.objects.filter(
        selectors.active_memberships_q()
    ).values(*_FIELDS)
    return rows


def _member(row: dict[str, Any]) -> Role:
    profession = row["profession__name_en" if get_language() == "en" else "profession__name_nl"]
    organisation = row["organisation__name"]
    label = ", ".join(part for part in (profession, organisation) if part)
    return Role(
        key=f"member:{row['id'].hex}",
        kind="member",
        label=label,
        line=f"{row['name']}, {label}",
        organisation=organisation,
        membership_id=row["id"],
        region_id=row["organisation__region_id"],
        employer=row["organisation__kind"] == Organisation.Kind.EMPLOYER,
    )


def _staff(row: StaffRole) -> Role:
    return Role(
        key=f"staff:{row.id.hex}",
        kind="staff",
        label=f"{row.get_role_display()}, {row.region.name}",
        staff_role=row.role,
        region_id=row.region_id,
    )
