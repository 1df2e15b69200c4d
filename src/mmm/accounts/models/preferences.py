"""How a person wants to see the pages."""

from django.conf import settings
from django.db import models

from mmm.foundation.dataclass import P1, TRACE, classified


@classified(user=TRACE, text=P1, spacing=P1, contrast=P1, motion=P1, aloud=P1, exit=P1)
class Preferences(models.Model):
    """The values of `design.display.Display`; no row: as the device, or its cookie, has it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="preferences"
    )
    text = models.CharField(max_length=8)
    spacing = models.CharField(max_length=8)
    contrast = models.CharField(max_length=8)
    motion = models.CharField(max_length=8)
    aloud = models.CharField(max_length=8)
    exit = models.CharField(max_length=8)
