"""How long each kind of row is kept, by which rule, and each carrying-out of it."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Role
from portal.bilingual import Bilingual, in_korean
from portal.proposals.models import Proposal


class Period(Bilingual):
    """The period of one kind of row. Without days, another rule ends it, said in words."""

    days = models.PositiveIntegerField(_("days kept"), null=True, blank=True)
    # Of these days, how many are left when the holder is told that the row will go.
    warn_days = models.PositiveIntegerField(_("days of warning"), null=True, blank=True)
    since_ko = models.CharField(_("counted from, Korean"), max_length=300)
    since_en = models.CharField(_("counted from, English"), max_length=300)
    source_ko = models.CharField(_("source, Korean"), max_length=300)
    source_en = models.CharField(_("source, English"), max_length=300)
    order = models.PositiveSmallIntegerField(_("place in the list"), default=100)

    class Meta(Bilingual.Meta):
        verbose_name = _("retention period")
        verbose_name_plural = _("retention periods")
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days=None) | Q(days__gte=1), name="retention_lasts_a_day"
            ),
            models.CheckConstraint(
                condition=Q(warn_days=None) | Q(warn_days__lt=models.F("days")),
                name="warnings_come_within_the_period",
            ),
        ]

    @property
    def since(self) -> str:
        return self.since_ko if in_korean() else self.since_en

    @property
    def source(self) -> str:
        return self.source_ko if in_korean() else self.source_en


class DraftWarning(models.Model):
    """That a draft's author was told that the draft will be erased."""

    proposal = models.OneToOneField(
        Proposal, models.CASCADE, primary_key=True, related_name="draft_warning"
    )
    warned_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["warned_at"], name="draft_warning_at")]

    def __str__(self) -> str:
        return f"{self.proposal_id} at {self.warned_at:%F}"


class RetentionRunQuerySet(models.QuerySet["RetentionRun"]):
    def visible_to(self, user: Any) -> Self:
        """Operators and auditors look after it."""
        may = user.is_authenticated and user.holds(Role.OPERATOR, Role.AUDITOR)
        return self if may else self.none()


class RetentionRun(models.Model):
    """One night's erasures: how many rows of each kind, and whether more were left."""

    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(default=timezone.now)
    counts = models.JSONField(default=dict)
    # Kinds whose batches were used up before their rows were; they go on the next night.
    unfinished = models.JSONField(default=list)
    failed = models.JSONField(default=list)

    objects = RetentionRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("carrying out of the retention periods")
        verbose_name_plural = _("carryings out of the retention periods")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%F}: {self.total}"

    @property
    def total(self) -> int:
        return sum(self.counts.values())
