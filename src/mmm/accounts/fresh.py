"""When did this browser last prove who it is?"""

import datetime as dt

from django.http import HttpRequest

from mmm.foundation import clock

SESSION_SIGNED_IN = "signed_in_at"


def mark(request: HttpRequest) -> None:
    """Write in the session that a code was accepted just now."""
    request.session[SESSION_SIGNED_IN] = clock.now().isoformat()


def is_fresh(request: HttpRequest, minutes: int) -> bool:
    """True when the last accepted code is less than `minutes` old."""
    at = request.session.get(SESSION_SIGNED_IN)
    return at is not None and clock.now() - dt.datetime.fromisoformat(at) < dt.timedelta(minutes=minutes)
