"""What a text is made of. Few blocks on purpose: an editor thinks of words, the house of how they look."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from mmm.content import exercises

# What an editor may do inside a sentence. Everything else is taken out when a page is shown (`content.body`).
INLINE: Final = ["bold", "link"]
LONGEST: Final = 500  # pieces; `DATA_UPLOAD_MAX_NUMBER_FIELDS` lets a form of so many through


class BoxBlock(blocks.StructBlock):  # type: ignore[misc]
    """Words apart from the story: a title, paragraphs and perhaps a list."""

    title = blocks.CharBlock(label=_("Title"), required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=[*INLINE, "ul"])

    class Meta:
        label = _("Box")
        icon = "form"


class TextBlock(blocks.StreamBlock):  # type: ignore[misc]
    """The body of every page."""

    heading = blocks.CharBlock(label=_("Heading"), icon="title")
    paragraph = blocks.RichTextBlock(label=_("Paragraph"), features=INLINE)
    list = blocks.RichTextBlock(label=_("List"), features=[*INLINE, "ul", "ol"], icon="list-ul")
    spoken = blocks.TextBlock(label=_("Words somebody said"), icon="openquote", rows=2)
    box = BoxBlock()
    picture = ImageChooserBlock(label=_("Picture"))
    paper = DocumentChooserBlock(label=_("Paper to take along (PDF)"))

    class Meta:
        max_num = LONGEST


class ExerciseBlock(blocks.StructBlock):  # type: ignore[misc]
    """Something to do with a pen, or in one's head. Nothing that somebody answers is kept."""

    kind = blocks.ChoiceBlock(label=_("Kind"), choices=list(exercises.KINDS.items()))
    title = blocks.CharBlock(label=_("Title"))
    text = blocks.RichTextBlock(label=_("What to do"), features=INLINE)
    options = blocks.ListBlock(
        blocks.CharBlock(label=_("One line")),
        label=_("What to choose from, or the lines to fill in"),
        default=[],
    )

    class Meta:
        label = _("Exercise")
        icon = "edit"


class GroupBlock(BoxBlock):
    """The sheet for who reads a chapter together."""

    class Meta:
        label = _("Sheet for reading together")
        icon = "group"


class ChapterBlock(TextBlock):
    """The body of a chapter: words, exercises, and the sheet for a group."""

    exercise = ExerciseBlock()
    group = GroupBlock()


class SourceBlock(blocks.StructBlock):  # type: ignore[misc]
    """Where something that the text says comes from."""

    text = blocks.CharBlock(label=_("Source"))
    url = blocks.URLBlock(label=_("Where it stands"))

    class Meta:
        label = _("Source")
        icon = "link"


class FactBlock(blocks.StructBlock):  # type: ignore[misc]
    """A rule of somebody else, with a source; hidden after the day it expires (house rule 11)."""

    text = blocks.TextBlock(label=_("What holds"), rows=3)
    source = blocks.CharBlock(label=_("Source"))
    url = blocks.URLBlock(label=_("Where it stands"))
    checked = blocks.DateBlock(label=_("Checked on"))
    expires = blocks.DateBlock(label=_("Shown until"))

    class Meta:
        label = _("Rule with a date")
        icon = "calendar-check"
