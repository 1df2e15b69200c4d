"""Guarded reads of people. There is no list of people here."""

import uuid

from allauth.account.models import EmailAddress
from django.db.models import Q

from mmm.accounts.actors import Actor
from mmm.accounts.models import User
from mmm.foundation import clock


def display_name(user_id: uuid.UUID) -> str:
    """What to call somebody; empty when the person is gone. For rooms that already know that they may."""
    return User.objects.filter(id=user_id, is_active=True).values_list("name", flat=True).first() or ""


def by_address(address: str) -> User | None:
    """The person who proved to have this (normalised) address. For signing in and appointing only."""
    known = User.objects.filter(emailaddress__email=address, emailaddress__verified=True, is_active=True)
    return known.first()


def may_enter_q(prefix: str = "") -> Q:
    """Condition for people who may sign in: here, or waiting to be erased and able to come back.

    `prefix` is the path to the person from the queried model, e.g. "user__".
    """
    waiting = {f"{prefix}farewells__ended_at": None, f"{prefix}farewells__due_at__gt": clock.now()}
    return Q(**{f"{prefix}is_active": True}) | Q(**waiting)


def to_sign_in(address: str) -> User | None:
    """As `by_address`, and also who waits to be erased and can still come back. For signing in only."""
    known = User.objects.filter(may_enter_q(), emailaddress__email=address, emailaddress__verified=True)
    return known.first()


def may_sign_in(user: User) -> bool:
    """Whether this account is open, or waits to be erased and can still come back (as `to_sign_in`)."""
    may_come_back = Q(farewells__ended_at=None, farewells__due_at__gt=clock.now())
    return User.objects.filter(Q(is_active=True) | may_come_back, id=user.id).exists()


def own_address(actor: Actor) -> str:
    """The actor's own e-mail address; empty without one."""
    rows = EmailAddress.objects.filter(user_id=actor.id).order_by("-primary", "id")
    return rows.values_list("email", flat=True).first() or ""


def mails_of(user_id: uuid.UUID) -> list[tuple[str, str]]:
    """Addresses (the main one first) and language to write a neutral notice to; empty for who is gone."""
    rows = EmailAddress.objects.filter(user_id=user_id, verified=True, user__is_active=True)
    return list(rows.order_by("-primary", "id").values_list("email", "user__language"))
