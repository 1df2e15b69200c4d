"""An invitation waits for somebody: to work at an organisation, or to have a task for the region."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mmm.foundation import clock, ids
from mmm.foundation.dataclass import P0, P1, TRACE, classified
from mmm.region.models.organisations import Organisation, Profession
from mmm.region.models.people import StaffRoleName
from mmm.region.models.places import Region


@classified(
    id=TRACE,
    region=P0,
    organisation=P1,
    profession=P1,
    role=P1,
    address=P1,
    token=TRACE,
    made_by=TRACE,
    made_at=TRACE,
    expires_at=TRACE,
    accepted_at=TRACE,
    accepted_by=TRACE,
    withdrawn_at=TRACE,
)
class Invitation(models.Model):
    """By mail (with an address, removed after 14 days) or by letter (without). The token is a fingerprint.

    Exactly one of `organisation` and `role` is filled.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+")
    profession = models.ForeignKey(Profession, on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=12, choices=StaffRoleName, default="")
    address = models.EmailField(default="")
    token = models.CharField(max_length=64, unique=True)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="invitations"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, role="")
                | (Q(organisation__isnull=True) & ~Q(role="")),
                name="invitation_for_work_or_task",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_accepted_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"
