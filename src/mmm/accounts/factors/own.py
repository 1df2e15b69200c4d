"""What a person has to prove that it is them: one query."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from allauth.mfa.models import Authenticator

from mmm.accounts.factors import paper
from mmm.accounts.models import User

Type: Final = Authenticator.Type


@dataclass(frozen=True, slots=True)
class Key:
    """One passkey: which, what the person calls it, since when."""

    id: int
    name: str
    since: dt.datetime


@dataclass(frozen=True, slots=True)
class Factors:
    """The second steps and the password of one person. Paper is no second step: it stands in for one."""

    app: bool = False
    keys: tuple[Key, ...] = ()
    paper: bool = False
    codes_left: int = 0
    password: bool = False

    @property
    def any(self) -> bool:
        """Whether there is a second step."""
        return self.app or bool(self.keys)

    def last(self, what: str) -> bool:
        """Whether no second step is left without this one ("app" or "key")."""
        left = len(self.keys) + self.app
        return left <= 1 and (self.app if what == "app" else bool(self.keys))


def of(user: User) -> Factors:
    """What this person has."""
    app, keys, sheet = False, [], None
    for row in Authenticator.objects.filter(user_id=user.id).order_by("id"):
        if row.type == Type.TOTP:
            app = True
        elif row.type == Type.WEBAUTHN:
            keys.append(Key(row.id, row.data["name"], row.created_at))
        else:
            sheet = row
    return Factors(
        app=app,
        keys=tuple(keys),
        paper=sheet is not None,
        codes_left=paper.left(sheet) if sheet else 0,
        password=user.has_usable_password(),
    )
