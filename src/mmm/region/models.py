"""Where people work together: regions, organisations, who works there and who has a task for the region."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mmm.foundation import clock, ids
from mmm.foundation.dataclass import P0, P1, TRACE, classified


class ChainLink(models.TextChoices):
    """The chain Education - Care - Work - Income."""

    EDUCATION = "education", _("education")
    CARE = "care", _("care")
    WORK = "work", _("work")
    INCOME = "income", _("income")


@classified(id=TRACE, nr=P0, name=P0, slug=P0, code=P0, column=P0, row=P0, is_open=P0)
class Region(models.Model):
    """One of the labour-market regions. `column` and `row` are its place on the tile map, counted from 1."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    nr = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    code = models.CharField(max_length=2, unique=True)
    column = models.PositiveSmallIntegerField()
    row = models.PositiveSmallIntegerField()
    is_open = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@classified(id=TRACE, region=P0, name=P0, lat=P0, lon=P0, to_check=P0)
class Municipality(models.Model):
    """A municipality with the point of its main place (WGS84 degrees). `to_check`: the region is in doubt."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="municipalities")
    name = models.CharField(max_length=80, unique=True)
    lat = models.FloatField()
    lon = models.FloatField()
    to_check = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@classified(id=TRACE, nr=P0, slug=P0, name_nl=P0, name_en=P0, chain_link=P0)
class Profession(models.Model):
    """One of the professions in the chain."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    nr = models.PositiveSmallIntegerField(unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    name_nl = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    chain_link = models.CharField(max_length=9, choices=ChainLink)

    class Meta:
        ordering = ["nr"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_en if (get_language() or "nl").startswith("en") else self.name_nl


@classified(id=TRACE, region=P0, name=P0, chain_link=P0, kind=P0)
class Organisation(models.Model):
    """An organisation that takes part in a region. The kind sets what its people can ever be shown."""

    class Kind(models.TextChoices):
        SERVICE = "service", _("service")
        EMPLOYER = "employer", _("employer")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="organisations")
    name = models.CharField(max_length=120)
    chain_link = models.CharField(max_length=9, choices=ChainLink)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.SERVICE)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="organisation_once_per_region"),
        ]

    def __str__(self) -> str:
        return self.name


@classified(
    id=TRACE,
    user=TRACE,
    organisation=P1,
    profession=P1,
    name=P1,
    listed=P1,
    requested_at=TRACE,
    confirmed_at=TRACE,
    confirmed_by=TRACE,
    secrecy_version=TRACE,
    secrecy_at=TRACE,
    ended_at=TRACE,
)
class Membership(models.Model):
    """A person works at an organisation. Active = confirmed, secrecy accepted, not ended.

    `name` is the name at work; their own page may carry a nickname. At an employer the profession is empty.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    profession = models.ForeignKey(
        Profession, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    name = models.CharField(max_length=80)
    listed = models.BooleanField(default=False)
    requested_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    secrecy_version = models.PositiveSmallIntegerField(null=True)
    secrecy_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

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
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"


class StaffRoleName(models.TextChoices):
    """Tasks somebody can have for a region."""

    COORDINATOR = "coordinator", _("coordinator")
    DEPUTY = "deputy", _("deputy coordinator")
    EDITOR = "editor", _("editor")
    LISTENER = "listener", _("listener")
    FACILITATOR = "facilitator", _("facilitator")
    TRAINER = "trainer", _("trainer")
    ADVISER = "adviser", _("benefit adviser")


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
