"""Organisations that a person wants nothing to do with."""

from django.conf import settings
from django.db import models

from mmm.foundation import clock, ids
from mmm.foundation.dataclass import TRACE, classified
from mmm.region.models.organisations import Organisation


@classified(id=TRACE, owner=TRACE, organisation=TRACE, created_at=TRACE)
class OrganisationBlock(models.Model):
    """`owner` blocked everybody of an organisation: at once and silently. It says nothing about why."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "organisation"], name="organisation_block_once"),
        ]

    def __str__(self) -> str:
        return f"organisation block {self.pk}"
