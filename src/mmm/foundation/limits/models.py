from django.db import models

from mmm.foundation.dataclass import TRACE, classified


@classified(key=TRACE, hits=TRACE, until=TRACE)
class Counter(models.Model):
    """Tries of one subject under one limit, in the database `cache`."""

    # The limit's name and a keyed fingerprint of the subject: an address is not stored.
    key = models.CharField(max_length=170, primary_key=True)
    hits = models.PositiveIntegerField()
    # End of the window in whole seconds since 1970 (UTC): plain SQL on both databases.
    until = models.PositiveBigIntegerField(db_index=True)
