"""The pages of the public site. Editors change them at `/redactie/`; `book.selectors` gives them to pages."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from mmm.book import words
from mmm.book.answers.models import ExerciseAnswer
from mmm.content.blocks import ChapterBlock, FactBlock, SourceBlock
from mmm.content.codes import CodeField, CodesField
from mmm.content.models import TextPage
from mmm.content.models.pages import TEXT
from mmm.foundation import clock
from mmm.foundation.dataclass import P0, TRACE, classified

__all__ = [
    "AudiencePage",
    "ChapterPage",
    "ExerciseAnswer",
    "NewsPage",
    "ProfessionPage",
    "ProsePage",
    "PublicationPage",
    "StoryPage",
    "TipPage",
]
IN_A_SECTION: list[str] = ["content.Section"]
HEAD, (INTRO, NOTE, BODY) = TextPage.content_panels[:-3], TextPage.content_panels[-3:]


@classified(
    **TEXT,
    who=P0,
    told_by=P0,
    sector=P0,
    themes=P0,
    readers=P0,
    learned_by=P0,
    learned=P0,
)
class StoryPage(TextPage):
    """A story of a worker or an employer, made up after what often happens, and labelled so on its page.

    Stories that real people give do not come here: they are sealed (`stories.Offer`).
    """

    who = models.CharField(_("who tells it (first name, age, work, town)"), max_length=120)
    told_by = CodeField(_("told by"), max_length=10, choices=words.TOLD_BY)
    sector = CodeField(_("kind of work"), max_length=20, choices=words.SECTORS)
    themes = CodesField(_("what it is about"), codes=words.THEMES, blank=False)
    readers = CodesField(_("who it is worth most to"), codes=words.READERS, blank=False)
    learned_by = models.CharField(
        _("the professional who learned from it"), max_length=120, blank=True, default=""
    )
    learned = models.TextField(_("what that professional learned"), max_length=1200, blank=True, default="")

    parent_page_types = IN_A_SECTION
    subpage_types: ClassVar[list[str]] = []
    is_creatable = True
    content_panels: ClassVar[list[Any]] = [
        *HEAD,
        INTRO,
        MultiFieldPanel(
            [FieldPanel("who"), FieldPanel("told_by"), FieldPanel("sector")], heading=_("Who tells")
        ),
        FieldPanel("themes", heading=_("Subjects"), help_text=_("One to three. Readers find it by these.")),
        FieldPanel("readers", heading=_("For whom is it worth most?")),
        NOTE,
        BODY,
        MultiFieldPanel(
            [FieldPanel("learned_by"), FieldPanel("learned")], heading=_("What a professional learned")
        ),
    ]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")


@classified(
    **TEXT,
    profession=TRACE,
    ask=P0,
    ask_why=P0,
    stop=P0,
    stop_why=P0,
    call=P0,
    minutes=P0,
    secrecy=P0,
    tips=P0,
)
class ProfessionPage(TextPage):
    """What one profession can do in five minutes, and the limits of its secrecy."""

    profession = models.PositiveSmallIntegerField(_("number of the profession"))
    ask = models.TextField(_("one question to ask"), max_length=400)
    ask_why = models.TextField(_("why this question"), max_length=600)
    stop = models.TextField(_("one thing to stop"), max_length=400)
    stop_why = models.TextField(_("why to stop it"), max_length=600)
    call = models.TextField(_("whom to call, and the first sentence"), max_length=600)
    minutes = StreamField(
        [("minute", blocks.TextBlock(label=_("One minute"), rows=2))],
        verbose_name=_("five minutes"),
        blank=True,
    )
    secrecy = StreamField([("fact", FactBlock())], verbose_name=_("limits of secrecy"), blank=True)
    tips = StreamField(
        [("tip", blocks.TextBlock(label=_("Tip"), rows=2))], verbose_name=_("tips"), blank=True
    )

    parent_page_types = IN_A_SECTION
    subpage_types: ClassVar[list[str]] = []
    is_creatable = True
    content_panels: ClassVar[list[Any]] = [
        *HEAD,
        INTRO,
        FieldPanel("profession"),
        MultiFieldPanel(
            [
                FieldPanel("minutes", help_text=_("Five of them: the title of the page promises five.")),
                *(FieldPanel(name) for name in ("ask", "ask_why", "stop", "stop_why", "call")),
            ],
            heading=_("In five minutes"),
        ),
        FieldPanel("secrecy"),
        FieldPanel("tips"),
        NOTE,
        BODY,
    ]

    class Meta:
        verbose_name = _("page for a profession")
        verbose_name_plural = _("pages for professions")
        constraints = [
            models.CheckConstraint(condition=Q(profession__range=(1, 99)), name="book_profession_number")
        ]


@classified(**TEXT, audience=TRACE, step_text=P0, step_page=TRACE)
class AudiencePage(TextPage):
    """What this offers one audience. `step_page`, the first step, is a name of `book.addresses.STEPS`."""

    audience = CodeField(_("for whom"), max_length=14, choices=words.READERS)
    step_text = models.CharField(_("words on the button of the first step"), max_length=80)
    step_page = models.SlugField(_("where the first step leads"), max_length=40)

    parent_page_types = IN_A_SECTION
    subpage_types: ClassVar[list[str]] = []
    max_count = 6  # three in each language
    content_panels: ClassVar[list[Any]] = [*HEAD, INTRO, NOTE, BODY, FieldPanel("step_text")]

    class Meta:
        verbose_name = _("page for an audience")
        verbose_name_plural = _("pages for audiences")


@classified(**TEXT)
class ProsePage(TextPage):
    """A page of words: recommendations, help, about."""

    parent_page_types = IN_A_SECTION
    subpage_types: ClassVar[list[str]] = []
    is_creatable = True

    class Meta:
        verbose_name = _("page of words")
        verbose_name_plural = _("pages of words")


@classified(**TEXT, number=TRACE, story=TRACE, sources=P0)
class ChapterPage(TextPage):
    """A chapter of the book. `story` is the key of the story that belongs to it, or empty."""

    number = models.PositiveSmallIntegerField(_("number of the chapter"))
    story = models.SlugField(
        _("fixed name of the story that belongs to it"), max_length=80, blank=True, default=""
    )
    body = StreamField(ChapterBlock(), verbose_name=_("text"), blank=True)
    sources = StreamField([("source", SourceBlock())], verbose_name=_("sources"), blank=True)

    parent_page_types = IN_A_SECTION
    subpage_types: ClassVar[list[str]] = []
    is_creatable = True
    content_panels: ClassVar[list[Any]] = [
        *HEAD,
        INTRO,
        FieldPanel("number"),
        NOTE,
        BODY,
        FieldPanel("sources"),
    ]

    class Meta:
        verbose_name = _("chapter of the book")
        verbose_name_plural = _("chapters of the book")
        constraints = [models.CheckConstraint(condition=Q(number__range=(1, 99)), name="book_chapter_number")]


@classified(**TEXT, kind=TRACE)
class PublicationPage(TextPage):
    """A text to take along: a summary, the methods in short, of the magazine, for the press."""

    kind = models.CharField(_("what it is"), max_length=8, choices=words.PUBLICATIONS)

    parent_page_types = IN_A_SECTION
    subpage_types: ClassVar[list[str]] = []
    is_creatable = True
    content_panels: ClassVar[list[Any]] = [*HEAD, INTRO, FieldPanel("kind"), NOTE, BODY]

    class Meta:
        verbose_name = _("text to take along")
        verbose_name_plural = _("texts to take along")


@classified(**TEXT, readers=P0)
class TipPage(TextPage):
    """A tip from practice."""

    readers = CodesField(_("for whom"), codes=words.READERS, blank=False)

    parent_page_types = IN_A_SECTION
    subpage_types: ClassVar[list[str]] = []
    is_creatable = True
    content_panels: ClassVar[list[Any]] = [*HEAD, INTRO, FieldPanel("readers"), NOTE, BODY]

    class Meta:
        verbose_name = _("tip")
        verbose_name_plural = _("tips")


@classified(**TEXT, date=P0)
class NewsPage(TextPage):
    """News of the day `date`."""

    date = models.DateField(_("date"), default=clock.today)

    parent_page_types = IN_A_SECTION
    subpage_types: ClassVar[list[str]] = []
    is_creatable = True
    content_panels: ClassVar[list[Any]] = [*HEAD, FieldPanel("date"), INTRO, NOTE, BODY]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
