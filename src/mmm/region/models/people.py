"""Who works where, and who has a task for the region."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mmm.foundation import clock, ids
from mmm.foundation.dataclass import P1, TRACE, classified
from mmm.region.models.organisations import Organisation, Profession
from mmm.region.models.places import Region


@classified(
    id=TRACE,
    user=TRACE,
    organisation=P1,
    profession=P1,
    name=P1,
    listed=P1,
    listed_as_peer=P1,
    requested_at=TRACE,
    confirmed_at=TRACE,
    confirmed_by=TRACE,
    secrecy_version=TRACE,
    secrecy_at=TRACE,
    ended_at=TRACE,
    declined_at=TRACE,
    declined_why=TRACE,
)
class Membership(models.Model):
    """A person works at an organisation. Active = confirmed, secrecy accepted, not ended.

    `name` is the name at work; their own page may carry a nickname. At an employer the profession is empty.
    `listed_as_peer`: colleagues may find an ervaringsdeskundige in "who does what" (house rule 12).
    A request is confirmed or declined, once; declining ends it, and the person may ask again.
    """

    class Why(models.TextChoices):
        """Why a request was declined: sentences to choose from, so that no text about anyone is kept."""

        UNKNOWN = "unknown", _("The organisation does not know this name.")
        ELSEWHERE = "elsewhere", _("You seem to work for another organisation.")
        PROFESSION = "profession", _("You seem to have another profession.")
        CALL = "call", _("We do not know it for sure. Please call us.")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    profession = models.ForeignKey(
        Profession, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    name = models.CharField(max_length=80)
    listed = models.BooleanField(default=False)
    listed_as_peer = models.BooleanField(default=False)
    requested_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    secrecy_version = models.PositiveSmallIntegerField(null=True)
    secrecy_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    declined_why = models.CharField(max_length=10, choices=Why, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "profession"],
                condition=Q(ended_at__isnull=True),
                name="membership_open_once",
            ),
            # NULLs are distinct in a unique index, so memberships without a profession need their own.
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(ended_at__isnull=True, profession__isnull=True),
                name="membership_open_once_no_profession",
            ),
            models.CheckConstraint(
                condition=Q(secrecy_at__isnull=True, secrecy_version__isnull=True)
                | Q(secrecy_at__isnull=False, secrecy_version__isnull=False),
                name="membership_secrecy_whole",
            ),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True, declined_why="")
                | (
                    Q(declined_at__isnull=False, confirmed_at__isnull=True, ended_at__isnull=False)
                    & ~Q(declined_why="")
                ),
                name="membership_declined_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"

    @property
    def state(self) -> str:
        """ "requested", "confirmed", "declined" or "ended"."""
        if self.declined_at:
            return "declined"
        if self.ended_at:
            return "ended"
        return "confirmed" if self.confirmed_at else "requested"


class StaffRoleName(models.TextChoices):
    """Tasks somebody can have for a region."""

    COORDINATOR = "coordinator", _("coordinator")
    DEPUTY = "deputy", _("deputy coordinator")
    EDITOR = "editor", _("editor")
    LISTENER = "listener", _("listener")
    FACILITATOR = "facilitator", _("facilitator")
    TRAINER = "trainer", _("trainer")
    ADVISER = "adviser", _("benefit adviser")
    HELPER = "helper", _("region helper")
    # Given by who keeps the installation alone: gets the reports that nobody in the region may handle.
    OUTSIDE = "outside", _("contact outside the region")

    @classmethod
    def of_the_region(cls) -> list[tuple[str, Promise | str]]:
        """The tasks that a coordinator gives and ends, with their names."""
        return [(role.value, role.label) for role in cls if role != cls.OUTSIDE]


@classified(id=TRACE, user=TRACE, region=TRACE, role=P1, started_at=TRACE, ended_at=TRACE, given_by=TRACE)
class StaffRole(models.Model):
    """A person has a task for a region, from - to. `given_by` is empty when the command line gave it."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staff_roles")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="staff_roles")
    role = models.CharField(max_length=12, choices=StaffRoleName)
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    given_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "region", "role"],
                condition=Q(ended_at__isnull=True),
                name="staff_role_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"staff role {self.pk}"
