"""The tags of the public face: pictures, story cards, filters. Built in, like those of `design`."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mmm.design import icons, pictures, shapes

register = template.Library()
EMPTY = SafeString("")

TELLERS = {"worker": ("aud-1", "person"), "employer": ("aud-3", "shop"), "given": ("aud-1", "heart")}


@register.simple_tag
def story_picture(key: str, sector: str) -> SafeString:
    """`{% story_picture story.key story.sector %}`: the story's own drawing; it only decorates."""
    return pictures.story_picture(key, sector)


@register.simple_tag
def minutes(count: int) -> SafeString:
    """`{% minutes story.minutes %}`: how long it takes to read, with a clock."""
    words = ngettext("%(count)s minute to read", "%(count)s minutes to read", count) % {"count": count}
    return format_html("<span>{}{}</span>", icons.icon("clock"), words)


@register.simple_tag
def teller(told_by: str, told: shapes.Text) -> SafeString:
    """`{% teller story.told_by story.told %}`: who tells, as a tag with an icon."""
    return format_html('<span class="tag">{}{}</span>', icons.icon(TELLERS[told_by][1]), told)


@register.simple_tag
def story_cards(cards: Iterable[shapes.StoryCard], level: int = 3) -> SafeString:
    """`{% story_cards cards %}`: `shapes.StoryCard`s as a list; `level` is that of their headings."""
    return format_html(
        '<ul class="grid story-cards">{}</ul>',
        format_html_join("", "{}", ((_card(c, level),) for c in cards)),
    )


def _card(card: shapes.StoryCard, level: int) -> SafeString:
    note = format_html("<span>{}{}</span>", icons.icon("info"), card.note) if card.note else EMPTY
    given = card.told_by == "given"
    picture = pictures.view(card.key) if given else pictures.story_picture(card.key, card.sector)
    intro = format_html("<p>{}</p>", card.intro) if card.intro else EMPTY
    return format_html(
        '<li class="card card-link story-card {css}">{picture}{teller}'
        '<h{level}><a href="{url}">{title}</a></h{level}>'
        '{intro}<p class="small">{who}</p><p class="meta">{minutes}{note}</p></li>',
        css=TELLERS[card.told_by][0],
        picture=picture,
        teller=teller(card.told_by, card.told),
        level=level,
        url=card.url,
        title=card.title,
        intro=intro,
        who=card.who,
        minutes=minutes(card.minutes),
        note=note,
    )


@register.inclusion_tag("design/components/filters/filters.html")
def filter_bar(bar: shapes.Filters) -> dict[str, Any]:
    """`{% filter_bar filters %}`: a `shapes.Filters`; links and a plain form, no script."""
    return {"bar": bar, "any": _("Anything")}


@register.inclusion_tag("design/components/source/source.html")
def source(name: str, url: str, checked: Any, expires: Any = None, checked_by: str = "") -> dict[str, Any]:
    """`{% source name url checked expires checked_by %}`: where a fact comes from, and who looked when.

    Without `checked_by` it was written down from that source, and nobody held it beside the source since.
    """
    return {"name": name, "url": url, "checked": checked, "expires": expires, "checked_by": checked_by}
