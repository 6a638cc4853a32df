"""What a lab leaves behind: stages passed, evidence, money, meetings, conflicts, data."""

from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglabs.models.lab import EARLIEST, LATEST, Lab
from livinglabs.models.reference import (
    BudgetSource,
    ConflictType,
    EventKind,
    EvidenceKind,
    Stage,
)
from portal.accounts.models import User
from portal.lifecycle import Living
from portal.quarantine.models import StatedQuerySet
from portal.uploads import RandomName


class StageRecord(models.Model):
    """That a lab was in a stage: from when, until when, and who let it pass the gate."""

    lab = models.ForeignKey(Lab, models.PROTECT, related_name="stage_records")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)
    passed_at = models.DateTimeField(null=True)
    passed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["stage__order"]
        constraints = [
            models.UniqueConstraint(fields=["lab", "stage"], name="one_record_each_stage"),
            models.CheckConstraint(
                condition=Q(passed_at=None, passed_by=None)
                | Q(passed_at__isnull=False, passed_by__isnull=False),
                name="who_passed_a_gate_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lab_id}: {self.stage_id}"


class Filed(models.Model):
    """A row with a file that was looked at before it was kept."""

    file = models.FileField(_("file"), upload_to=RandomName("labs"), blank=True)
    file_name = models.CharField(max_length=255, blank=True, editable=False)
    content_type = models.CharField(max_length=100, blank=True, editable=False)
    size = models.PositiveBigIntegerField(default=0, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True


class EvidenceQuerySet(StatedQuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All of it: evidence is public, also where it was withdrawn."""
        return self

    def standing(self) -> Self:
        """What has not been withdrawn."""
        return self.filter(withdrawn_at=None)


class Evidence(Filed):
    """One piece of evidence; it is never changed or deleted, only withdrawn with a reason."""

    lab = models.ForeignKey(Lab, models.PROTECT, related_name="evidence")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="+", verbose_name=_("stage"))
    kind = models.ForeignKey(
        EvidenceKind, models.PROTECT, related_name="+", verbose_name=_("kind of evidence")
    )
    title = models.CharField(_("title"), max_length=120)
    url = models.URLField(_("address"), blank=True, max_length=500)
    text = models.TextField(_("text"), blank=True, max_length=5000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.TextField(blank=True, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["lab", "-at"], name="evidence_of_lab")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(file="") | ~Q(url="") | ~Q(text=""), name="evidence_has_substance"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="withdrawal_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def file_url(self) -> str:
        """Where its file can be had."""
        return reverse("livinglabs:evidence_file", args=[self.lab_id, self.pk])


class BudgetLineQuerySet(StatedQuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All of them: what a lab costs is public."""
        return self


class BudgetLine(Filed):
    """Money from one source for one purpose, in won."""

    lab = models.ForeignKey(Lab, models.PROTECT, related_name="budget_lines")
    source = models.ForeignKey(
        BudgetSource, models.PROTECT, related_name="+", verbose_name=_("source")
    )
    title = models.CharField(_("what for"), max_length=120)
    planned = models.BigIntegerField(_("planned"))
    spent = models.BigIntegerField(_("spent"), default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["source__order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned__gte=0, spent__gte=0),
                name="money_is_not_negative",
                violation_error_message=_("An amount cannot be below zero."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def document_url(self) -> str:
        """Where its document can be had."""
        return reverse("livinglabs:budget_file", args=[self.lab_id, self.pk])


class Event(models.Model):
    """One occasion on which the lab and people met."""

    lab = models.ForeignKey(Lab, models.PROTECT, related_name="events")
    kind = models.ForeignKey(EventKind, models.PROTECT, related_name="+", verbose_name=_("kind"))
    title = models.CharField(_("title"), max_length=120)
    held_on = models.DateField(_("date"))
    headcount = models.PositiveIntegerField(_("people present"))
    notes = models.TextField(_("what came of it"), blank=True, max_length=3000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["lab", "-held_on"], name="events_of_lab")]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on__gte=EARLIEST, held_on__lt=LATEST),
                name="event_is_of_this_century",
                violation_error_message=_("Enter a day between the years 2000 and 2099."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class ConflictState(models.TextChoices):
    OPEN = "open", _("Not settled yet")
    MEDIATED = "mediated", _("In mediation")
    RESOLVED = "resolved", _("Resolved")


CONFLICT_TONES = {
    ConflictState.OPEN: "danger",
    ConflictState.MEDIATED: "warning",
    ConflictState.RESOLVED: "success",
}


class Conflict(Living):
    """A disagreement in or around the lab, what was done, and what it led to."""

    MOVES: ClassVar = {
        ConflictState.OPEN: {ConflictState.MEDIATED, ConflictState.RESOLVED},
        ConflictState.MEDIATED: {ConflictState.RESOLVED, ConflictState.OPEN},
    }

    lab = models.ForeignKey(Lab, models.PROTECT, related_name="conflicts")
    type = models.ForeignKey(ConflictType, models.PROTECT, related_name="+", verbose_name=_("type"))
    description = models.TextField(_("what it is about"), max_length=2000)
    done = models.TextField(_("what was done"), blank=True, max_length=3000)
    state = models.CharField(
        max_length=20, choices=ConflictState, default=ConflictState.OPEN, editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["lab", "-created_at"], name="conflicts_of_lab")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(done=""), name="mediation_says_what_was_done"
            )
        ]

    def __str__(self) -> str:
        return self.description[:60]

    @property
    def tone(self) -> str:
        """The colour of the state's word."""
        return CONFLICT_TONES[ConflictState(self.state)]


class LabDatasetQuerySet(models.QuerySet["LabDataset"]):
    def public(self) -> Self:
        """Those whose dataset everyone may see."""
        return self.exclude(dataset__state="draft")


class LabDataset(models.Model):
    """That a dataset of the catalogue came out of a lab."""

    lab = models.ForeignKey(Lab, models.PROTECT, related_name="lab_datasets")
    dataset = models.ForeignKey("datahub.Dataset", models.PROTECT, related_name="lab_links")
    linked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = LabDatasetQuerySet.as_manager()

    class Meta:
        ordering = ["-linked_at"]
        constraints = [
            models.UniqueConstraint(fields=["lab", "dataset"], name="one_link_each_dataset")
        ]

    def __str__(self) -> str:
        return f"{self.lab_id}: {self.dataset_id}"
