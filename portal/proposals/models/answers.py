"""The city's answer in two pairs of hands, the request to examine again, and news to supporters."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department, Role, User
from portal.lifecycle import Living
from portal.proposals.models.proposals import Proposal
from portal.proposals.models.states import ACCEPTING, Decision, Ground


class AnswerState(models.TextChoices):
    """Where an answer stands between its drafter and its approver."""

    DRAFT = "draft", _("Being drafted")
    PROPOSED = "proposed", _("Before the approver")
    RETURNED = "returned", _("Sent back with a remark")
    PUBLISHED = "published", _("Published")


class Reflection(models.TextChoices):
    """How much of the proposal the city takes up."""

    FULL = "full", _("Taken up")
    PARTLY = "partly", _("Taken up in part")
    NONE = "none", _("Not taken up")


class ReflectedIn(models.TextChoices):
    """Where the city takes a proposal up."""

    ORDINANCE = "ordinance", _("Ordinance")
    BUDGET = "budget", _("Budget line")
    PLAN = "plan", _("Plan or programme")
    LAB = "lab", _("Living lab")
    OTHER = "other", _("Elsewhere")


class AnswerQuerySet(models.QuerySet["Answer"]):
    def published(self) -> Self:
        return self.filter(state=AnswerState.PUBLISHED)

    def visible_to(self, user: Any) -> Self:
        """Published ones are public with their proposal; others belong to the department."""
        seen = Q(state=AnswerState.PUBLISHED, proposal__in=Proposal.objects.visible_to(user))
        if not user.is_authenticated:
            return self.filter(seen)
        mine = user.departments
        return self.filter(
            seen | Q(proposal__department__in=mine) | Q(proposal__department__parent__in=mine)
        )

    def to_approve(self, person: User) -> Self:
        """Those before ``person`` as approver; never what the person drafted or asked for."""
        held = person.current_appointments
        mine = [a.department_id for a in held if a.role == Role.APPROVER and a.department_id]
        before = self.filter(state=AnswerState.PROPOSED).exclude(drafted_by=person)
        return before.filter(
            Q(proposal__department__in=mine) | Q(proposal__department__parent__in=mine)
        ).exclude(proposal__author=person)


class Answer(Living):
    """An answer to one proposal in one round; ``domain.answers`` moves it."""

    S = AnswerState
    MOVES: ClassVar = {
        S.DRAFT: {S.PROPOSED},
        S.RETURNED: {S.PROPOSED},
        S.PROPOSED: {S.PUBLISHED, S.RETURNED},
    }

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="answers")
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=20, choices=AnswerState, default=AnswerState.DRAFT)
    decision = models.CharField(_("conclusion"), max_length=20, choices=Decision, blank=True)
    ground = models.CharField(_("ground"), max_length=30, choices=Ground, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    agency = models.CharField(_("body in charge"), max_length=120, blank=True)
    reflection = models.CharField(
        _("taken up"), max_length=10, choices=Reflection, default=Reflection.NONE
    )
    reflected_in = models.CharField(_("where"), max_length=20, choices=ReflectedIn, blank=True)
    reflected_ref = models.CharField(_("reference"), max_length=300, blank=True)
    cost_won = models.PositiveBigIntegerField(_("cost in won"), null=True, blank=True)
    period_from = models.DateField(_("from"), null=True, blank=True)
    period_to = models.DateField(_("to"), null=True, blank=True)
    planned_on = models.DateField(_("planned date"), null=True, blank=True)
    office = models.ForeignKey(Department, models.PROTECT, verbose_name=_("responsible office"))
    phone = models.CharField(_("telephone"), max_length=30)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # What the approver asks to be changed; between officials, never public.
    remark = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "round"], name="one_answer_each_round"),
            models.CheckConstraint(
                condition=~Q(state="published")
                | (
                    Q(approved_by__isnull=False, published_at__isnull=False)
                    & ~Q(approved_by=F("drafted_by"))
                ),
                name="two_people_stand_behind_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "returned"]) | (~Q(reason="") & ~Q(decision="")),
                name="answers_conclude_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "returned"])
                | ~Q(decision__in=list(ACCEPTING))
                | Q(planned_on__isnull=False),
                name="accepted_proposals_have_a_date",
            ),
            models.CheckConstraint(
                condition=Q(period_from=None)
                | Q(period_to=None)
                | Q(period_to__gte=F("period_from")),
                name="answer_periods_end_after_they_begin",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "state_since"], name="answer_in_state"),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {self.proposal.title}"

    def get_absolute_url(self) -> str:
        return reverse("proposals:answer", args=[self.proposal_id])

    @property
    def accepts(self) -> bool:
        return self.decision in ACCEPTING

    @property
    def is_before_approver(self) -> bool:
        return self.state == AnswerState.PROPOSED

    @property
    def may_be_written(self) -> bool:
        return self.state in {AnswerState.DRAFT, AnswerState.RETURNED}


class Reexamination(models.Model):
    """The author's request to examine a refused proposal again; each kind once."""

    class Kind(models.TextChoices):
        REFUSED = "refused", _("I do not agree with the answer")
        SAME_POLICY = "same_policy", _("The city later did the same")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="reexaminations")
    kind = models.CharField(max_length=20, choices=Kind)
    reason = models.TextField()
    round = models.PositiveSmallIntegerField()
    answer_before = models.TextField()
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "kind"], name="each_reexamination_is_asked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.kind}"


class Announcement(models.Model):
    """News that goes to all supporters of a proposal, some hundreds at a time."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="announcements")
    kind = models.CharField(max_length=60)
    context = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    # The last supporter who was told, by key; the rest follow in order.
    told_until = models.BigIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["made_at"], name="announcement_under_way", condition=Q(done_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.kind}"
