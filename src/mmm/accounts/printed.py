"""What is shown for one print: kept sealed in the session of who asked for it, for a quarter of an hour.

No address holds it, so no history or log does; after the time nobody can open it any more.
"""

import datetime as dt
from typing import Any

from django.http import HttpRequest

from mmm.accounts.actors import Actor
from mmm.foundation.crypto import server_box

AGE = dt.timedelta(minutes=15)
SESSION_PRINT = "print"


def keep(request: HttpRequest, actor: Actor, kind: str, data: dict[str, Any]) -> None:
    """Remember what is to be printed; what was there before goes."""
    bound_to = f"{actor.id.hex} {kind}"
    request.session[SESSION_PRINT] = server_box.seal_token("print", data, bound_to=bound_to)


def kept(request: HttpRequest, actor: Actor, kind: str) -> dict[str, Any] | None:
    """What is to be printed; None when the time is over, or it was something else."""
    token = request.session.get(SESSION_PRINT, "")
    return server_box.open_token("print", token, bound_to=f"{actor.id.hex} {kind}", max_age=AGE)
