"""What was measured, with which evidence, and who verified it.

Figures are kept as they were handed in. What follows from them (change, percent, ratio)
is computed by ``domain.scores`` whenever it is shown, never stored.
"""

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.models.reference import Indicator
from livinglabs.models import Lab
from portal.accounts.models import Department, User
from portal.lifecycle import Living
from portal.proposals.models import Proposal
from portal.quarantine.models import StatedQuerySet
from portal.uploads import RandomName

EARLIEST, LATEST = date(1950, 1, 1), date(2100, 1, 1)


def figure(name: Any) -> models.DecimalField:
    """A column for a figure that may be missing: 15 digits, and 6 after the point."""
    return models.DecimalField(name, max_digits=21, decimal_places=6, null=True, blank=True)


class MeasurementState(models.TextChoices):
    """Where a measurement stands."""

    RECORDED = "recorded", _("Waiting for verification")
    VERIFIED = "verified", _("Independently verified")
    QUESTIONED = "questioned", _("Questioned")


TONES = {
    MeasurementState.RECORDED: "info",
    MeasurementState.VERIFIED: "success",
    MeasurementState.QUESTIONED: "warning",
}


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All of them: that a figure is not verified yet is said beside it."""
        return self

    def verified(self) -> Self:
        return self.filter(state=MeasurementState.VERIFIED)

    def unverified(self) -> Self:
        return self.exclude(state=MeasurementState.VERIFIED)

    def waiting_for(self, person: User) -> Self:
        """Those that ``person`` may verify: neither the person's own nor the department's."""
        waiting = self.filter(state=MeasurementState.RECORDED, evidence_count__gt=0)
        return waiting.exclude(author=person).exclude(department__in=person.departments)

    def questioned_of(self, person: User) -> Self:
        return self.filter(state=MeasurementState.QUESTIONED, author=person)

    def of_proposal(self, proposal: Proposal) -> Self:
        return self.filter(lab__mandate__proposal=proposal)

    def of_lab(self, lab: Lab) -> Self:
        return self.filter(lab=lab)

    def latest_each(self) -> Self:
        """The newest of each indicator."""
        return self.order_by("indicator_id", "-period_end", "-id").distinct("indicator_id")

    def with_indicator(self) -> Self:
        return self.select_related("indicator__group__framework", "lab")

    def for_page(self) -> Self:
        return self.with_indicator().select_related("author", "verified_by", "department")


class Measurement(Living):
    """What one indicator came to, for one lab or subject and one span of days."""

    S = MeasurementState
    MOVES: ClassVar = {
        S.RECORDED: {S.VERIFIED, S.QUESTIONED},
        S.QUESTIONED: {S.RECORDED},
    }

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="measurements")
    lab = models.ForeignKey(
        Lab,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="measurements",
        verbose_name=_("living lab"),
    )
    subject = models.CharField(_("what was measured"), max_length=150, blank=True)
    period_start = models.DateField(_("first day"))
    period_end = models.DateField(_("last day"))
    baseline = figure(_("baseline"))
    result = figure(_("result"))
    numerator = figure(_("benefit (above the line)"))
    denominator = figure(_("cost (below the line)"))
    done = models.BooleanField(_("done"), null=True, blank=True)
    note = models.TextField(_("how it was measured"), blank=True, max_length=2000)
    # What a published report prints: {"change" | "percent" | "points" | "ratio": "23.6"}.
    reported = models.JSONField(default=dict, blank=True, editable=False)
    state = models.CharField(
        max_length=12,
        choices=MeasurementState,
        default=MeasurementState.RECORDED,
        editable=False,
    )
    author = models.ForeignKey(User, models.PROTECT, related_name="measurements")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="measurements", editable=False
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    evidence_count = models.PositiveSmallIntegerField(default=0, editable=False)
    verified_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    verified_at = models.DateTimeField(null=True, editable=False)
    question = models.TextField(blank=True, editable=False)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["-period_end", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MeasurementState.values), name="measurement_state_known"
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")), name="measurement_has_a_period"
            ),
            models.CheckConstraint(
                condition=Q(period_start__gte=EARLIEST, period_end__lt=LATEST),
                name="measurement_days_are_of_our_time",
            ),
            models.CheckConstraint(
                condition=Q(lab__isnull=False) | ~Q(subject=""), name="measurement_has_a_subject"
            ),
            models.CheckConstraint(
                condition=Q(done__isnull=False)
                | Q(result__isnull=False)
                | Q(numerator__isnull=False, denominator__isnull=False),
                name="measurement_says_something",
            ),
            models.CheckConstraint(
                condition=Q(denominator=None) | ~Q(denominator=0), name="nothing_is_divided_by_zero"
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None) | ~Q(verified_by=F("author")),
                name="nobody_verifies_the_own_measurement",
            ),
            models.CheckConstraint(
                condition=~Q(state="verified")
                | Q(verified_by__isnull=False, verified_at__isnull=False, evidence_count__gte=1),
                name="verified_measurements_have_evidence",
            ),
            models.CheckConstraint(
                condition=~Q(state="questioned") | ~Q(question=""),
                name="questioned_measurements_say_why",
            ),
            models.UniqueConstraint(
                fields=["indicator", "lab", "subject", "period_start", "period_end"],
                nulls_distinct=False,
                name="one_measurement_each_period",
                violation_error_message=_("There is a measurement for these days already."),
            ),
        ]
        indexes = [
            models.Index(fields=["indicator", "-period_end", "-id"], name="measurement_newest"),
            models.Index(fields=["state", "recorded_at"], name="measurement_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.name}: {self.about}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:measurement", args=[self.pk])

    @property
    def about(self) -> str:
        """The lab or the thing that was measured."""
        return self.subject or (self.lab.title if self.lab else "")

    @property
    def tone(self) -> str:
        return TONES[MeasurementState(self.state)]


class Evidence(models.Model):
    """What shows that a measurement is right: a file or an address."""

    measurement = models.ForeignKey(Measurement, models.PROTECT, related_name="evidence")
    title = models.CharField(_("title"), max_length=120)
    file = models.FileField(_("file"), upload_to=RandomName("evidence"), blank=True, max_length=120)
    name = models.CharField(max_length=255, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    url = models.URLField(_("address"), blank=True, max_length=500)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = StatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence of a measurement")
        verbose_name_plural = _("evidence of measurements")
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(file="") & Q(sha256__regex=r"^[0-9a-f]{64}$")) | ~Q(url=""),
                name="measurement_evidence_has_substance",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def file_url(self) -> str:
        return reverse("evaluation:evidence", args=[self.measurement_id, self.pk])
