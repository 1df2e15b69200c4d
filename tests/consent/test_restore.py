"""A restored backup opens nothing that was taken back."""

from pathlib import Path

import pytest

from mmm.consent import services
from mmm.consent.selectors import NotThere
from mmm.foundation import backup
from tests import cast


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_back_since_the_backup_stays_closed_after_the_restore(tmp_path: Path) -> None:
    sam, marieke = cast.worker(), cast.professional()
    (grant,) = cast.share(sam, marieke)
    backup.make(tmp_path)
    services.revoke(sam, grant_id=grant.id)
    done = backup.restore(tmp_path)
    assert done.counts["shares closed"] == 1
    with pytest.raises(NotThere):
        services.read(marieke, owner_id=sam.id)
