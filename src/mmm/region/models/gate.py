"""What has to be on record before a real installation opens."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mmm.foundation import clock, ids
from mmm.foundation.dataclass import P0, TRACE, classified


@classified(id=TRACE, item=TRACE, words=P0, recorded_at=TRACE)
class GateRecord(models.Model):
    """One line of the record, never changed: a later line about the same item takes its place.

    `words` name organisations, functions and documents, not private persons: anybody may read them.
    """

    class Item(models.TextChoices):
        CONTROLLERS = "controllers", _("who is responsible for the data (controllers)")
        FG_CONTACT = "fg_contact", _("how to reach the data protection officer (FG)")
        DPIA = "dpia", _("the signed data protection impact assessment (DPIA)")
        KEY_HOLDER = "key_holder", _("who holds the keys of the installation")
        BREACH = "breach", _("what happens at a data breach")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    item = models.CharField(max_length=11, choices=Item)
    words = models.CharField(max_length=300)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["recorded_at"]

    def __str__(self) -> str:
        return f"{self.item}: {self.words}"
