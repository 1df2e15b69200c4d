"""How somebody wants to hear of what: per kind, the quiet hours, and a pause of all mail."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mmm.accounts.actors import Actor
from mmm.accounts.models import NoticeChoice, NoticeHours, User
from mmm.foundation import doors

Way = Literal["page", "mail", "daily", "off"]
WAYS: Final[tuple[Way, ...]] = ("page", "mail", "daily", "off")
WAY_NAMES: Final[dict[Way, doors.Text]] = {
    "page": _("Only here on the page"),
    "mail": _("By mail, at once"),
    "daily": _("By mail, once a day"),
    "off": _("Not at all"),
}
DAILY_HOUR: Final = 9  # when the mail of once a day goes, unless the quiet hours end later


@dataclass(frozen=True, slots=True)
class Hours:
    """Quiet from one hour of the clock until another (0-23); the same hour twice: never quiet."""

    quiet_from: int = 21
    quiet_until: int = 8
    paused: bool = False
    mail_by_default: bool = True

    def is_quiet(self, moment: dt.datetime) -> bool:
        """Whether this moment lies in the quiet hours."""
        hour, start, end = timezone.localtime(moment).hour, self.quiet_from, self.quiet_until
        return start <= hour < end if start <= end else hour >= start or hour < end

    def after_quiet(self, moment: dt.datetime) -> dt.datetime:
        """This moment, or the end of the quiet hours that it lies in."""
        return _next(moment, self.quiet_until) if self.is_quiet(moment) else moment

    def once_a_day(self, moment: dt.datetime) -> dt.datetime:
        """When the next mail of once a day goes."""
        return self.after_quiet(_next(moment, DAILY_HOUR))


def hours_of(user: User) -> Hours:
    """The hours somebody chose, or those at the beginning."""
    row = getattr(user, "notice_hours", None)
    if row is None:
        return Hours()
    return Hours(row.quiet_from, row.quiet_until, row.paused, row.mail_by_default)


def ways_of(user: User, hours: Hours) -> dict[str, Way]:
    """Kind -> how this person hears of it. One query."""
    chosen = dict(NoticeChoice.objects.filter(user=user).values_list("kind", "way"))
    return {door.kind: way_of(door, chosen.get(door.kind), hours) for door in doors.notice_kinds}


def way_of(door: doors.NoticeKind, chosen: str | None, hours: Hours) -> Way:
    """How somebody who chose `chosen` (None: nothing) hears of this kind."""
    if door.always:
        return "mail"
    if chosen in WAYS:
        return chosen
    return door.default if hours.mail_by_default or door.default == "off" else "page"


@transaction.atomic
def choose(actor: Actor, *, ways: Mapping[str, str], quiet_from: int, quiet_until: int, paused: bool) -> None:
    """Keep what somebody chose. Kinds that are always mailed, and unknown ones, are left out."""
    NoticeHours.objects.update_or_create(
        user=actor.user,
        defaults={"quiet_from": quiet_from % 24, "quiet_until": quiet_until % 24, "paused": paused},
    )
    for kind, way in ways.items():
        door = doors.notice_kinds.get(kind)
        if door is not None and not door.always and way in WAYS:
            NoticeChoice.objects.update_or_create(user=actor.user, kind=kind, defaults={"way": way})


def always_titles() -> list[doors.Text]:
    """What is mailed whatever somebody chose."""
    return [door.title for door in doors.notice_kinds if door.always]


def only_on_page(user_id: UUID) -> None:
    """Somebody shares their device: nothing is mailed until they choose it themselves."""
    NoticeHours.objects.update_or_create(user_id=user_id, defaults={"mail_by_default": False})


def _next(moment: dt.datetime, hour: int) -> dt.datetime:
    """The next time the clock says `hour` o'clock, after this moment."""
    local = timezone.localtime(moment)
    day = local.date() if local.hour < hour else local.date() + dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time(hour), tzinfo=timezone.get_default_timezone())
