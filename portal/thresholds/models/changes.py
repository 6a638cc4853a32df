"""Changes of the steps: proposed by one person, approved by another, from a day on."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import registry
from portal.lifecycle import Living
from portal.proposals.models import Channel


class ChangeState(models.TextChoices):
    """Where a proposed change of the rule stands."""

    PROPOSED = "proposed", _("Waits for approval")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Not approved")


class RuleChangeQuerySet(models.QuerySet["RuleChange"]):
    def visible_to(self, user: Any) -> Self:
        """Who works for the city sees all; everyone sees what was approved, plans apart."""
        if user.is_authenticated and user.works_for_city:
            return self.all()
        return self.filter(state=ChangeState.APPROVED, call__in=registry.public_calls())

    def of(self, channel: str, call: str) -> Self:
        """Those for one way in, for one call, or, without both, for the always-open steps."""
        return self.filter(channel=channel, call=call)

    def waiting(self) -> Self:
        return self.filter(state=ChangeState.PROPOSED)


class RuleChange(Living):
    """New steps for all proposals, one way in or one call. Only an approved one writes steps."""

    S = ChangeState
    MOVES = {S.PROPOSED: {S.APPROVED, S.REJECTED}}

    channel = models.CharField(max_length=10, choices=Channel, blank=True)
    call = models.CharField(max_length=100, blank=True)
    # [{"supports": 50, "days": 30, "districts": 0, "effect": "answer"}, …] in their order.
    steps = models.JSONField()
    # How many duties the rule in force and this one would have raised, when it was proposed.
    figures = models.JSONField(default=dict)
    valid_from = models.DateField()
    reason = models.TextField()
    state = models.CharField(max_length=20, choices=ChangeState, default=ChangeState.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answer = models.TextField(blank=True)

    objects = RuleChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of steps")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(decided_by__isnull=False),
                name="changes_are_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="changes_need_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(channel="") | Q(call=""), name="changes_are_of_a_way_in_or_a_call"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}: {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("thresholds:change", args=[self.pk])
