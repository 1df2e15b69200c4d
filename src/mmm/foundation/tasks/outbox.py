"""Mail that leaves exactly when the change it tells about was committed, also when a worker is killed."""

import datetime as dt
import uuid
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage

from mmm.foundation import clock
from mmm.foundation.tasks.queue import enqueue
from mmm.foundation.tasks.registry import task


@dataclass(frozen=True, slots=True)
class Message:
    """A mail as the demo's post page shows it."""

    to: str
    subject: str
    body: str
    kind: str
    written_at: dt.datetime
    delivered_at: dt.datetime | None


def post(*, to: str, subject: str, body: str, kind: str, key: str) -> None:
    """Write a mail in the caller's transaction; a worker sends it.

    The same `kind` and `key` again writes nothing: one event, one mail. Subject and body say nothing about
    anybody (house rule 9): a link, never content.
    """
    from mmm.foundation.tasks.models import OutboxMessage

    pk = uuid.uuid4()
    message, made = OutboxMessage.objects.get_or_create(
        kind=kind,
        key=key,
        defaults={"id": pk, "message_id": _message_id(pk), "to": to, "subject": subject, "body": body},
    )
    if made:
        enqueue("outbox.deliver", key=message.id.hex, payload={"message": message.id.hex})


@task("outbox.deliver")
def deliver(payload: dict[str, str]) -> None:
    """Send one message and write down that it left.

    A worker killed in between sends it again with the same Message-ID, by which mail programs know it for
    the same message (RFC 5322, 3.6.4).
    """
    from mmm.foundation.tasks.models import OutboxMessage

    message = OutboxMessage.objects.filter(pk=payload["message"], delivered_at=None).first()
    if message is None:
        return
    EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[message.to],
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},  # RFC 3834
    ).send()
    # What left is not needed here any more, and a code in it may still be good. The demo shows its post.
    body = message.body if settings.DEMO else ""
    OutboxMessage.objects.filter(pk=message.pk).update(delivered_at=clock.now(), body=body)


def sent_to(address: str) -> list[tuple[dt.datetime, str]]:
    """When which subject was written to this address, newest first: for its owner. Never the text."""
    from mmm.foundation.tasks.models import OutboxMessage

    rows = OutboxMessage.objects.filter(to__iexact=address).order_by("-written_at")
    return list(rows.values_list("written_at", "subject"))


def forget(address: str) -> None:
    """Remove every message to this address, sent or not: part of erasing somebody."""
    from mmm.foundation.tasks.models import OutboxMessage

    OutboxMessage.objects.filter(to__iexact=address).delete()


def recent(limit: int) -> list[Message]:
    """The last `limit` messages, newest first. For the demo's post page only."""
    from mmm.foundation.tasks.models import OutboxMessage

    return [
        Message(row.to, row.subject, row.body, row.kind, row.written_at, row.delivered_at)
        for row in OutboxMessage.objects.order_by("-written_at")[:limit]
    ]


def _message_id(pk: uuid.UUID) -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{pk.hex}@{domain}>"
