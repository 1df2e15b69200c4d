"""What this room holds about a person, for the `personal_data` door."""

from typing import Any
from uuid import UUID

from mmm.consent import services
from mmm.consent.models import Grant
from mmm.foundation import audit
from mmm.foundation.doors import PersonalData
from mmm.foundation.retention import rule
from mmm.region import selectors as region

ALL = 1_000_000


def export(user_id: UUID, vault_id: UUID) -> dict[str, Any]:
    """Whom the person gave what, from when until when, and who looked; for the person only."""
    grants = list(Grant.objects.filter(owner_id=user_id).order_by("created_at", "id"))
    readers = region.readers([grant.membership_id for grant in grants])
    looks = audit.looks_for_owner(vault_id, limit=ALL)
    return {
        "looks": [
            {
                "at": look.at.isoformat(),
                "reader": look.reader_line,
                "what": [item.label for item in look.items],
            }
            for look in looks
        ],
        "grants": [
            {
                "reader": readers[grant.membership_id].line,
                "what": grant.kind,
                "from": grant.created_at.isoformat(),
                "until": grant.until.isoformat(),
                "taken_back": grant.revoked_at.isoformat() if grant.revoked_at else None,
            }
            for grant in grants
        ],
    }


def erase(user_id: UUID, vault_id: UUID) -> None:
    """Remove the person's grants and drafts, and the log of who looked at them. May be repeated."""
    services.erase(user_id)
    audit.erase(vault_id)


PERSONAL_DATA = PersonalData(
    room="consent",
    owner_models=(
        "consent.Grant",
        "consent.Draft",
        "audit.LookRow",
        "audit.Head",
        "audit.Checkpoint",
        "audit.MachineCount",
    ),
    export=export,
    erase=erase,
    retention=(rule("look log"), rule("ended grants"), rule("unfinished shares")),
)
