"""Who acts: a person in one role at a time.

A person may be worker and professional at once. Nothing mixes: every page, policy and selector takes one
`Actor`, which is the person *and* the role chosen for now. "self" is always there; rooms above register other
roles at `doors.roles`.
"""

import uuid
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mmm.accounts.models import User
from mmm.foundation import doors

SESSION_ROLE = "role"


@dataclass(frozen=True, slots=True)
class Role:
    """One way in which a person may act. `key` is "self", "member:<hex>" or "staff:<hex>".

    `line` names a member to the person whose story they read: name at work, profession, organisation.
    """

    key: str
    kind: Literal["self", "member", "staff"]
    label: str | Promise
    line: str = ""
    organisation: str | None = None
    membership_id: uuid.UUID | None = None
    staff_role: str | None = None
    region_id: uuid.UUID | None = None
    employer: bool = False


SELF = Role(key="self", kind="self", label=_("yourself"))


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in one role. Made by the middleware; services and selectors take it first."""

    user: User
    role: Role = SELF

    @property
    def id(self) -> uuid.UUID:
        """The person's id."""
        return self.user.id

    @property
    def vault_id(self) -> uuid.UUID:
        """The vault that holds what this person writes about themselves."""
        return self.user.vault_id

    @property
    def is_self(self) -> bool:
        """True when the person acts for themselves, not for an organisation or a region."""
        return self.role.kind == "self"


class SignedInRequest(HttpRequest):
    """What a view behind `access.signed_in` receives: `actor` is there. For type checkers only."""

    actor: Actor
    user: User


def roles_of(user: User) -> list[Role]:
    """All roles this person may take now, "self" first."""
    return [SELF, *(role for provider in doors.roles for role in provider.roles_of(user.id))]


def resolve(user: User, key: str) -> Role:
    """The role with this key if the person still has it, else "self". Asked anew at every request."""
    if key != SELF.key:
        for provider in doors.roles:
            role = provider.resolve(user.id, key)
            if role is not None:
                return role  # type: ignore[no-any-return]
    return SELF


# "professional" is where somebody goes on who signs up as one.
_homes: dict[str, str] = {"self": "accounts:mine", "professional": "accounts:mine"}


def register_home(kind: str, url_name: str) -> None:
    """Rooms above say in `AppConfig.ready()` where somebody lands after choosing a role of this kind."""
    _homes[kind] = url_name


def home_for(role: Role) -> str:
    """Address of the first page in this role: of this staff task ("staff:helper"), or of its kind."""
    task = f"{role.kind}:{role.staff_role}"
    return home_of(task if task in _homes else role.kind)


def home_of(kind: str) -> str:
    """Address of the first page for a role of this kind."""
    return reverse(_homes.get(kind, _homes["self"]))
