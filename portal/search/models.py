"""What can be found: one document per public thing, whatever room it lives in."""

from typing import Any, Self

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
    """The text of one thing, and three views of it that an index can answer from.

    ``m`` holds morphemes, ``b`` the pairs of letters of title (weight A) and body (D), ``title_b``
    those of the title alone. ``updated_at`` is the thing's own time of change, so that a look at
    it tells whether the document is up to date.
    """

    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)
    title = models.TextField()
    body = models.TextField(blank=True)
    url = models.CharField(max_length=500)
    language = models.CharField(max_length=8, default="ko")
    m = SearchVectorField()
    b = SearchVectorField()
    title_b = SearchVectorField()
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
            GinIndex(fields=["b"], name="document_pairs"),
            GinIndex(fields=["title_b"], name="document_title_pairs"),
            models.Index(fields=["-created_at", "-id"], name="document_newest"),
            models.Index(fields=["kind", "-created_at", "-id"], name="document_newest_of_kind"),
            models.Index(fields=["kind", "updated_at"], name="document_last_of_kind"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.url
