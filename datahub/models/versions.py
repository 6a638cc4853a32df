"""Versions of datasets and their columns."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from datahub.models.states import DatasetState, VersionStage
from portal.accounts.models import Role
from portal.uploads import RandomName


class VersionQuerySet(models.QuerySet["Version"]):
    def visible_to(self, user: Any) -> Self:
        """Public versions of published datasets, and all versions of one's own datasets."""
        public = Q(released_at__isnull=False, dataset__state=DatasetState.PUBLISHED)
        if not user.is_authenticated:
            return self.filter(public)
        if user.holds(Role.OPERATOR, Role.AUDITOR):
            return self
        own = Q(dataset__publisher__in=user.departments) | Q(dataset__created_by=user)
        return self.filter(public | own)

    def released(self) -> Self:
        return self.filter(released_at__isnull=False)

    def waiting(self) -> Self:
        return self.filter(stage=VersionStage.WAITING)

    def newest(self) -> Self:
        """Those after which their dataset has got no other."""
        later = Version.objects.filter(dataset=OuterRef("dataset"), number__gt=OuterRef("number"))
        return self.exclude(Exists(later))

    def stuck(self) -> Self:
        """Those that could not be read, or that may hold personal data and wait for a look."""
        held = Q(stage=VersionStage.READY, confirmed_at=None) & ~Q(findings=[])
        return self.filter(Q(stage=VersionStage.FAILED) | held)


class Version(models.Model):
    """One file of a dataset as it was handed in, and the table made of it. It never changes."""

    dataset = models.ForeignKey("datahub.Dataset", models.PROTECT, related_name="versions")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField(_("number"))
    stage = models.CharField(max_length=10, choices=VersionStage, default=VersionStage.WAITING)
    note = models.CharField(_("what is new"), max_length=300, blank=True)
    original = models.FileField(upload_to=RandomName("data/original"), max_length=120)
    original_name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=10, blank=True)
    encoding = models.CharField(max_length=20, blank=True)
    remarks = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    rows = models.PositiveBigIntegerField(default=0)
    rows_read = models.PositiveBigIntegerField(default=0)
    error = models.TextField(blank=True)
    table = models.FileField(upload_to=RandomName("data/table"), max_length=120, blank=True)
    text = models.FileField(upload_to=RandomName("data/text"), max_length=120, blank=True)
    text_size = models.PositiveBigIntegerField(default=0)
    text_sha256 = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a dataset", "version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        indexes = [
            models.Index(
                fields=["created_at"], name="version_waiting", condition=Q(stage="waiting")
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "number"], name="one_version_each_number"),
            models.CheckConstraint(
                condition=Q(stage__in=VersionStage.values), name="version_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(stage="ready"), name="released_version_is_ready"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset_id} v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("datahub:version", args=[self.dataset.name, self.number])

    @property
    def is_ready(self) -> bool:
        return self.stage == VersionStage.READY

    @property
    def is_held(self) -> bool:
        """Whether personal data may be in it and nobody has looked yet."""
        return bool(self.findings) and self.confirmed_at is None


class Column(models.Model):
    """A column of a version: what it is called, what it holds, what it means."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        INTEGER = "integer", _("Whole number")
        NUMBER = "number", pgettext_lazy("kind of column", "Number")
        DATE = "date", _("Date")
        DATETIME = "datetime", _("Date and time")
        BOOLEAN = "boolean", _("Yes or no")

    version = models.ForeignKey(Version, models.CASCADE, related_name="columns")
    order = models.PositiveSmallIntegerField(pgettext_lazy("in a row", "place"))
    name = models.CharField(_("name"), max_length=130)
    title = models.CharField(_("header in the file"), max_length=500, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    nulls = models.PositiveBigIntegerField(_("cells without a value"), default=0)
    distinct = models.PositiveIntegerField(_("different values"), null=True)
    lowest = models.CharField(_("lowest"), max_length=60, blank=True)
    highest = models.CharField(_("highest"), max_length=60, blank=True)
    example = models.CharField(_("example"), max_length=80, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    description = models.CharField(_("meaning"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("column")
        verbose_name_plural = _("columns")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "order"], name="one_column_each_place"),
            models.UniqueConstraint(fields=["version", "name"], name="one_column_each_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """The column's name inside the table file, where no header's letters can do harm."""
        return f"c{self.order}"
