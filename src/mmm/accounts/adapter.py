"""How the sign-in library behaves here: silently. Our own pages say what happened."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from mmm.accounts.models import User


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No flash messages, no sign-up of its own; accounts are made by `services.sign_up` only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """The library's own sign-up is closed."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: a message naming the account would be shown on whatever page comes next."""

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Who waits to be erased and signs in, by whatever way, gets one page and no session."""
        from mmm.accounts import farewells  # it signs people in by this adapter

        farewells.prove(request, user.id)
        return HttpResponseRedirect(reverse("accounts:back"))

    def get_login_stages(self) -> list[str]:
        """None: a person may be here as themselves; the second step stands before each role (`access`)."""
        return []
