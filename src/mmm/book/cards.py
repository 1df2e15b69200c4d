"""What pages are given: stories as cards, the bar to filter them by, and the words for what was found."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mmm.book import words
from mmm.book.rows import Facets, GivenStory, Story
from mmm.design import shapes

Codes = Sequence[tuple[str, str | Promise]]

TELLS: Final = {"worker": gettext_lazy("Works or looks for work"), "employer": gettext_lazy("Employer")}
# What stands in the address: the question, the codes to choose from, and which of them a story has.
QUESTIONS: Final[Mapping[str, tuple[str | Promise, Codes, Callable[[Facets], Iterable[str]]]]] = {
    "over": (gettext_lazy("What is it about?"), words.THEMES, lambda story: story.themes),
    "verteller": (gettext_lazy("Who tells it?"), words.TOLD_BY, lambda story: [story.told_by]),
    "werk": (gettext_lazy("What kind of work?"), words.SECTORS, lambda story: [story.sector]),
    "voor": (gettext_lazy("Who is it for?"), words.READERS, lambda story: story.readers),
}
QUICK: Final = 6  # links above the form: few enough for a phone


def card(story: Story) -> shapes.StoryCard:
    """A story as its card shows it."""
    return shapes.StoryCard(
        url=story.address,
        title=story.title,
        intro=story.intro,
        who=story.who,
        told_by=story.told_by,
        told=TELLS[story.told_by],
        minutes=story.minutes,
        note=story.note,
        key=story.key,
        sector=story.sector,
    )


def given_card(story: GivenStory) -> shapes.StoryCard:
    """The same for a story that somebody real gave: it says so, and has a picture of its own, too."""
    return shapes.StoryCard(
        url=story.address,
        title=story.title,
        intro=story.opening,
        who=_("Told by %(name)s") % {"name": story.told_by},
        told_by="given",
        told=_("Given by somebody real"),
        minutes=story.minutes,
        note=story.note,
        key=story.slug,
        sector="",
    )


def facets(story: Story) -> Facets:
    """What a story is filtered by."""
    return Facets(story.told_by, story.sector, story.themes, story.readers)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody filters by: question -> code. Questions and codes that we do not know are left out."""

    codes: Mapping[str, str]

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Chosen":
        """What an address asks for."""
        known = {name: {code for code, _label in choices} for name, (_l, choices, _of) in QUESTIONS.items()}
        return cls({name: given[name] for name in QUESTIONS if given.get(name) in known[name]})

    def fits(self, story: Facets, *, but: str = "") -> bool:
        """Whether a story fits all that is chosen; the question `but` is left out of it."""
        return all(code in QUESTIONS[name][2](story) for name, code in self.codes.items() if name != but)

    def url(self, base: str, **changed: str) -> str:
        """The address of the list with these choices changed; an empty code drops one."""
        codes = {name: code for name, code in {**self.codes, **changed}.items() if code}
        ordered = {name: codes[name] for name in (*QUESTIONS, "bladzijde") if name in codes}
        return f"{base}?{urlencode(ordered)}" if ordered else base


def filters(stories: Sequence[Facets], chosen: Chosen, base: str) -> shapes.Filters:
    """The bar above the list. Each choice says how many stories there are with what is chosen already."""
    groups = [
        shapes.ChoiceGroup(name, label, _choices(name, stories, chosen, base))
        for name, (label, _codes, _of) in QUESTIONS.items()
    ]
    themes = sorted(groups[0].choices, key=lambda choice: (not choice.chosen, -choice.count))
    return shapes.Filters(
        action=base,
        quick=themes[:QUICK],
        groups=groups,
        dropped=[
            (capfirst(label_of(n, code)), chosen.url(base, **{n: ""})) for n, code in chosen.codes.items()
        ],
    )


def _choices(name: str, stories: Sequence[Facets], chosen: Chosen, base: str) -> list[shapes.Choice]:
    _label, codes, of = QUESTIONS[name]
    open_to = [story for story in stories if chosen.fits(story, but=name)]
    now = chosen.codes.get(name)
    found = [
        shapes.Choice(
            value=code,
            label=capfirst(str(label)),
            count=sum(code in of(story) for story in open_to),
            url=chosen.url(base, **{name: "" if code == now else code}),
            chosen=code == now,
        )
        for code, label in codes
    ]
    return [choice for choice in found if choice.count or choice.chosen]


def label_of(name: str, code: str) -> str:
    """The words for a code of a question."""
    return str(dict(QUESTIONS[name][1])[code])


def found(count: int, chosen: Chosen) -> str:
    """What was found, as a heading: "3 stories about limits, told by an employer"."""
    text = ngettext("%(count)s story", "%(count)s stories", count) % {"count": count}
    if not count:
        text = _("No stories")
    said = {name: label_of(name, code) for name, code in chosen.codes.items()}
    if "over" in said:
        text += " " + _("about %(theme)s") % {"theme": said["over"]}
    if "verteller" in said:
        text += ", " + _("told by %(who)s") % {"who": said["verteller"]}
    if "werk" in said:
        text += ", " + _("work: %(sector)s") % {"sector": said["werk"]}
    if "voor" in said:
        text += ", " + _("for %(readers)s") % {"readers": said["voor"]}
    return text
