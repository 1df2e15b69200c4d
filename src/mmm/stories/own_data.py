"""What this room holds about a person, for the `personal_data` door: the whole story, with its history."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mmm.foundation import audit, crypto
from mmm.foundation.doors import PersonalData
from mmm.foundation.retention import rule
from mmm.stories import questions, selectors, services
from mmm.stories.care_card import services as care_card
from mmm.stories.care_card.content import sentences
from mmm.stories.models import Answer, CareCard, Earlier, OtherText, Part, ReadersText
from mmm.stories.offers import own_data as offers
from mmm.stories.offers import services as offer_services


def export(user_id: UUID, vault_id: UUID) -> dict[str, Any]:
    """Everything the person wrote and chose: by part and question, each with what stood there before."""
    receipt = audit.machine(vault_id, "stories.export")
    order = [text.kind for text in questions.parts()]
    found = Part.objects.filter(owner_id=user_id).prefetch_related(
        "answers", "answers__earlier", "answers__others", "answers__for_readers"
    )
    return {
        "parts": [_part(part, receipt) for part in sorted(found, key=lambda part: order.index(part.kind))],
        "care_card": [_card(row, receipt) for row in CareCard.objects.filter(owner_id=user_id)],
        "passed_on": offers.export(user_id, receipt),
    }


def _card(row: CareCard, receipt: crypto.Receipt) -> dict[str, Any]:
    chosen = crypto.unseal_json(row.choices, receipt) if row.choices else {}
    titles = {
        f"{part.kind}.{question.key}": question.title
        for part in questions.parts()
        for question in part.questions
    }
    return {
        "answers": [titles[key] for key in chosen.get("answers", ()) if key in titles],
        "do": [text for key, text in sentences("do").items() if key in chosen.get("do", ())],
        "not_needed": [
            text for key, text in sentences("not_needed").items() if key in chosen.get("not_needed", ())
        ],
        "who": chosen.get("who", ""),
    }


def _part(part: Part, receipt: crypto.Receipt) -> dict[str, Any]:
    text = questions.part(part.kind)
    answers = {answer.question: answer for answer in part.answers.all()}
    return {
        "kind": part.kind,
        "title": text.title,
        "changed_at": part.updated_at.isoformat(),
        "questions": [
            _answer(question, answers[question.key], receipt)
            for question in text.questions
            if question.key in answers
        ],
    }


def _answer(question: questions.Question, answer: Answer, receipt: crypto.Receipt) -> dict[str, Any]:
    newest_first = sorted(answer.earlier.all(), key=lambda row: row.saved_at, reverse=True)
    return {
        "title": question.title,
        **_text(question, answer, receipt),
        "readers_still_have": [
            _text(question, row, receipt) for row in [getattr(answer, "for_readers", None)] if row
        ],
        "written_elsewhere": [_text(question, row, receipt) for row in answer.others.all()],
        "earlier": [_text(question, row, receipt) for row in newest_first],
    }


def _text(
    question: questions.Question, row: Answer | Earlier | OtherText | ReadersText, receipt: crypto.Receipt
) -> dict[str, Any]:
    """One content in words: what was written, and the sentences and conditions that were chosen."""
    content = selectors.content_of(row, receipt)
    choices = content.get("choices", {})
    picked = content.get("picked", ())
    return {
        "saved_at": row.saved_at.isoformat(),
        "text": content.get("text", ""),
        "chosen": [card.text for card in question.cards if card.key in picked],
        **{
            name: [each.label for each in questions.conditions() if choices.get(each.key) == level]
            for name, level in (("needed", "needed"), ("nice", "nice"), ("makes_no_difference", "either"))
        },
        "with_help": bool(content.get("with_help")),
    }


def erase(user_id: UUID, vault_id: UUID) -> None:
    """Remove the story, the card and what was passed on. May be repeated."""
    services.erase(user_id)
    care_card.erase(user_id)
    offer_services.erase(user_id)


PERSONAL_DATA = PersonalData(
    room="stories",
    owner_models=(
        "stories.Part",
        "stories.Answer",
        "stories.Earlier",
        "stories.OtherText",
        "stories.ReadersText",
        "stories.CareCard",
        "stories.Offer",
        "stories.OfferText",
        "stories.OfferNote",
    ),
    export=export,
    erase=erase,
    title=_("My story"),
    retention=(rule("drafts to pass on"), rule("ended stories")),
    corrections=[
        (_("Change my story"), "stories:overview"),
        (_("Change or take back a story I passed on"), "stories:offers"),
    ],
    words={
        "parts": _("The parts of your story"),
        "kind": _("Name for machines"),
        "title": _("Name"),
        "changed_at": _("Last changed"),
        "questions": _("Your answers"),
        "saved_at": _("Saved on"),
        "text": _("What you wrote"),
        "chosen": _("Sentences you chose"),
        "needed": _("This is what I need"),
        "nice": _("This is what I like"),
        "makes_no_difference": _("This makes no difference to me"),
        "with_help": _("Written with help"),
        "readers_still_have": _("What your readers get until you press save"),
        "written_elsewhere": _("Written on another device"),
        "earlier": _("What stood here before"),
        "care_card": _("Card for who gives you care"),
        "answers": _("Answers on the card"),
        "do": _("What the other can do"),
        "not_needed": _("What the other need not do"),
        "who": _("Whom you want to be there"),
        "passed_on": _("Stories you passed on"),
        "state": _("How it stands"),
        "sent_at": _("Given to the editors on"),
        "approved_at": _("You said yes on"),
        "published_at": _("On the website since"),
        "ended_at": _("Ended on"),
        "address": _("Address"),
        "texts": _("The texts"),
        "by": _("Written by"),
        "name": _("The name that stands with it"),
        "note": _("What a reader should know beforehand"),
        "notes": _("What was said about it"),
        "made_at": _("When"),
        "words": _("The words"),
    },
)
