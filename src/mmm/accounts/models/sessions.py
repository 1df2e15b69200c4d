"""The session that keeps a person in."""

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from mmm.foundation.dataclass import P1, TRACE, classified


@classified(session_key=TRACE, session_data=P1, expire_date=TRACE, user_id=TRACE)
class Session(AbstractBaseSession):
    """A browser that is signed in. `user_id` lets a person's sessions be ended all at once."""

    user_id = models.UUIDField(null=True, db_index=True)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from mmm.accounts.sessions import SessionStore

        return SessionStore
