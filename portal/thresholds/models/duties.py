"""What the city owes because enough people asked: who owes it, until when, and when it was done."""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department
from portal.proposals.models import Proposal, Visibility
from portal.thresholds.models.steps import Effect, Step


class DutyQuerySet(models.QuerySet["Duty"]):
    def visible_to(self, user: Any) -> Self:
        """Duties are public, those of hidden proposals are their author's alone."""
        public = Q(proposal__visibility=Visibility.PUBLIC)
        return self.filter(public | Q(proposal__author_id=user.pk))

    def public(self) -> Self:
        return self.filter(proposal__visibility=Visibility.PUBLIC)

    def open(self) -> Self:
        return self.filter(done_at=None)

    def of_departments(self, departments: Iterable[int]) -> Self:
        return self.filter(department_id__in=list(departments))

    def beside_answers(self) -> Self:
        """Those that are no answer: answers stand on a list of their own."""
        return self.exclude(step__effect=Effect.ANSWER)


class Duty(models.Model):
    """What one step, once passed by one proposal, obliges a department to do."""

    class Reason(models.TextChoices):
        SUPPORTS = "supports", _("Enough people support it")
        PANEL = "panel", _("Lifted by the panel drawn by lot")

    class Outcome(models.TextChoices):
        FULFILLED = "fulfilled", _("Done")
        ANSWERED = "answered", _("Answered")
        REFERRED = "referred", _("Referred to the council")
        ENDED = "ended", _("Ended with the proposal")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="duties")
    step = models.ForeignKey(Step, models.PROTECT, related_name="duties")
    department = models.ForeignKey(Department, models.PROTECT, related_name="duties")
    reason = models.CharField(max_length=10, choices=Reason)
    supports = models.PositiveIntegerField()
    raised_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    what = models.TextField(blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty from supports")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "step"], name="one_duty_each_step"),
            models.CheckConstraint(
                condition=Q(done_at=None, outcome="") | (Q(done_at__isnull=False) & ~Q(outcome="")),
                name="done_duties_have_an_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="duty_open", condition=Q(done_at=None)),
            models.Index(fields=["-done_at"], name="duty_done"),
        ]

    def __str__(self) -> str:
        return f"{self.step.get_effect_display()}: {self.proposal_id}"

    def get_absolute_url(self) -> str:
        return reverse("thresholds:fulfil", args=[self.pk])

    @property
    def is_late(self) -> bool:
        return self.done_at is None and self.due_on < timezone.localdate()


class Closing(models.Model):
    """The end of a proposal's time to gather support, below its first step."""

    proposal = models.OneToOneField(
        Proposal, models.CASCADE, primary_key=True, related_name="closing"
    )
    step = models.ForeignKey(Step, models.PROTECT, related_name="+")
    supports = models.PositiveIntegerField()
    closed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.supports} of {self.step.supports}"


class Touched(models.Model):
    """A proposal whose count has moved and has not been measured against its steps yet."""

    proposal_id = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.proposal_id)
