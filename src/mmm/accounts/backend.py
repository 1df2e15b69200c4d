"""Looks up who is signed in, with what the frame of every page needs, in one query."""

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from mmm.accounts import notices
from mmm.accounts.models import User
from mmm.foundation.rows import one


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """The library's way of signing in; the person comes with what the frame of every page asks."""

    def get_user(self, user_id: Any) -> User | None:
        """The person with this id, as long as the account is open."""
        return one(_with_frame().filter(pk=user_id))


@cache
def _with_frame() -> QuerySet[User]:
    # Never asked itself: what is the same at every request is put together once, half of what it costs.
    return notices.counted(User.objects.filter(is_active=True).select_related("preferences"))
