"""A person's own data as one file: asked for, made by the worker, erased after some days."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.uploads import RandomName


class DownloadState(models.TextChoices):
    """Where the making of a file stands."""

    WAITING = "waiting", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")
    ERASED = "erased", _("Erased")


TONES = {
    DownloadState.WAITING: "info",
    DownloadState.READY: "success",
    DownloadState.FAILED: "danger",
    DownloadState.ERASED: "gray",
}


class DownloadQuerySet(models.QuerySet["Download"]):
    def visible_to(self, user: Any) -> Self:
        """Each person sees their own and nobody else's; no office opens them."""
        return self.filter(person_id=user.pk) if user.pk else self.none()

    def waiting(self) -> Self:
        return self.filter(state=DownloadState.WAITING)

    def ready(self) -> Self:
        return self.filter(state=DownloadState.READY)


class Download(models.Model):
    """One file with all that is kept about a person; ``domain.downloads`` makes and erases it."""

    S: ClassVar = DownloadState

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="downloads")
    state = models.CharField(max_length=10, choices=DownloadState, default=DownloadState.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    file = models.FileField(upload_to=RandomName("own-data"), max_length=120, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    kinds = models.PositiveSmallIntegerField(default=0)

    objects = DownloadQuerySet.as_manager()

    class Meta:
        verbose_name = _("download of own data")
        verbose_name_plural = _("downloads of own data")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="waiting"), name="one_download_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | (~Q(file="") & Q(expires_at__isnull=False)),
                name="ready_downloads_have_a_file_and_an_end",
            ),
        ]
        indexes = [models.Index(fields=["person", "-asked_at"], name="download_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.asked_at:%F}"

    def get_absolute_url(self) -> str:
        return reverse("rights:download_file", args=[self.uuid])

    @property
    def tone(self) -> str:
        return TONES[DownloadState(self.state)]

    @property
    def is_ready(self) -> bool:
        ends = self.expires_at
        return self.state == DownloadState.READY and ends is not None and ends > timezone.now()
