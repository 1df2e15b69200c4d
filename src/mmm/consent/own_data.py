"""What this room holds about a person, for the `personal_data` door."""

from typing import Any
from uuid import UUID

from mmm.consent import services
from mmm.consent.models import Grant
from mmm.foundation.doors import PersonalData
from mmm.foundation.retention import rule
from mmm.region import selectors as region


def export(user_id: UUID, vault_id: UUID) -> dict[str, Any]:
    """Whom the person gave what, from when until when; for the person only."""
    grants = list(Grant.objects.filter(owner_id=user_id).order_by("created_at", "id"))
    readers = region.readers([grant.membership_id for grant in grants])
    return {
        "grants": [
            {
                "reader": readers[grant.membership_id].line,
                "what": grant.kind,
                "from": grant.created_at.isoformat(),
                "until": grant.until.isoformat(),
                "taken_back": grant.revoked_at.isoformat() if grant.revoked_at else None,
            }
            for grant in grants
        ]
    }


PERSONAL_DATA = PersonalData(
    room="consent",
    owner_models=("consent.Grant", "consent.Draft"),
    export=export,
    erase=lambda user_id, vault_id: services.erase(user_id),
    retention=(rule("ended grants"), rule("unfinished shares")),
)
