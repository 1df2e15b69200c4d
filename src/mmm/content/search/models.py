"""What can be found: a copy of public text, which can be thrown away and built anew at any time.

The words themselves lie where each database finds them fastest, see `engines`.
"""

from django.db import models

from mmm.foundation.dataclass import P0, TRACE, classified


@classified(
    id=TRACE,
    kind=P0,
    language=P0,
    facets=P0,
    date=P0,
    until=P0,
    key=P0,
    path=P0,
    title=P0,
    intro=P0,
    text=P0,
)
class Document(models.Model):
    """One public page in one language. `facets` is " voor:worker thema:limits ".

    A whole number as its key, because SQLite's index of words knows rows by number only. The long text is the
    last column: a database that reads the others does not come near it.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=32)
    language = models.CharField(max_length=2)
    facets = models.CharField(max_length=300)
    date = models.DateField(null=True)
    until = models.DateField(null=True)
    key = models.CharField(max_length=100)
    path = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    intro = models.TextField()
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "language"], name="search_one_of_each"),
        ]
        # What counting by facet reads, without the long texts between.
        indexes = [models.Index(fields=["id", "kind", "facets"], name="search_facets")]


@classified(id=TRACE, mark=TRACE)
class Looked(models.Model):
    """The one row (id 1) with the mark of the public edition that the index was last compared with."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    mark = models.CharField(max_length=32)


@classified(id=TRACE, language=P0, word=P0, uses=TRACE)
class Word(models.Model):
    """A word of titles and introductions, to find what somebody meant who makes a typing mistake."""

    id = models.BigAutoField(primary_key=True)
    language = models.CharField(max_length=2)
    word = models.CharField(max_length=40)
    uses = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="search_word_once")]


@classified(id=TRACE, language=P0, gram=P0, word=P0)
class Gram(models.Model):
    """Three letters of the sound of a word (`words.grams`), or all but one of them (`words.misses`)."""

    id = models.BigAutoField(primary_key=True)
    language = models.CharField(max_length=2)
    gram = models.CharField(max_length=48)
    word = models.ForeignKey(Word, on_delete=models.CASCADE, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "gram", "word"], name="search_gram_once"),
        ]
