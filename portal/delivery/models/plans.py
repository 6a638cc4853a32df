"""The plan of a department for what it promised: milestones, their dates, and slips of them."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.lifecycle import Living
from portal.proposals.models import Decision, Proposal, ProposalState, Visibility

WHOLE = 100
# Answers that promise that something is done: adopted, wholly or in part, or under way already.
PROMISED = Q(state=ProposalState.ADOPTED) | Q(
    state=ProposalState.NOT_ADOPTED, decision=Decision.ALREADY_DONE
)


def promises(proposal: Proposal) -> bool:
    """Whether the answer to ``proposal`` says that something is done; ``PROMISED`` in a query."""
    under_way = proposal.decision == Decision.ALREADY_DONE
    return proposal.state == ProposalState.ADOPTED or (
        proposal.state == ProposalState.NOT_ADOPTED and under_way
    )


class PlanState(models.TextChoices):
    """Where the doing stands. Lateness is no state."""

    RUNNING = "running", _("Being carried out")
    COMPLETED = "completed", _("Carried out")
    GIVEN_UP = "given_up", _("Cannot be carried out")


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Plans are public wherever their proposal is."""
        public = Q(proposal__visibility=Visibility.PUBLIC)
        return self.filter(public | Q(proposal__author_id=user.pk))

    def public(self) -> Self:
        return self.filter(proposal__visibility=Visibility.PUBLIC)

    def running(self) -> Self:
        return self.filter(state=PlanState.RUNNING)

    def of_departments(self, departments: Iterable[int]) -> Self:
        return self.filter(proposal__department_id__in=list(departments))

    def for_page(self) -> Self:
        return self.select_related("proposal__department").prefetch_related("milestones")


class Plan(Living):
    """How a department carries out one proposal; ``domain.plans`` moves it."""

    S = PlanState
    MOVES = {S.RUNNING: {S.COMPLETED, S.GIVEN_UP}}

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="plan")
    summary = models.TextField(_("what is done"), max_length=3000)
    state = models.CharField(max_length=20, choices=PlanState, default=PlanState.RUNNING)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    outcome = models.TextField(blank=True, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        indexes = [models.Index(fields=["-begun_at", "-id"], name="plan_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PlanState.values), name="plan_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="running", ended_at=None, outcome="")
                | (Q(ended_at__isnull=False) & ~Q(state="running") & ~Q(outcome="")),
                name="plans_end_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.proposal}"

    def get_absolute_url(self) -> str:
        return reverse("delivery:plan", args=[self.pk])

    @property
    def is_running(self) -> bool:
        return self.state == PlanState.RUNNING

    @property
    def percent(self) -> int:
        """How much is done, by the weights of the milestones: a whole number from 0 to 100."""
        return sum(step.weight * step.percent for step in self.milestones.all()) // WHOLE

    @property
    def due_on(self) -> date | None:
        """When the last milestone is promised."""
        return max((step.due_on for step in self.milestones.all()), default=None)

    @property
    def late(self) -> list["Milestone"]:
        """The milestones whose day has passed, while the plan runs."""
        return [step for step in self.milestones.all() if self.is_running and step.is_late]


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def open(self) -> Self:
        """Those that are still to be reached, of plans that run."""
        return self.filter(done_on=None, plan__state=PlanState.RUNNING)

    def of_departments(self, departments: Iterable[int]) -> Self:
        return self.filter(plan__proposal__department_id__in=list(departments))


class Milestone(models.Model):
    """One step of a plan: first promised, now due, reached."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=120)
    weight = models.PositiveSmallIntegerField(
        _("share of the whole (%)"), validators=[MinValueValidator(1), MaxValueValidator(WHOLE)]
    )
    planned_on = models.DateField(editable=False)
    due_on = models.DateField(_("to be reached by"))
    done_on = models.DateField(_("reached on"), null=True, blank=True)
    percent = models.PositiveSmallIntegerField(
        _("done (%)"), default=0, validators=[MaxValueValidator(WHOLE)]
    )
    late_since = models.DateField(null=True, editable=False)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(done_on=None), name="milestone_to_reach")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=WHOLE), name="weight_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(percent=WHOLE, done_on__isnull=False)
                | Q(percent__lt=WHOLE, done_on=None),
                name="what_is_whole_was_reached_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        return self.done_on is not None

    @property
    def is_late(self) -> bool:
        return not self.is_done and self.due_on < timezone.localdate()

    @property
    def has_slipped(self) -> bool:
        return self.due_on != self.planned_on

    @property
    def days_late(self) -> int:
        """Days after the promised day, for what is still to be reached."""
        return (timezone.localdate() - self.due_on).days if self.is_late else 0


class Slip(models.Model):
    """That a milestone was put off: from when, until when, and why; never changed."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="slips")
    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="slips")
    was_due_on = models.DateField()
    due_on = models.DateField(_("new date"))
    reason = models.TextField(max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("slip")
        verbose_name_plural = _("slips")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gt=F("was_due_on")), name="slips_lead_to_a_later_day"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="slips_have_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id}: {self.was_due_on} → {self.due_on}"
