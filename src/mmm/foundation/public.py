"""Public pages: the same for every anonymous reader, kept whole until something public changes."""

import secrets
from collections.abc import Callable
from typing import Final, TypeVar

from django.db import connection
from django.http.response import HttpResponseBase

V = TypeVar("V", bound=Callable[..., HttpResponseBase])
_ROW: Final = 1


def public_page(view: V) -> V:
    """Decorator: anonymous readers may get this page from the page cache.

    Nothing in it may depend on who reads: no form (its token is a cookie), no message, no preference.
    """
    view.public_page = True  # type: ignore[attr-defined]
    return view


def edition() -> str:
    """Mark of what is public now (one query). Pages kept under another mark are out of date."""
    with (
        connection.cursor() as cursor
    ):  # plain SQL: half of what a kept page costs would be the query's making
        cursor.execute("SELECT mark FROM foundation_edition WHERE id = %s", [_ROW])
        row = cursor.fetchone()
    return row[0] if row else "first"


def raise_edition() -> None:
    """Call in the transaction that changes something public: kept pages end at its commit.

    The mark is random, not counted: a counter that a rollback or a restored backup sets back would bring old
    pages back with it.
    """
    from mmm.foundation.models import Edition

    Edition.objects.update_or_create(pk=_ROW, defaults={"mark": secrets.token_hex(16)})
