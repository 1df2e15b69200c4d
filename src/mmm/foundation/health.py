"""Two addresses for whoever keeps the server running."""

import datetime as dt
import logging
from typing import Final

from django.conf import settings
from django.db import Error, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from mmm.foundation import clock, crypto
from mmm.foundation.tasks import queue

logger = logging.getLogger(__name__)

WORKER_MAY_BE_SILENT: Final = dt.timedelta(seconds=90)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """`ok`: this process answers. Touches no database."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """What this installation needs to do its work, as JSON; 503 when a part is missing.

    Shape: `{"ready": bool, "databases": {alias: bool}, "keys": bool, "worker": ISO moment in UTC or null}`.
    `worker` is when a worker last showed itself; more than 90 seconds ago counts as missing.
    """
    databases = {alias: _answers(alias) for alias in settings.DATABASES}
    keys = _keys_are_here()
    seen = _worker_seen() if databases["default"] else None
    works = seen is not None and clock.now() - seen < WORKER_MAY_BE_SILENT
    ready = works and keys and all(databases.values())
    found = {"ready": ready, "databases": databases, "keys": keys, "worker": seen and seen.isoformat()}
    return JsonResponse(found, status=200 if ready else 503)


def _worker_seen() -> dt.datetime | None:
    try:
        return queue.last_tick()
    except Error as error:  # not migrated yet
        logger.error("the ticks cannot be read: %s", type(error).__name__)
        return None


def _keys_are_here() -> bool:
    try:
        return bool(crypto.key_encryption_keys())
    except crypto.KeysMissing:
        logger.error("the key-encryption keys are missing")
        return False


def _answers(alias: str) -> bool:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        logger.error("database %s does not answer: %s", alias, type(error).__name__)
        return False
    return True
