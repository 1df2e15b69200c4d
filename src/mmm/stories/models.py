"""Nouns of the story. Texts are sealed with the owner's vault; what is plain is trace only."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from mmm.foundation import crypto, ids
from mmm.foundation.dataclass import P2, P3, TRACE, classified


@classified(id=TRACE, owner=TRACE, vault_id=TRACE, kind=TRACE, updated_at=TRACE)
class Part(models.Model):
    """One part of one person's story: the thing that is shared and taken back as a whole."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="story_parts")
    vault_id = models.UUIDField()
    kind = models.CharField(max_length=16)  # one of questions.DATA_CLASS
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "kind"], name="one_part_of_a_kind")]


@classified(
    id=TRACE,
    part=TRACE,
    vault_id=TRACE,
    question=TRACE,
    version=TRACE,
    saved_at=TRACE,
    page=TRACE,
    turn=TRACE,
    filled=TRACE,
    content=P3,
)
class Answer(models.Model):
    """What the person wrote or chose at one question. `version` counts the saves, from 1."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    part = models.ForeignKey(Part, models.CASCADE, related_name="answers")
    vault_id = models.UUIDField()
    question = models.CharField(max_length=32)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    # The opened page that saved last, and its how-manieth save: what comes from the same page is no conflict.
    page = models.UUIDField(null=True)
    turn = models.PositiveIntegerField(default=0)
    filled = models.BooleanField(
        default=True
    )  # false when the person emptied it: the count of answers is trace
    # P2 or P3 by its part (questions.DATA_CLASS); the field is held to the stricter of the two.
    content = crypto.SealedField(
        data_class=P3, vault="vault_id", version="version", item="part_id", null=True
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "question"], name="one_answer_to_a_question")]


@classified(id=TRACE, answer=TRACE, vault_id=TRACE, saved_at=TRACE, content=P3)
class Earlier(models.Model):
    """What an answer held before, so that the person can look back and put it back."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="earlier")
    vault_id = models.UUIDField()
    saved_at = models.DateTimeField()
    content = crypto.SealedField(data_class=P3, version=None)

    class Meta:
        indexes = [models.Index(fields=["answer", "-saved_at"], name="earlier_newest_first")]


@classified(id=TRACE, answer=TRACE, part=TRACE, vault_id=TRACE, saved_at=TRACE, content=P3)
class ReadersText(models.Model):
    """What readers get of an answer while its writer is still typing: what was saved by a button.

    There is one only between a save by the page itself and the next button; `content` is empty when the
    answer was begun since. Written once, like an earlier text.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    answer = models.OneToOneField(Answer, models.CASCADE, related_name="for_readers")
    part = models.ForeignKey(Part, models.CASCADE, related_name="+")  # what a look names
    vault_id = models.UUIDField()
    saved_at = models.DateTimeField()
    content = crypto.SealedField(data_class=P3, version=None, item="part_id", null=True)


@classified(id=TRACE, answer=TRACE, vault_id=TRACE, saved_at=TRACE, content=P3)
class OtherText(models.Model):
    """A text that another device wrote at the same moment, kept until the person has chosen."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="others")
    vault_id = models.UUIDField()
    saved_at = models.DateTimeField()
    content = crypto.SealedField(data_class=P3, version=None)


@classified(id=TRACE, owner=TRACE, vault_id=TRACE, version=TRACE, choices=P2)
class CareCard(models.Model):
    """What goes on the card for who gives care: keys of answers and sentences, and whom one wants there."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    vault_id = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    choices = crypto.SealedField(data_class=P2, null=True)


# Letters of a public address: none that is read as another.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def address() -> str:
    """A new public address of a story that somebody gives."""
    return "".join(secrets.choice(LETTERS) for _ in range(12))


@classified(
    id=TRACE,
    owner=TRACE,
    vault_id=TRACE,
    region=TRACE,
    state=TRACE,
    language=TRACE,
    version=TRACE,
    changed_at=TRACE,
    sent_at=TRACE,
    approved_at=TRACE,
    published_at=TRACE,
    ended_at=TRACE,
    hidden_at=TRACE,
    slug=TRACE,
    public_text=TRACE,
)
class Offer(models.Model):
    """A story that somebody passes on (*Geef je verhaal door*).

    draft -> sent -> editing <-> proposed -> approved (waits seven days, then public) -> withdrawn; refused by
    a human, with a reason. `version` counts the saves of its text and the steps it took.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        SENT = "sent"
        EDITING = "editing"
        PROPOSED = "proposed"
        APPROVED = "approved"
        WITHDRAWN = "withdrawn"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="offers")
    vault_id = models.UUIDField()
    region = models.ForeignKey("region.Region", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    language = models.CharField(max_length=2, default="nl")  # of its words: that of who began it
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)
    # In its public address: random letters, that say nothing about anybody.
    slug = models.CharField(max_length=16, unique=True, default=address)
    # The text that the person approved, word for word; there is none before and none after.
    public_text = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner"],
                condition=Q(state__in=["draft", "sent", "editing", "proposed"])
                | Q(state="approved", published_at__isnull=True),
                name="one_story_on_its_way",
            ),
            models.CheckConstraint(
                condition=Q(state="approved", approved_at__isnull=False, public_text__isnull=False)
                | (~Q(state="approved") & Q(public_text=None)),
                name="public_text_is_approved",
            ),
        ]
        indexes = [models.Index(fields=["state", "published_at"], name="offer_public")]


@classified(id=TRACE, offer=TRACE, vault_id=TRACE, number=TRACE, version=TRACE, by_editor=TRACE, content=P3)
class OfferText(models.Model):
    """The words of a story to pass on: a new row when the other of the two, person or editor, writes."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="texts")
    vault_id = models.UUIDField()
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    by_editor = models.BooleanField(default=False)
    content = crypto.SealedField(data_class=P3, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "number"], name="one_text_of_a_number")]


@classified(id=TRACE, offer=TRACE, vault_id=TRACE, kind=TRACE, made_at=TRACE, content=P3)
class OfferNote(models.Model):
    """What person and editor say to each other about a story to pass on."""

    class Kind(models.TextChoices):
        QUESTION = "question"
        ANSWER = "answer"
        BACK = "back"
        REFUSED = "refused"
        HIDDEN = "hidden"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="notes")
    vault_id = models.UUIDField()
    kind = models.CharField(max_length=8, choices=Kind)
    made_at = models.DateTimeField()
    content = crypto.SealedField(data_class=P3, version=None, item="offer_id", null=True)
