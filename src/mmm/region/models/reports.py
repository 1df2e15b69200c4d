"""*Meld dit* and *Dit klopt niet*: what somebody reported, and a name that was hidden for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mmm.foundation import crypto, ids
from mmm.foundation.dataclass import P2, TRACE, classified
from mmm.region.models.people import Membership
from mmm.region.models.places import Region


class Outcome(models.TextChoices):
    """What came of a report."""

    # Only where the kind can be hidden (`doors.Reportable.hide`).
    HIDDEN = "hidden", _("Nobody sees it any more")
    DONE = "done", _("Something was done about it")
    KEPT = "kept", _("It stays as it is")


@classified(
    id=TRACE,
    region=TRACE,
    kind=TRACE,
    thing_id=TRACE,
    reporter=TRACE,
    about=TRACE,
    vault_id=TRACE,
    reported_at=TRACE,
    due_on=TRACE,
    outcome=TRACE,
    answered_at=TRACE,
    handled_by=TRACE,
    content=P2,
    answer=P2,
)
class Report(models.Model):
    """Open until somebody answers with a reason. All text lies in the reporter's vault, and goes with it.

    `kind` and `thing_id` point at a thing of whichever room brought the kind (`doors.reportable`).
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    thing_id = models.UUIDField()
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    about = models.UUIDField(null=True)  # whose name or deed it is: they do not handle it
    vault_id = models.UUIDField()
    reported_at = models.DateTimeField()
    due_on = models.DateField()
    outcome = models.CharField(max_length=8, choices=Outcome, default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    handled_by = models.UUIDField(null=True)
    content = crypto.SealedField(data_class=P2, version=None)
    answer = crypto.SealedField(data_class=P2, version=None)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, outcome="", answer=None)
                | (Q(answered_at__isnull=False, answer__isnull=False) & ~Q(outcome="")),
                name="report_open_or_answered",
            ),
            models.UniqueConstraint(
                fields=["reporter", "kind", "thing_id"],
                condition=Q(answered_at=None),
                name="report_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"


@classified(id=TRACE, membership=TRACE, vault_id=TRACE, hidden_at=TRACE, hidden_by=TRACE, reason=P2)
class HiddenName(models.Model):
    """A name that a coordinator took out of the list, with a reason that its owner reads."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    membership = models.OneToOneField(Membership, models.CASCADE, related_name="hidden")
    vault_id = models.UUIDField()
    hidden_at = models.DateTimeField()
    hidden_by = models.UUIDField(null=True)
    reason = crypto.SealedField(data_class=P2, version=None)

    def __str__(self) -> str:
        return f"hidden {self.pk}"
