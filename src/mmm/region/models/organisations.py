"""The chain, its professions, and the organisations that take part."""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mmm.foundation import ids
from mmm.foundation.dataclass import P0, TRACE, classified
from mmm.region.models.places import Region


class ChainLink(models.TextChoices):
    """The chain Education - Care - Work - Income."""

    EDUCATION = "education", _("education")
    CARE = "care", _("care")
    WORK = "work", _("work")
    INCOME = "income", _("income")


@classified(id=TRACE, nr=P0, slug=P0, name_nl=P0, name_en=P0, chain_link=P0)
class Profession(models.Model):
    """One of the professions in the chain."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    nr = models.PositiveSmallIntegerField(unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    name_nl = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    chain_link = models.CharField(max_length=9, choices=ChainLink)

    PEER_EXPERT: ClassVar[int] = 12  # ervaringsdeskundige

    class Meta:
        ordering = ["nr"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_en if (get_language() or "nl").startswith("en") else self.name_nl


@classified(
    id=TRACE,
    region=P0,
    name=P0,
    chain_link=P0,
    kind=P0,
    kvk=P0,
    part_of=P0,
    contact=TRACE,
    checked_at=TRACE,
    checked_by=TRACE,
    closed_at=TRACE,
)
class Organisation(models.Model):
    """An organisation that takes part in a region. The kind sets what its people can ever be shown.

    `checked_at`: a coordinator looked whether it is what it says it is, by its number in the trade register
    (`kvk`, 8 digits) or because the contact is known. `contact`: the membership of who confirms colleagues.
    `part_of`: one legal person can stand on the list several times; the rows point at the same one.
    """

    class Kind(models.TextChoices):
        SERVICE = "service", _("service")
        EMPLOYER = "employer", _("employer")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="organisations")
    name = models.CharField(max_length=120)
    chain_link = models.CharField(max_length=9, choices=ChainLink)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.SERVICE)
    kvk = models.CharField(max_length=8, blank=True)
    part_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="parts"
    )
    contact = models.ForeignKey(
        "region.Membership", on_delete=models.SET_NULL, null=True, blank=True, related_name="contact_of"
    )
    checked_at = models.DateTimeField(null=True)
    checked_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="organisation_once_per_region"),
        ]

    def __str__(self) -> str:
        return self.name
