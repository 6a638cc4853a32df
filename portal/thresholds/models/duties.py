"""What the city owes because enough people asked: who owes it, until when, and when it was done."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department
from portal.proposals.models import NOT_SHOWN, Proposal, ProposalState, Visibility
from portal.thresholds.models.steps import Effect, Step


class DutyQuerySet(models.QuerySet["Duty"]):
    def visible_to(self, user: Any) -> Self:
        """Duties are public; those of hidden proposals their author's and the departments'.

        The department in charge still reads the proposal, and whichever owes the duty owes it
        still: see ``titled_for``.
        """
        seen = Q(proposal__visibility=Visibility.PUBLIC) | Q(proposal__author_id=user.pk)
        if user.is_authenticated and user.departments:
            mine = Q(department__in=user.departments) | Q(proposal__department__in=user.departments)
            seen |= Q(proposal__visibility=Visibility.HIDDEN) & mine
        return self.filter(seen)

    def titled_for(self, user: Any) -> Self:
        """With ``title``: the proposal's, or what stands there for whoever may not read it."""
        read = Proposal.objects.visible_to(user).filter(pk=OuterRef("proposal"))
        return self.annotate(title=Coalesce(Subquery(read.values("title")), Value(str(NOT_SHOWN))))

    def public(self) -> Self:
        return self.filter(proposal__visibility=Visibility.PUBLIC)

    def open(self) -> Self:
        return self.filter(done_at=None)

    def of_departments(self, departments: Iterable[int]) -> Self:
        return self.filter(department_id__in=list(departments))

    def dated(self) -> Self:
        """With ``owed_until``: the date of the proposal's clock for an answer that is owed."""
        of_the_clock = When(
            done_at=None,
            step__effect=Effect.ANSWER,
            then=Coalesce("proposal__due_on", "due_on"),
        )
        return self.annotate(owed_until=Case(of_the_clock, default="due_on"))

    def late(self) -> Self:
        """Those owed still whose date has passed, and whose clock does not stand still."""
        passed = self.dated().open().filter(owed_until__lt=timezone.localdate())
        return passed.exclude(step__effect=Effect.ANSWER, proposal__state=ProposalState.SUPPLEMENT)

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
    def owed_on(self) -> date:
        """Until when it is owed; an answer until the date of the proposal's clock."""
        is_running = self.done_at is None and self.step.effect == Effect.ANSWER
        return (is_running and self.proposal.due_on) or self.due_on

    @property
    def stands_still(self) -> bool:
        """Whether it is an answer that waits for the author's supplement."""
        waits = self.step.effect == Effect.ANSWER and self.done_at is None
        return waits and self.proposal.state == ProposalState.SUPPLEMENT

    @property
    def is_late(self) -> bool:
        is_owed = self.done_at is None and not self.stands_still
        return is_owed and self.owed_on < timezone.localdate()


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
