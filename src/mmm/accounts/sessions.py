"""Sessions in the database that know whose they are (Django: "extending database-backed engines").

A row is found by a digest of the key in the cookie: who steals the database cannot step into a session.
"""

import datetime as dt
import hashlib
import uuid
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from mmm.accounts.browser import SESSION_SHARED
from mmm.accounts.models import Session
from mmm.foundation import clock
from mmm.foundation.rows import one

# However busy somebody is in between: at this moment the session is over, and they sign in anew.
SESSION_ENDS = "ends"
LONGEST, LONGEST_ELSE = dt.timedelta(days=30), dt.timedelta(hours=12)


def digest(session_key: str) -> str:
    """What stands in the database for a key: 160 bits of its SHA-256, as long as the column."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]


def ends_at(begun: dt.datetime, *, kind: str, shared: bool) -> dt.datetime:
    """When a session of somebody in a role of this kind ends, who signed in at `begun`."""
    return begun + (LONGEST if kind == "self" and not shared else LONGEST_ELSE)


class SessionStore(DatabaseStore):
    """As Django's database sessions, with the person's id beside the data."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The session model of this installation."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row to be saved; `user_id` is empty for a browser that is not signed in."""
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]
        row.session_key = digest(row.session_key)
        raw = data.get(SESSION_KEY)
        row.user_id = uuid.UUID(str(raw)) if raw else None
        return row

    def get_expire_at_browser_close(self) -> bool:
        """On a device that others use, too, the cookie goes when the browser closes; the row sooner still."""
        return bool(self.get(SESSION_SHARED)) or super().get_expire_at_browser_close()

    def get_expiry_date(self, **kwargs: Any) -> dt.datetime:
        """When a rest ends this session, by the house's clock."""
        kwargs.setdefault("modification", clock.now())
        rest: dt.datetime = super().get_expiry_date(**kwargs)
        ends = self.get(SESSION_ENDS)
        return min(rest, dt.datetime.fromisoformat(ends)) if ends else rest

    def get_expiry_age(self, **kwargs: Any) -> int:
        """The same in seconds from now, for the cookie."""
        rest: int = super().get_expiry_age(**kwargs)
        ends = self.get(SESSION_ENDS)
        left = (dt.datetime.fromisoformat(ends) - clock.now()).total_seconds() if ends else rest
        return max(0, min(rest, int(left)))

    def exists(self, session_key: str) -> bool:
        """Whether there is a session with this key."""
        return super().exists(digest(session_key))

    def delete(self, session_key: str | None = None) -> None:
        """End the session with this key, or this one."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(digest(key))

    def _get_session_from_db(self) -> Session | None:
        if self.session_key is None:
            return None
        rows = Session.objects.filter(session_key=digest(self.session_key), expire_date__gt=clock.now())
        found = one(rows)
        if found is None:
            self._session_key = None
        return found
