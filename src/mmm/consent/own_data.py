"""What this room holds about a person, for the `personal_data` door."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mmm.consent import services, things
from mmm.consent.forms import PURPOSE_WORDS
from mmm.consent.letters import selectors as letter_selectors
from mmm.consent.letters import services as letters
from mmm.consent.models import Draft, Grant, Letter
from mmm.foundation import audit, crypto
from mmm.foundation.doors import PersonalData
from mmm.foundation.retention import rule
from mmm.region import selectors as region

ALL = 1_000_000


def export(user_id: UUID, vault_id: UUID) -> dict[str, Any]:
    """Whom the person gave what, why, from when until when, and who looked; for the person only."""
    receipt = audit.machine(vault_id, "consent.export")
    titles = things.titles()
    grants = list(Grant.objects.filter(owner_id=user_id).order_by("created_at", "id"))
    readers = region.readers([grant.membership_id for grant in grants])
    looks = audit.looks_for_owner(vault_id, limit=ALL)
    return {
        "grants": [
            {
                "reader": readers[grant.membership_id].line,
                "what": titles.get(grant.kind, grant.kind),
                **_purpose(grant, receipt),
                "from": grant.created_at.isoformat(),
                "until": grant.until.isoformat(),
                "taken_back": grant.revoked_at.isoformat() if grant.revoked_at else None,
            }
            for grant in grants
        ],
        "letters": _letters(user_id, titles, receipt),
        "unfinished": [_draft(draft, titles, receipt) for draft in Draft.objects.filter(owner_id=user_id)],
        "looks": [
            {
                "at": look.at.isoformat(),
                "reader": look.reader_line,
                "read": [titles.get(item.kind, item.label) for item in look.items],
            }
            for look in looks
        ],
    }


def _purpose(grant: Grant, receipt: crypto.Receipt) -> dict[str, str]:
    given = crypto.unseal_json(grant.purpose, receipt) if grant.purpose else {}
    return {"purpose": str(PURPOSE_WORDS.get(given.get("code", ""), "")), "words": given.get("words", "")}


def _draft(draft: Draft, titles: dict[str, str], receipt: crypto.Receipt) -> dict[str, Any]:
    chosen = crypto.unseal_json(draft.choices, receipt) if draft.choices else {}
    kinds = {thing.id.hex: thing.kind for thing in things.of(draft.owner_id)}
    return {
        "began_at": draft.created_at.isoformat(),
        "read": [titles.get(kinds[each], "") for each in chosen.get("things", ()) if each in kinds],
        "purpose": str(PURPOSE_WORDS.get(chosen.get("purpose", ""), "")),
        "words": chosen.get("words", ""),
    }


def _letters(user_id: UUID, titles: dict[str, str], receipt: crypto.Receipt) -> list[dict[str, Any]]:
    return [
        {
            "reader": crypto.unseal(letter.reader, receipt) if letter.reader else "",
            "what": ", ".join(titles.get(kind, "") for kind, _id in letter.things),
            "from": letter.created_at.isoformat(),
            "until": letter.until.isoformat(),
            "opened": letter.opened_at.isoformat() if letter.opened_at else None,
            "taken_back": letter.ended_at.isoformat() if letter.ended_at else None,
            "state": str(letter_selectors.STATES[letter_selectors.state_of(letter)]),
        }
        for letter in Letter.objects.filter(owner_id=user_id).order_by("created_at", "id")
    ]


def erase(user_id: UUID, vault_id: UUID) -> None:
    """Remove the person's grants, letters and drafts, and the log of who looked at them. May be repeated."""
    services.erase(user_id)
    letters.erase(user_id)
    audit.erase(vault_id)


PERSONAL_DATA = PersonalData(
    room="consent",
    owner_models=(
        "consent.Grant",
        "consent.Draft",
        "consent.Letter",
        "audit.LookRow",
        "audit.Head",
        "audit.Checkpoint",
        "audit.MachineCount",
    ),
    export=export,
    erase=erase,
    retention=(rule("look log"), rule("ended grants"), rule("ended letters"), rule("unfinished shares")),
    title=_("With whom you shared, and who read"),
    corrections=[
        (_("Change who may read"), "consent:who"),
        (_("Say that a look in my log is not right"), "consent:looks"),
    ],
    words={
        "grants": _("What you shared"),
        "reader": _("With whom"),
        "what": _("What"),
        "purpose": _("For what"),
        "words": _("Your words with it"),
        "from": _("From"),
        "until": _("Until"),
        "taken_back": _("Taken back on"),
        "letters": _("Letters with a code"),
        "opened": _("Opened on"),
        "state": _("How it stands"),
        "unfinished": _("Not shared yet"),
        "began_at": _("Begun on"),
        "looks": _("Who read what"),
        "at": _("When"),
        "read": _("Which part"),
    },
)
