"""Sessions in the database that know whose they are (Django: "extending database-backed engines")."""

import uuid
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from mmm.accounts.models import Session


class SessionStore(DatabaseStore):
    """As Django's database sessions, with the person's id beside the data."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The session model of this installation."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row to be saved; `user_id` is empty for a browser that is not signed in."""
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]
        raw = data.get(SESSION_KEY)
        row.user_id = uuid.UUID(str(raw)) if raw else None
        return row
