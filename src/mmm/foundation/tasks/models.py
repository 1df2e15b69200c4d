import uuid

from django.db import models

from mmm.foundation import clock
from mmm.foundation.dataclass import P1, TRACE, classified


@classified(
    id=TRACE,
    name=TRACE,
    key=TRACE,
    payload=TRACE,
    wanted=TRACE,
    run_after=TRACE,
    lease=TRACE,
    lease_until=TRACE,
    tries=TRACE,
    failed_as=TRACE,
)
class Task(models.Model):
    """One piece of work that waits or is being done. A finished task has no row."""

    name = models.CharField(max_length=100)
    key = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)
    # Somebody asked for it since a worker last took it: then it runs once more after that.
    wanted = models.BooleanField(default=True)
    run_after = models.DateTimeField(default=clock.now)
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    # The class name of the last error; never its message, which may hold somebody's words.
    failed_as = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "key"], name="tasks_one_waiting")]
        indexes = [models.Index(fields=["run_after"], name="tasks_due")]


@classified(name=TRACE, due_at=TRACE, last_at=TRACE)
class Tick(models.Model):
    """When something that comes round by itself is next due."""

    name = models.CharField(max_length=100, primary_key=True)
    due_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)


@classified(
    id=TRACE,
    kind=TRACE,
    key=TRACE,
    message_id=TRACE,
    to=P1,
    subject=P1,
    body=P1,
    written_at=TRACE,
    delivered_at=TRACE,
)
class OutboxMessage(models.Model):
    """One mail, written in the same transaction as the change it tells about. Links, never content."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=100)
    key = models.CharField(max_length=200)
    message_id = models.CharField(max_length=200)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    written_at = models.DateTimeField(default=clock.now, db_index=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="tasks_one_message")]
