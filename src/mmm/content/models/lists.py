"""What stands in lists: rules with a date, words explained, numbers to call."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin

from mmm.content.codes import CodeField, WordsField
from mmm.foundation import clock
from mmm.foundation.dataclass import P0, TRACE, classified

ABOUT = [("workers", _("workers")), ("professionals", _("professionals")), ("employers", _("employers"))]
A_YEAR = 366
IN_TIME = ("source", "url", "checked_by", "checked_on", "expires_on")


class Listed(TranslatableMixin, models.Model):  # type: ignore[misc]
    """A line of a list, in one language. `key` is the same in both."""

    key = models.SlugField(_("fixed name"), max_length=80)

    class Meta(TranslatableMixin.Meta):  # type: ignore[misc]
        abstract = True


class Dated(Listed):
    """A fact of somebody else (house rule 11): its source, when it was checked, and the last day it is shown.

    After `expires_on` it hides itself: `content.selectors` asks for the day at each read. `checked_by` is an
    office or a task, not a person's name.
    """

    source = models.CharField(_("source"), max_length=200)
    url = models.URLField(_("where it stands"), max_length=500)
    checked_by = models.CharField(_("checked by (task, no name)"), max_length=80, default="", blank=True)
    checked_on = models.DateField(_("checked on"), default=clock.today)
    expires_on = models.DateField(_("shown until (that day included)"))
    order = models.PositiveSmallIntegerField(_("place in the list"), default=100)

    class Meta(Listed.Meta):
        abstract = True

    def clean(self) -> None:
        """A year at most between two checks."""
        super().clean()
        if not (isinstance(self.expires_on, dt.date) and isinstance(self.checked_on, dt.date)):
            return
        if not dt.timedelta() <= self.expires_on - self.checked_on <= dt.timedelta(A_YEAR):
            raise ValidationError(
                {"expires_on": _("Choose a day within a year after the check: rules change.")}
            )


@classified(
    id=TRACE,
    translation_key=TRACE,
    locale=TRACE,
    key=TRACE,
    about=P0,
    title=P0,
    text=P0,
    source=P0,
    url=P0,
    checked_by=P0,
    checked_on=TRACE,
    expires_on=TRACE,
    order=TRACE,
)
class DatedEntry(Dated):
    """A rule or scheme, for whom it is, and what holds. No amounts, and never a promise of a right."""

    about = CodeField(_("for whom"), max_length=14, choices=ABOUT)
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("what holds"), max_length=2000)

    panels: ClassVar[list[Any]] = [
        FieldPanel(name) for name in ("key", "about", "title", "text", *IN_TIME, "order")
    ]

    class Meta(Dated.Meta):
        verbose_name = _("rule with a date")
        verbose_name_plural = _("rules with a date")
        constraints = [
            models.UniqueConstraint(fields=["key", "locale"], name="content_dated_key"),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("checked_on")), name="content_dated_expires_later"
            ),
        ]
        indexes = [models.Index(fields=["locale", "expires_on"], name="content_dated_good")]

    def __str__(self) -> str:
        return self.title


@classified(
    id=TRACE,
    translation_key=TRACE,
    locale=TRACE,
    key=TRACE,
    name=P0,
    phone=P0,
    text=P0,
    source=P0,
    url=P0,
    checked_by=P0,
    checked_on=TRACE,
    expires_on=TRACE,
    order=TRACE,
)
class HelpLine(Dated):
    """Where somebody answers. 112 and 113 also stand in the code of the house, without a date."""

    name = models.CharField(_("name"), max_length=100)
    phone = models.CharField(_("number"), max_length=60, blank=True, default="")
    text = models.TextField(_("what it is for, and when"), max_length=600)

    panels: ClassVar[list[Any]] = [
        FieldPanel(name) for name in ("key", "name", "phone", "text", *IN_TIME, "order")
    ]

    class Meta(Dated.Meta):
        verbose_name = _("help line")
        verbose_name_plural = _("help lines")
        constraints = [
            models.UniqueConstraint(fields=["key", "locale"], name="content_help_key"),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("checked_on")), name="content_help_expires_later"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TermForm(WagtailAdminModelForm):  # type: ignore[misc]
    """A word as an editor fills it in; its fixed name comes from the word."""

    key = forms.SlugField(
        label=_("Fixed name"),
        max_length=80,
        required=False,
        help_text=_("Stands in the address. Leave it empty and it becomes the word; the same in English."),
    )
    also = WordsField(
        label=_("Other forms of the word"),
        required=False,
        help_text=_("One on each line, such as the plural. Who searches for one of these finds the word."),
    )

    def clean_key(self) -> str:
        """The word itself, where nothing was filled in."""
        return str(self.cleaned_data["key"] or slugify(self.data.get("term", ""))[:80])


@classified(id=TRACE, translation_key=TRACE, locale=TRACE, key=TRACE, term=P0, also=P0, text=P0)
class GlossaryTerm(Listed):
    """A word explained. `also`: other forms of it (plurals), a list."""

    term = models.CharField(_("word"), max_length=80)
    also = models.JSONField(_("other forms of the word"), default=list, blank=True)
    text = models.TextField(_("what it means"), max_length=600)

    base_form_class = TermForm
    panels: ClassVar[list[Any]] = [FieldPanel(name) for name in ("term", "also", "text", "key")]

    class Meta(Listed.Meta):
        verbose_name = _("word explained")
        verbose_name_plural = _("words explained")
        constraints = [models.UniqueConstraint(fields=["key", "locale"], name="content_glossary_key")]

    def __str__(self) -> str:
        return self.term
