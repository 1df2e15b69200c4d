from django.db import models

from mmm.foundation.dataclass import TRACE, classified


@classified(id=TRACE, mark=TRACE)
class Edition(models.Model):
    """The one row (id 1) whose mark changes with everything that a public page may show."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    mark = models.CharField(max_length=32)
