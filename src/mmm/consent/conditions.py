"""What must hold of a grant at the moment of reading, beside its days.

All of it becomes part of one query. Nothing is copied into the grant but what its owner knew when sharing.
"""

from typing import Final

from django.db.models import Q

from mmm.accounts.blocks import person_blocked
from mmm.foundation.dataclass import P2
from mmm.region import selectors as region
from mmm.region import standing

AT: Final = "membership__"

# The owner blocked neither the reader nor the organisation.
BLOCKED: Final = Q(person_blocked("owner_id", "reader_id")) | Q(standing.organisation_blocked("owner_id", AT))
REACHES: Final = ~BLOCKED
# Nobody checked this organisation: nothing, unless the owner read what that means.
CHECKED_OR_KNOWN: Final = Q(knows_unchecked=True) | standing.checked_q(AT)
# An employer, also in another role of the same person there, gets P2 at most (rules 2 and 14).
EMPLOYER: Final = ~Q(data_class=P2.value) & Q(standing.employer_there(AT))
# Who decides on benefits gets P3 only from somebody who read what that may mean (rule 14).
INCOME: Final = ~Q(data_class=P2.value) & Q(knows_income=False) & standing.decides_on_benefits_q(AT)
CLASS_FITS: Final = Q(data_class=P2.value) | (
    ~Q(standing.employer_there(AT)) & (Q(knows_income=True) | ~standing.decides_on_benefits_q(AT))
)
IN_FORCE: Final = region.active_memberships_q(AT) & REACHES & CHECKED_OR_KNOWN & CLASS_FITS
