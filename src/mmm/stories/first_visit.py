"""The first visit without an account: one question, five taps.

The choices travel from page to page in the form itself; they are never in an address, a cookie, a session or
a database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mmm.stories.questions import Condition, conditions

# Five taps; each shows the conditions of these groups.
STEPS: tuple[tuple[str, ...], ...] = (("time",), ("tasks",), ("place",), ("people",), ("instruction",))
ASKS = {
    "time": _("What about your time?"),
    "tasks": _("And your tasks?"),
    "place": _("And the place where you work?"),
    "people": _("And the people around you?"),
    "instruction": _("How do you like to have things explained?"),
}
SKIP = "-"


@dataclass(frozen=True, slots=True)
class State:
    """Where the visitor is. `taps` holds a condition key or "-" (skipped) for each tap so far."""

    taps: Sequence[str]

    @property
    def done(self) -> bool:
        return len(self.taps) == len(STEPS)

    @property
    def number(self) -> int:
        return min(len(self.taps) + 1, len(STEPS))

    @property
    def total(self) -> int:
        return len(STEPS)

    @property
    def asks(self) -> str | Promise:
        """The question above this tap."""
        return "" if self.done else ASKS[STEPS[len(self.taps)][0]]

    @property
    def options(self) -> list[Condition]:
        """What can be tapped now."""
        if self.done:
            return []
        groups = STEPS[len(self.taps)]
        return [each for each in conditions() if each.group in groups]

    @property
    def chosen(self) -> list[Condition]:
        """What was tapped so far, without what was skipped."""
        by_key = {each.key: each for each in conditions()}
        return [by_key[tap] for tap in self.taps if tap in by_key]


def read(data: Mapping[str, str]) -> State:
    """The state after this post: `taps` (so far, comma-separated), `tap` (just now) or `back`.

    Anything that is not a choice of that step is dropped: the visitor simply sees the step again.
    """
    taps: list[str] = []
    given = [tap for tap in data.get("taps", "").split(",") if tap]
    if data.get("back"):
        given = given[:-1]
    elif tap := data.get("tap"):
        given.append(tap)
    for tap, groups in zip(given, STEPS, strict=False):
        allowed = {each.key for each in conditions() if each.group in groups} | {SKIP}
        if tap not in allowed:
            break
        taps.append(tap)
    return State(tuple(taps))
