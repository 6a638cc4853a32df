"""Reports that were asked for, built once and never changed, and their files.

A run holds the snapshot from which every file was made. A correction is another
edition of the same period; the old one stays.
"""

import json
from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import registry
from portal.accounts.models import User
from portal.lifecycle import Living
from portal.reports import periods
from portal.uploads import RandomName


class RunState(models.TextChoices):
    """Where the making of a report stands."""

    QUEUED = "queued", _("Waiting to be made")
    BUILDING = "building", _("Being made")
    DONE = "done", _("Published and final")
    FAILED = "failed", _("Could not be made")


TONES = {
    RunState.QUEUED: "gray",
    RunState.BUILDING: "info",
    RunState.DONE: "success",
    RunState.FAILED: "danger",
}


class RunQuerySet(models.QuerySet["Run"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Reports are public, and so is that one is late or could not be made."""
        return self.all()

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def of_period(self, period: periods.Period) -> Self:
        return self.filter(period_start=period.start)

    def done(self) -> Self:
        return self.filter(state=RunState.DONE)

    def failed(self) -> Self:
        return self.filter(state=RunState.FAILED)

    def queued(self) -> Self:
        return self.filter(state=RunState.QUEUED)

    def building(self) -> Self:
        return self.filter(state=RunState.BUILDING)

    def newest_first(self) -> Self:
        return self.order_by("-period_start", "-id")

    def for_lists(self) -> Self:
        """Without the long texts, with the files."""
        return self.defer("snapshot").prefetch_related("artefacts")


class Run(Living):
    """One edition of one report on one period; ``domain.runs`` moves it."""

    S = RunState
    MOVES = {
        S.QUEUED: {S.BUILDING},
        S.BUILDING: {S.DONE, S.FAILED},
        S.FAILED: {S.QUEUED},
    }

    kind = models.CharField(_("report"), max_length=60)
    period = models.CharField(_("period"), max_length=10)
    period_start = models.DateField()
    # The first day that does not belong to the period any more.
    period_end = models.DateField()
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.QUEUED)
    requested_at = models.DateTimeField(default=timezone.now, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, editable=False)
    snapshot = models.TextField(blank=True)
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    # The public key under which the manifest was signed.
    vkey = models.CharField(max_length=250, blank=True)
    # The place in the chain of all manifests of this kind, from 1.
    serial = models.PositiveIntegerField(null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "period_start", "edition"], name="one_run_each_edition"
            ),
            models.UniqueConstraint(fields=["kind", "serial"], name="one_run_each_place_in_chain"),
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="run_state_known"),
            models.CheckConstraint(
                condition=Q(period_end__gt=F("period_start")), name="period_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(state="done")
                | (
                    ~Q(snapshot="")
                    & Q(manifest_sha256__regex=r"^[0-9a-f]{64}$")
                    & Q(serial__isnull=False)
                    & Q(done_at__isnull=False)
                ),
                name="published_reports_are_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(error=""), name="failed_runs_say_why"
            ),
        ]
        indexes = [
            models.Index(fields=["-period_start", "-id"], name="run_newest"),
            models.Index(fields=["kind", "-period_start", "-id"], name="run_newest_of_kind"),
            models.Index(fields=["manifest_sha256"], name="run_by_manifest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.period} ({self.edition})"

    def get_absolute_url(self) -> str:
        return reverse("reports:detail", args=[self.pk])

    @property
    def title(self) -> str:
        """What the report is called today; the frozen title is in the snapshot."""
        kind = registry.report_kinds.get(self.kind)
        return str(kind.title) if kind else self.kind

    @property
    def span(self) -> periods.Period:
        every = next(name for name, form in periods.FORMS.items() if form.fullmatch(self.period))
        return periods.parse(self.period, every)

    @property
    def tone(self) -> str:
        return TONES[RunState(self.state)]

    @cached_property
    def content(self) -> dict[str, Any]:
        """The snapshot as a dictionary; empty before the report is made."""
        return json.loads(self.snapshot) if self.snapshot else {}

    @property
    def slug(self) -> str:
        """The beginning of the names of its files."""
        return f"{self.kind}-{self.period}-{self.edition}"


class Artefact(models.Model):
    """One file of a published report."""

    class Format(models.TextChoices):
        PDF = "pdf", _("Document (PDF)")
        XLSX = "xlsx", _("Spreadsheet (XLSX)")
        CSV = "csv", _("Tables (CSV, zipped)")
        JSON = "json", _("Data (JSON)")
        MANIFEST = "manifest", _("Manifest (signed list of the files)")

    run = models.ForeignKey(Run, models.PROTECT, related_name="artefacts")
    format = models.CharField(max_length=10, choices=Format)
    name = models.CharField(max_length=120)
    file = models.FileField(upload_to=RandomName("reports"), max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "format"], name="one_file_each_format"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_has_its_hash"
            ),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="artefact_by_hash"),
            models.Index(fields=["name"], name="artefact_by_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reports:download", args=[self.run_id, self.format])
