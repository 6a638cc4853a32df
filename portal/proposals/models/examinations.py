"""What happens while a department examines: questions to others, visits, and later dates."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department, User
from portal.proposals.models.proposals import Proposal
from portal.proposals.models.states import WAITING_STATES, ExtensionGround


class OpinionQuerySet(models.QuerySet["OpinionRequest"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(proposal__in=Proposal.objects.visible_to(user))

    def awaited(self) -> Self:
        """Those not answered yet, of proposals that still wait for their answer."""
        return self.filter(answered_on=None, proposal__state__in=WAITING_STATES)

    def asked_of(self, person: User) -> Self:
        """Those that departments of ``person`` must answer."""
        return self.filter(department__in=person.departments)


class OpinionRequest(models.Model):
    """A question to one department, or to an agency or expert outside the city.

    Only the time that others outside need is not counted (Regulation on Citizens'
    Proposals, article 9: three weeks at most).
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="opinion_requests")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True)
    outside = models.CharField(_("agency or expert"), max_length=120, blank=True)
    question = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    due_on = models.DateField()
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    opinion = models.TextField(blank=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(department=None) ^ Q(outside=""), name="opinions_are_asked_of_one"
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, opinion="")
                | (Q(answered_on__gte=F("asked_on")) & ~Q(opinion="")),
                name="answered_opinions_have_words",
            ),
            models.UniqueConstraint(
                fields=["proposal", "department"],
                condition=Q(answered_on=None),
                name="one_open_question_each_department",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.whom} on {self.proposal_id}"

    @property
    def whom(self) -> str:
        return self.department.name if self.department else self.outside

    @property
    def stops_clock(self) -> bool:
        return bool(self.outside)

    @property
    def is_late(self) -> bool:
        return self.answered_on is None and self.due_on < timezone.localdate()


class FieldVisitQuerySet(models.QuerySet["FieldVisit"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(proposal__in=Proposal.objects.visible_to(user))


class FieldVisit(models.Model):
    """Officials look at the place: announced beforehand, told afterwards."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="visits")
    at = models.DateTimeField(_("when"))
    place = models.CharField(_("where"), max_length=200)
    who = models.CharField(_("who goes"), max_length=200)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    finding = models.TextField(_("what was found"), blank=True)
    found_at = models.DateTimeField(null=True)

    objects = FieldVisitQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(found_at=None, finding="")
                | (Q(found_at__isnull=False) & ~Q(finding="")),
                name="visits_that_were_made_have_a_finding",
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} at {self.at:%Y-%m-%d}"

    @property
    def is_over(self) -> bool:
        return self.at <= timezone.now()


class InterimReply(models.Model):
    """Word to the author before the answer: how far it is, and when the answer comes."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="interim_replies")
    text = models.TextField()
    expected_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.proposal_id} at {self.at:%Y-%m-%d}"


class Extension(models.Model):
    """More days for an answer: once in each round, on a ground of the law, with a reason."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="extensions")
    round = models.PositiveSmallIntegerField(default=1)
    ground = models.CharField(max_length=20, choices=ExtensionGround)
    reason = models.TextField()
    days = models.PositiveSmallIntegerField()
    due_before = models.DateField()
    due_after = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "round"], name="one_extension_each_round")
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.due_before} to {self.due_after}"


class Reminder(models.Model):
    """A reminder that has gone out for one due date, so that it goes out once."""

    class Kind(models.TextChoices):
        HALF = "half", _("half of the time has passed")
        THREE_DAYS = "three_days", _("three days left")
        ONE_DAY = "one_day", _("one day left")
        LATE = "late", _("late: told to the approver")
        AUDIT = "audit", _("late: told to the audit office")
        SUPPLEMENT = "supplement", _("a supplement is due soon")
        LAPSED = "lapsed", _("a supplement did not come")
        OPINION = "opinion", _("an opinion is due soon")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=20, choices=Kind)
    due_on = models.DateField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "kind", "due_on"], name="each_reminder_goes_out_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.kind}"
