"""What this room holds about a person, for the `personal_data` door: the answers to exercises."""

from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mmm.book.answers import questions, selectors, services
from mmm.book.answers.models import ExerciseAnswer
from mmm.foundation import audit
from mmm.foundation.doors import PersonalData


def export(user_id: UUID, vault_id: UUID) -> dict[str, Any]:
    """Every answer with its question, the oldest first."""
    rows = ExerciseAnswer.objects.filter(owner_id=user_id).order_by("saved_at", "id")
    titles = questions.chapters("en" if get_language() == "en" else "nl")
    return {
        "answers": [
            {
                "chapter": titles.get(own.chapter, (0, own.chapter))[1],
                "title": own.title,
                "saved_at": own.saved_at.isoformat(),
                "text": own.text,
                "chosen": own.chosen,
                "lines": [{"asked": asked, "answer": words} for asked, words in own.lines],
            }
            for own in selectors.opened(rows, audit.machine(vault_id, "book.export"))
        ]
    }


def erase(user_id: UUID, vault_id: UUID) -> None:
    """Remove the answers. May be repeated."""
    services.erase(user_id)


PERSONAL_DATA = PersonalData(
    room="book",
    owner_models=("book.ExerciseAnswer",),
    export=export,
    erase=erase,
    title=_("The Inspiration Book"),
    corrections=[(_("Change my answers"), "book:my_answers")],
    words={
        "answers": _("Your answers to exercises"),
        "chapter": _("Chapter"),
        "title": _("Exercise"),
        "saved_at": _("Saved on"),
        "text": _("What you wrote"),
        "chosen": _("What you chose"),
        "lines": _("What you filled in"),
        "asked": _("Asked"),
        "answer": _("Your answer"),
    },
)
