"""How long things are kept: this table drives the jobs, and `docs/retention.md` shows it (a test)."""

import datetime as dt
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """`name` is kept for `period` after `since`; `shown` is the period in the words of the document."""

    name: str
    since: str
    shown: str
    period: dt.timedelta
    why: str


RETENTION: Final = (
    RetentionRule(
        "look log",
        "the look",
        "24 months",
        dt.timedelta(days=730),
        "The person can see who read what, also long after; then the line is of no more use to them.",
    ),
    RetentionRule(
        "ended grants",
        "the end or the withdrawal",
        "12 months",
        dt.timedelta(days=365),
        "The person can see with whom they shared before.",
    ),
    RetentionRule(
        "ended letters",
        "the day it was opened, taken back or ran out",
        "12 months",
        dt.timedelta(days=365),
        "The person can see what they gave on paper, and whether it was read.",
    ),
    RetentionRule(
        "unfinished shares",
        "the beginning",
        "1 day",
        dt.timedelta(days=1),
        "Somebody who stops half-way can go on; then nothing of it is left.",
    ),
    RetentionRule(
        "drafts to pass on",
        "the last change",
        "12 months",
        dt.timedelta(days=365),
        "Somebody may take a long time to write; then a copy is not kept. The story in parts stays.",
    ),
    RetentionRule(
        "ended stories",
        "the withdrawal or the refusal",
        "12 months",
        dt.timedelta(days=365),
        "The person keeps their own words and the reason; its address says that it is gone.",
    ),
    RetentionRule(
        "ended work",
        "the end of the membership or task",
        "12 months",
        dt.timedelta(days=365),
        "People can see who it was that could read, as long as ended grants are kept.",
    ),
    RetentionRule(
        "chosen erasure",
        "the choice to be erased later",
        "14 days",
        dt.timedelta(days=14),
        "Somebody who had a bad day can come back; until then nobody sees anything.",
    ),
    RetentionRule(
        "stilled accounts",
        "the second check of a report of death",
        "6 months",
        dt.timedelta(days=365 / 2),
        "Who was reported by mistake can come back; until then nobody sees anything.",
    ),
    RetentionRule(
        "unchecked death reports",
        "the report",
        "1 month",
        dt.timedelta(days=365 / 12),
        "A second coordinator has that long; holds a fingerprint, no address.",
    ),
    RetentionRule(
        "checked death reports",
        "the second check",
        "12 months",
        dt.timedelta(days=365),
        "To be able to say who reported and who checked.",
    ),
    RetentionRule(
        "idle message",
        "the last day somebody was here",
        "12 months",
        dt.timedelta(days=365),
        "Then a message goes out, and again 30 and 7 days before the account is erased.",
    ),
    RetentionRule(
        "idle accounts",
        "the last day somebody was here (not while having a break)",
        "24 months",
        dt.timedelta(days=730),
        "What nobody comes back for is not kept; never without the messages, the last a week before.",
    ),
    RetentionRule(
        "keys backups",
        "the backup",
        "7 days",
        dt.timedelta(days=7),
        "Somebody erased comes back only with a key; after a week no backup has it.",
    ),
    RetentionRule(
        "answered reports",
        "the answer",
        "12 months",
        dt.timedelta(days=365),
        "Who reported something can read what came of it.",
    ),
    RetentionRule(
        "sign-in codes",
        "the mail",
        "1 day",
        dt.timedelta(days=1),
        "To space mails; holds fingerprints, no address and no code.",
    ),
    RetentionRule(
        "notices",
        "the event",
        "90 days",
        dt.timedelta(days=90),
        "People see what is new, also after some weeks away; holds the kind and a link, no text.",
    ),
    RetentionRule(
        "unused letters",
        "the printing (used and then replaced: the end)",
        "28 days",
        dt.timedelta(days=28),
        "A letter works for 14 days; a helper can see for two weeks more that it was not used.",
    ),
    RetentionRule(
        "invitations",
        "the invitation",
        "14 days",
        dt.timedelta(days=14),
        "Somebody can accept for 14 days; then the address goes.",
    ),
    RetentionRule(
        "recoveries",
        "the request",
        "12 months",
        dt.timedelta(days=365),
        "A person can see who asked for a new way in, and when.",
    ),
    RetentionRule(
        "changes of addresses",
        "the request",
        "14 days",
        dt.timedelta(days=14),
        "Who opens the link too late reads that it is over; the addresses in it go after 72 hours.",
    ),
    RetentionRule(
        "delivered messages",
        "delivery (never delivered: writing)",
        "14 days",
        dt.timedelta(days=14),
        "To find out why a mail did not arrive.",
    ),
    RetentionRule(
        "once keys", "the post", "2 days", dt.timedelta(days=2), "A form that is sent again has one effect."
    ),
    RetentionRule(
        "counted tries",
        "the end of the window",
        "1 day",
        dt.timedelta(days=1),
        "Limits on tries; holds a fingerprint, no address.",
    ),
)
_BY_NAME: Final = {rule.name: rule for rule in RETENTION}


def rule(name: str) -> RetentionRule:
    """The rule with this name. Raises KeyError when the table has none."""
    return _BY_NAME[name]


def period(name: str) -> dt.timedelta:
    """How long `name` is kept. Raises KeyError when the table has none."""
    return rule(name).period


def table() -> str:
    """The table as Markdown, as it stands in `docs/retention.md`."""
    lines = ["| What | Kept for | After | Why |", "|---|---|---|---|"]
    lines += [f"| {rule.name} | {rule.shown} | {rule.since} | {rule.why} |" for rule in RETENTION]
    return "\n".join(lines)
