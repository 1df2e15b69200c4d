"""Looks up who is signed in, with what the frame of every page needs, in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from mmm.accounts import notices
from mmm.accounts.models import User


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """The library's way of signing in; the person comes with what the frame of every page asks."""

    def get_user(self, user_id: Any) -> User | None:
        """The person with this id, as long as the account is open."""
        found = User.objects.filter(pk=user_id, is_active=True)
        return notices.counted(found.select_related("preferences")).first()
