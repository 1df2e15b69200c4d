"""The base of every page of text, and the two kinds of page that only hold others."""

from typing import Any, ClassVar, Final

from django.db import models
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from mmm.content import body, plain
from mmm.content.blocks import TextBlock
from mmm.foundation.dataclass import P0, TRACE, DataClass, classified

# Data classes of the fields that every page of text has.
TEXT: Final[dict[str, DataClass]] = {
    "page_ptr": TRACE,
    "key": TRACE,
    "intro": P0,
    "note": P0,
    "order": TRACE,
    "body": P0,
    "minutes_to_read": TRACE,
}


class TextPage(Page):  # type: ignore[misc]
    """A page with words. `key` is the same in both languages and names it in shipped files and in code.

    Wagtail's own serving of pages is not used: rooms have views of their own (`book.views`), because
    `Site.find_for_request` and page serving cost six bare pages.
    """

    key = models.SlugField(_("fixed name"), max_length=80, blank=True, default="", editable=False)
    intro = models.TextField(_("what it is about"), max_length=400, blank=True, default="")
    note = models.CharField(_("what the reader should know first"), max_length=200, blank=True, default="")
    order = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    body = StreamField(TextBlock(), verbose_name=_("text"), blank=True)
    minutes_to_read = models.PositiveSmallIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    content_panels: ClassVar[list[Any]] = [
        HelpPanel(template="content/how_it_goes.html", heading=_("How your text gets on the site")),
        *Page.content_panels,
        FieldPanel(
            "intro",
            heading=_("Introduction"),
            help_text=_("One or two short sentences: what is it about? They stand in lists, too."),
        ),
        FieldPanel(
            "note",
            heading=_("What the reader should know first"),
            help_text=_("Only for something heavy: 'This is about losing a job.' Else leave it empty."),
        ),
        FieldPanel(
            "body",
            help_text=_("Press the plus for each piece: a paragraph, a heading, a picture, a paper."),
        ),
    ]
    promote_panels: ClassVar[list[Any]] = [
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("order")], heading=_("Address and place")),
    ]
    settings_panels: ClassVar[list[Any]] = [PublishingPanel()]
    search_fields: ClassVar[list[Any]] = [*Page.search_fields]
    is_creatable = False

    def serve_preview(self, request: Any, mode_name: str) -> TemplateResponse:
        """What an editor sees while writing: the words, with advice on plain Dutch above."""
        words = f"{self.intro}\n{body.text(self.body.raw_data)}"
        advice = plain.read(words).advice() if self.locale.language_code == "nl" else []
        from mmm.content import pictures

        blocks = self.body.raw_data
        text = body.render(blocks, shown=pictures.previewed(blocks), handed=pictures.handed_in(blocks))
        context = {"page_of": self, "text": text, "advice": advice}
        return TemplateResponse(request, "content/preview.html", context)

    def clean(self) -> None:
        """Also counts the minutes, so that a list of pages need not read their bodies."""
        super().clean()
        self.minutes_to_read = body.minutes(self.body.raw_data)


@classified(page_ptr=TRACE)
class Home(Page):  # type: ignore[misc]
    """The root of one language."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["content.Section"]
    max_count_per_parent = 2
    is_creatable = False


@classified(page_ptr=TRACE, key=TRACE, holds=TRACE)
class Section(Page):  # type: ignore[misc]
    """Holds pages of one kind ("stories", "news"); has no text of its own."""

    key = models.SlugField(max_length=80, default="", editable=False)
    holds = models.CharField(max_length=80, default="", editable=False)

    parent_page_types: ClassVar[list[str]] = ["content.Home"]
    is_creatable = False
