"""A case of moderation: who reported what, what was decided by which rule, and the appeal."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Role, User
from portal.lifecycle import Living
from portal.proposals.models import Proposal
from portal.talk.models.comments import Comment


class Rule(models.TextChoices):
    """The rules of the talk, and so the reasons for a report."""

    SPAM = "spam", _("Advertising or spam")
    ABUSE = "abuse", _("Insult, threat or hate")
    PERSONAL_DATA = "personal_data", _("Personal data of somebody")
    OFF_TOPIC = "off_topic", _("Nothing to do with the matter")
    RIGHTS = "rights", _("Rights of others: copyright, portrait, name")
    FALSE_PERSON = "false_person", _("Pretends to be somebody else")


class CaseState(models.TextChoices):
    """Where a case stands."""

    OPEN = "open", _("Waits for a moderator")
    HELD = "held", _("Held back by reports; waits for a moderator")
    KEPT = "kept", _("Breaks no rule")
    HIDDEN = "hidden", _("Hidden")
    APPEALED = "appealed", _("Its author appeals")
    RESTORED = "restored", _("Shown again after an appeal")
    UPHELD = "upheld", _("Hidden, also after an appeal")
    DROPPED = "dropped", _("Deleted by its author")


OPEN_CASES = (CaseState.OPEN, CaseState.HELD)
CLOAKED_CASES = (CaseState.HELD, CaseState.HIDDEN, CaseState.APPEALED, CaseState.UPHELD)


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Moderators see every case, authors what was or has been done to their own words."""
        if user.is_authenticated and user.holds(Role.MODERATOR, Role.OPERATOR):
            return self
        own = Q(comment__author_id=user.pk) | Q(proposal__author_id=user.pk)
        unknown = Q(state=CaseState.OPEN, hold_ended_at=None)
        return self.filter(own).exclude(unknown) if user.pk else self.none()

    def waiting(self) -> Self:
        return self.filter(state__in=OPEN_CASES)

    def appealed(self) -> Self:
        return self.filter(state=CaseState.APPEALED)

    def cloaking(self) -> Self:
        """Those for which something is out of sight now."""
        return self.filter(state__in=CLOAKED_CASES)

    def with_subject(self) -> Self:
        return self.select_related(
            "proposal__author",
            "comment__author",
            "comment__proposal",
            "comment__office__department",
        )


class Case(Living):
    """What was reported of one comment or proposal, and what people decided about it."""

    S = CaseState
    MOVES = {
        S.OPEN: {S.HELD, S.KEPT, S.HIDDEN, S.DROPPED},
        S.HELD: {S.OPEN, S.KEPT, S.HIDDEN, S.DROPPED},
        S.HIDDEN: {S.APPEALED, S.DROPPED},
        S.APPEALED: {S.RESTORED, S.UPHELD, S.DROPPED},
    }

    comment = models.ForeignKey(Comment, models.PROTECT, null=True, related_name="cases")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="cases")
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.OPEN)
    opened_at = models.DateTimeField(default=timezone.now)
    held_at = models.DateTimeField(null=True)
    hold_ended_at = models.DateTimeField(null=True)
    rule = models.CharField(_("rule"), max_length=20, choices=Rule, blank=True)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    appeal = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True)
    appeal_reason = models.TextField(blank=True)
    appeal_decided_at = models.DateTimeField(null=True)
    appeal_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case of moderation")
        verbose_name_plural = _("cases of moderation")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CaseState.values), name="case_state_known"
            ),
            models.CheckConstraint(
                condition=Q(comment__isnull=False, proposal=None)
                | Q(comment=None, proposal__isnull=False),
                name="case_is_about_one_thing",
            ),
            models.UniqueConstraint(
                fields=["comment"],
                condition=Q(state__in=["open", "held"]),
                name="one_waiting_case_each_comment",
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(state__in=["open", "held"]),
                name="one_waiting_case_each_proposal",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["hidden", "appealed", "restored", "upheld"])
                | (~Q(rule="") & ~Q(reason="") & Q(decided_by__isnull=False)),
                name="hiding_names_rule_reason_and_person",
            ),
            models.CheckConstraint(
                condition=Q(appeal_decided_by=None) | ~Q(appeal_decided_by=models.F("decided_by")),
                name="appeals_are_decided_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(held_at__isnull=False), name="holds_have_a_time"
            ),
        ]
        indexes = [
            models.Index(
                fields=["opened_at"],
                name="case_waiting",
                condition=Q(state__in=["open", "held", "appealed"]),
            ),
            models.Index(fields=["decided_at"], name="case_decided"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("talk:case", args=[self.pk])

    @property
    def subject(self) -> Comment | Proposal:
        found = self.comment or self.proposal
        assert found is not None, "a constraint of the table"  # noqa: S101  tells the type checker
        return found

    @property
    def appeal_until(self) -> datetime:
        """Until when the author may appeal."""
        return (self.decided_at or self.opened_at) + timedelta(days=settings.APPEAL_DAYS)

    @property
    def author_id(self) -> int | None:
        """Whose words the case is about; nobody's for what another system brought."""
        return self.subject.author_id


class Report(models.Model):
    """One person's report of one comment or proposal."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="reports")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, related_name="reports")
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reports")
    rule = models.CharField(_("rule"), max_length=20, choices=Rule)
    text = models.TextField(blank=True)
    reported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["reported_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(rule__in=Rule.values), name="report_rule_known"),
            models.CheckConstraint(
                condition=Q(comment__isnull=False, proposal=None)
                | Q(comment=None, proposal__isnull=False),
                name="report_is_about_one_thing",
            ),
            models.UniqueConstraint(
                fields=["reporter", "comment"],
                condition=Q(comment__isnull=False),
                name="one_report_each_of_a_comment",
            ),
            models.UniqueConstraint(
                fields=["reporter", "proposal"],
                condition=Q(proposal__isnull=False),
                name="one_report_each_of_a_proposal",
            ),
        ]
        indexes = [
            models.Index(fields=["reporter", "reported_at"], name="report_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.reporter_id} on case {self.case_id}"
