"""What is new for you: the lines on the page, the count in the frame, and having seen them."""

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import IntegerField, QuerySet
from django.db.models.expressions import RawSQL
from django.urls import NoReverseMatch, reverse

from mmm.accounts.actors import Actor
from mmm.accounts.models import Notice, User
from mmm.accounts.notices.choosing import WAY_NAMES, hours_of, ways_of
from mmm.foundation import clock, doors

SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One notice: what it says, when it came, whether it was seen."""

    id: UUID
    text: doors.Text
    at: dt.datetime
    seen: bool


def kinds_for(side: str) -> list[str]:
    """The kinds that somebody sees on this side ("self" or "work")."""
    return [door.kind for door in doors.notice_kinds if door.side in {side, "both"}]


def side_of(actor: Actor) -> str:
    """On which side somebody is now: "self" or "work"."""
    return "self" if actor.is_self else "work"


def counted(users: QuerySet[User]) -> QuerySet[User]:
    """The same people, each with how many notices are new on each side: no query of its own for the frame."""
    return users.annotate(
        new_self=_count_of(kinds_for("self")),
        new_work=_count_of(kinds_for("work")),
        new_only_self=_count_of(_only_for("self")),
        new_only_work=_count_of(_only_for("work")),
    )


def news_of(actor: Actor) -> int:
    """How many notices are new on the side that somebody is on, from `counted`."""
    count: int = getattr(actor.user, f"new_{side_of(actor)}", 0)
    return count


# SQL of our own: the ORM takes longer to write this, at every request, than the rest of the frame takes.
_COUNT: Final = (
    "(SELECT COUNT(*) FROM accounts_notice WHERE accounts_notice.user_id = accounts_user.id"
    " AND accounts_notice.seen_at IS NULL AND accounts_notice.kind IN ({places}))"
)


def news_elsewhere(actor: Actor) -> int:
    """How many are new on the other side alone, so that nothing is missed there."""
    return int(getattr(actor.user, f"new_only_{'work' if actor.is_self else 'self'}", 0))


def _only_for(side: str) -> list[str]:
    return [door.kind for door in doors.notice_kinds if door.side == side]


def _count_of(kinds: list[str]) -> RawSQL:
    kinds = kinds or [""]
    places = ", ".join(["%s"] * len(kinds))
    return RawSQL(_COUNT.format(places=places), kinds, IntegerField())  # noqa: S611 - values are parameters


def lines_for(actor: Actor) -> list[Line]:
    """The newest notices for the side that somebody is on, new ones first. One query."""
    kinds = kinds_for(side_of(actor))
    rows = Notice.objects.filter(user=actor.user, kind__in=kinds).order_by("-made_at", "id")[:SHOWN]
    lines = []
    for row in rows:
        door = doors.notice_kinds[row.kind]
        lines.append(Line(row.id, door.line or door.title, row.made_at, row.seen_at is not None))
    return sorted(lines, key=lambda line: line.seen)


def was_seen(user_id: UUID, *, kind: str, key: str) -> bool:
    """Whether the person opened this notice."""
    return Notice.objects.filter(user_id=user_id, kind=kind, key=key, seen_at__isnull=False).exists()


def see(actor: Actor, *, notice_id: UUID) -> str | None:
    """Mark a notice as seen; the address it leads to, or None when there is no such notice for the actor."""
    notice = Notice.objects.filter(id=notice_id, user=actor.user).first()
    if notice is None or notice.kind not in kinds_for(side_of(actor)):
        return None
    Notice.objects.filter(id=notice.id, seen_at=None).update(seen_at=clock.now())
    try:
        return reverse(notice.view, args=notice.args)
    except NoReverseMatch:  # an address of an earlier version
        return reverse("accounts:notices")


def see_all(actor: Actor) -> int:
    """Mark all that is new on this side as seen; returns how many were."""
    new = Notice.objects.filter(user=actor.user, seen_at=None, kind__in=kinds_for(side_of(actor)))
    return new.update(seen_at=clock.now())


def export(user: User) -> dict[str, object]:
    """How this person hears of what is new, and what was new, readable for the person."""
    hours = hours_of(user)
    ways, titles = ways_of(user, hours), {door.kind: str(door.title) for door in doors.notice_kinds}
    rows = Notice.objects.filter(user=user).order_by("made_at", "id").values_list("kind", "made_at")
    return {
        "told": [{"about": titles[kind], "way": str(WAY_NAMES[way])} for kind, way in ways.items()],
        "quiet_from": hours.quiet_from,
        "quiet_until": hours.quiet_until,
        "no_mail": hours.paused,
        "new": [{"about": titles.get(kind, kind), "at": at.isoformat()} for kind, at in rows],
    }
