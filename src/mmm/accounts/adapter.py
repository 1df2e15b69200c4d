"""How the sign-in library behaves here: silently. Our own pages say what happened."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No flash messages, no sign-up of its own; accounts are made by `services.sign_up` only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """The library's own sign-up is closed."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: a message naming the account would be shown on whatever page comes next."""
