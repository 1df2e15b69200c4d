"""Where somebody is signed in: one line for each session, in plain words. No network address is kept."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mmm.accounts.actors import Actor
from mmm.accounts.middleware import SESSION_SEEN
from mmm.accounts.models import Session
from mmm.accounts.sessions import SessionStore, digest
from mmm.foundation import clock, doors

SESSION_SINCE, SESSION_DEVICE = "since", "device"
# What a browser says about itself, from the narrow to the wide: an Android also says Linux.
SIGNS: Final = (
    ("iPhone", "iphone"),
    ("iPad", "ipad"),
    ("Android", "android"),
    ("Windows", "windows"),
    ("Macintosh", "mac"),
    ("CrOS", "chromebook"),
    ("Linux", "linux"),
)
WORDS: Final[dict[str, doors.Text]] = {
    "iphone": _("An iPhone"),
    "ipad": _("An iPad"),
    "android": _("A phone or tablet with Android"),
    "windows": _("A computer with Windows"),
    "mac": _("A Mac"),
    "chromebook": _("A Chromebook"),
    "linux": _("A computer with Linux"),
    "": _("A device we do not recognise"),
}


@dataclass(frozen=True, slots=True)
class Device:
    """One session: `id` is its name in our database, of no use to sign in; `here` is this very one."""

    id: str
    kind: doors.Text
    since: dt.datetime | None
    seen: dt.datetime | None
    here: bool


def remember(request: HttpRequest) -> None:
    """Write in the session since when somebody is signed in, and on what kind of device."""
    says = request.headers.get("User-Agent", "")
    request.session[SESSION_DEVICE] = next((kind for sign, kind in SIGNS if sign in says), "")
    request.session[SESSION_SINCE] = clock.now().isoformat()


def of(actor: Actor, *, here: str) -> list[Device]:
    """Where this person is signed in now, this session (its key) first, then the one seen last. One query."""
    found = []
    for row in Session.objects.filter(user_id=actor.id, expire_date__gt=clock.now()):
        data = SessionStore().decode(row.session_data)
        found.append(
            Device(
                id=row.session_key,
                kind=WORDS.get(data.get(SESSION_DEVICE, ""), WORDS[""]),
                since=_moment(data.get(SESSION_SINCE)),
                seen=_moment(data.get(SESSION_SEEN)),
                here=row.session_key == digest(here),
            )
        )
    long_ago = dt.datetime.min.replace(tzinfo=dt.UTC)
    return sorted(found, key=lambda one: (one.here, one.seen or long_ago), reverse=True)


@transaction.atomic
def end(actor: Actor, *, device_id: str) -> bool:
    """End this session of the person; False when it is not theirs, or ended already."""
    return bool(Session.objects.filter(user_id=actor.id, session_key=device_id).delete()[0])


@transaction.atomic
def end_others(actor: Actor, *, here: str) -> int:
    """End every session of the person but this one (its key); returns how many."""
    return int(Session.objects.filter(user_id=actor.id).exclude(session_key=digest(here)).delete()[0])


def _moment(written: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(written) if written else None
