"""What `load_content` put where, so that it never overwrites an editor's change."""

from django.db import models

from mmm.foundation import clock
from mmm.foundation.dataclass import TRACE, classified


@classified(path=TRACE, source=TRACE, state=TRACE, loaded_at=TRACE)
class Loaded(models.Model):
    """One shipped text. `source` is the file's fingerprint, `state` that of what it became in the database.

    A text that is no longer in the `state` in which it was loaded was changed by somebody.
    """

    path = models.CharField(max_length=200, primary_key=True)
    source = models.CharField(max_length=64)
    state = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.path
