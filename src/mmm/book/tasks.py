"""Work for later: the files of the book, made anew when its words changed."""

import datetime as dt
import logging

from django.conf import settings
from django.db import transaction

from mmm.accounts import notices
from mmm.book.exports import making
from mmm.content.editors import TASK
from mmm.foundation import tasks
from mmm.region import selectors as region

logger = logging.getLogger(__name__)


@tasks.every("book.exports", dt.timedelta(minutes=1))
def ask_for_exports() -> None:
    """Ask for each language apart: what else waits, such as mail, goes in between."""
    if settings.BOOK_EXPORTS:
        for language, _name in settings.LANGUAGES:
            tasks.enqueue("book.export", key=language, payload={"language": language})


@tasks.task("book.export")
def export(payload: dict[str, str]) -> None:
    """PDF and EPUB of a language, when its words changed; who edits hears of it when that does not work."""
    language = payload["language"]
    try:
        making.make_if_changed(language)
    except making.Broken as broken:
        # The words named are a heading that was published.
        logger.error("the book (%s) cannot be put on paper, by %s", language, broken.where)
        with transaction.atomic():
            for user_id in region.with_task(TASK):
                notices.send(user_id, kind="book.broken", view="wagtailadmin_home", key=broken.key)
