"""A night's release of public data, and the files of it."""

from datetime import date
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def folder_of(day: date) -> Path:
    """Where the files of a day are kept."""
    return Path(settings.MEDIA_ROOT) / "exports" / day.isoformat()


class ReleaseQuerySet(models.QuerySet["Release"]):
    def visible_to(self, user: Any) -> Self:
        """All of them: they hold nothing that is not public."""
        return self.all()


class Release(models.Model):
    """All exports of one day; made anew, it replaces the earlier one of the same day."""

    day = models.DateField(unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return self.day.isoformat()


class ExportFile(models.Model):
    """One file of a release; ``key`` names its export, and is empty for what holds all of them."""

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        JSON = "json", "JSON"
        ZIP = "zip", "ZIP"
        README = "md", _("Description")
        MANIFEST = "manifest", _("List of files with their hashes")

    release = models.ForeignKey(Release, models.CASCADE, related_name="files")
    key = models.CharField(max_length=60, blank=True)
    format = models.CharField(max_length=10, choices=Format)
    name = models.CharField(max_length=100)
    rows = models.PositiveBigIntegerField(null=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["release", "name"], name="one_file_each_name")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("exports:file", args=[self.release.day.isoformat(), self.name])

    @property
    def path(self) -> Path:
        return folder_of(self.release.day) / self.name
