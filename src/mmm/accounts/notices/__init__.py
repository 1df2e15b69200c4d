"""Notices: something is new for you. Quiet outside (house rule 9): all mails are alike.

    notices.send(reader_id, kind="consent.shared", view="consent:shared_with_me", key=share.hex)

Rooms register their kinds at `doors.notice_kinds`. How and when somebody hears of it is their choice.
"""

from mmm.accounts.notices.choosing import (
    WAY_NAMES,
    Hours,
    Way,
    always_titles,
    choose,
    hours_of,
    only_on_page,
    ways_of,
)
from mmm.accounts.notices.reading import (
    Line,
    counted,
    export,
    lines_for,
    news_elsewhere,
    news_of,
    see,
    see_all,
    was_seen,
)
from mmm.accounts.notices.sending import forget_old, mail_due, send

__all__ = [
    "WAY_NAMES",
    "Hours",
    "Line",
    "Way",
    "always_titles",
    "choose",
    "counted",
    "export",
    "forget_old",
    "hours_of",
    "lines_for",
    "mail_due",
    "news_elsewhere",
    "news_of",
    "only_on_page",
    "see",
    "see_all",
    "send",
    "was_seen",
    "ways_of",
]
