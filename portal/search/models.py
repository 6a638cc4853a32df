"""What can be found: one document per public thing, whatever room it lives in."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents, in sentences."""

    def visible_to(self, user: Any) -> Self:
        """All of them: what not everyone may see is never indexed."""
        return self.all()

    def about(self, kind: str) -> Self:
        """Those of one kind of thing."""
        return self.filter(kind=kind)


class Document(models.Model):
    """The text of one thing, its stems, and the pairs of letters of its title.

    ``m`` holds the stems without places; ``title_pairs`` codes of pairs, as ``text.codes`` makes
    them. ``updated_at`` is the thing's own time of change, so that a look at it tells whether
    the document is up to date.
    """

    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)
    title = models.TextField()
    body = models.TextField(blank=True)
    url = models.CharField(max_length=500)
    language = models.CharField(max_length=8, default="ko")
    m = SearchVectorField()
    title_pairs = ArrayField(models.IntegerField(), default=list)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    # What a query adds to the documents that it found: the place in its order, the likeness.
    place: float
    likeness: float

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="one_document_per_thing")
        ]
        indexes = [
            GinIndex(fields=["m"], name="document_morphemes"),
            GinIndex(fields=["title_pairs"], name="document_title_pairs"),
            models.Index(fields=["kind", "updated_at"], name="document_last_of_kind"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.url

    @property
    def text(self) -> str:
        """Title and body, as the words of a question are looked for in them."""
        return f"{self.title} {self.body}"


class Cell(models.Model):
    """What things are counted by: for proposals state, area, district and so on, as words."""

    kind = models.CharField(max_length=40)
    key = ArrayField(models.CharField(max_length=64), default=list)

    class Meta:
        verbose_name = _("counting cell")
        verbose_name_plural = _("counting cells")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_cell_per_key")]

    def __str__(self) -> str:
        return f"{self.kind}: {' · '.join(self.key)}"


class Entry(models.Model):
    """A document as the index reads it: narrow, so that many rows are counted fast.

    ``pairs`` holds the codes of all pairs of letters of title and body. ``thing`` is the number
    of what lists show: the thing itself, or the one that it belongs to.
    """

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True)
    kind = models.CharField(max_length=40)
    thing = models.BigIntegerField(null=True)
    cell = models.ForeignKey(Cell, models.PROTECT, db_index=False)
    created_at = models.DateTimeField()
    pairs = ArrayField(models.IntegerField(), default=list)

    class Meta:
        verbose_name = _("index entry")
        verbose_name_plural = _("index entries")
        indexes = [
            GinIndex(fields=["pairs"], name="entry_pairs"),
            models.Index(fields=["-created_at", "-document"], name="entry_newest"),
            models.Index(fields=["kind", "thing"], name="entry_of_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"


class CommonWord(models.Model):
    """A word that so many things hold that their number is kept, not counted."""

    kind = models.CharField(max_length=40)
    word = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("common word")
        verbose_name_plural = _("common words")
        constraints = [models.UniqueConstraint(fields=["kind", "word"], name="one_row_per_word")]

    def __str__(self) -> str:
        return self.word


class WordCount(models.Model):
    """How many things of a cell hold a common word."""

    word = models.ForeignKey(CommonWord, models.CASCADE, related_name="counts", db_index=False)
    cell = models.ForeignKey(Cell, models.CASCADE, db_index=False)
    n = models.IntegerField()

    class Meta:
        verbose_name = _("count of a word")
        verbose_name_plural = _("counts of words")
        constraints = [
            models.UniqueConstraint(fields=["word", "cell"], name="one_count_per_word_and_cell"),
            models.CheckConstraint(condition=models.Q(n__gte=0), name="words_are_not_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.word}: {self.n}"
