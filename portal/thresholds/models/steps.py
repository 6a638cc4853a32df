"""The steps: how many supports, within how many days, oblige whom to what, and since when."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal import registry
from portal.accounts.models import Department
from portal.proposals.models import Channel


class Effect(models.TextChoices):
    """What the city owes once a step is passed."""

    ANSWER = "answer", _("The department answers")
    DISCUSSION = "discussion", _("A public discussion is held")
    COUNCIL = "council", _("The proposal is referred to the council")
    MAYOR = "mayor", _("The mayor answers")


# What a step says, of so many people, within how long and from where; the last two may be empty.
SENTENCES = {
    Effect.ANSWER: _("With the support of {people}{within}{where}, the department answers."),
    Effect.DISCUSSION: _(
        "With the support of {people}{within}{where}, a public discussion is held."
    ),
    Effect.COUNCIL: _(
        "With the support of {people}{within}{where}, the proposal is referred to the council."
    ),
    Effect.MAYOR: _("With the support of {people}{within}{where}, the mayor answers."),
}


class StepQuerySet(models.QuerySet["Step"]):
    def visible_to(self, _user: Any) -> Self:
        """Rules are public, but for those of a call that is only planned or was dropped."""
        return self.filter(call__in=registry.public_calls())

    def in_force(self, on: date) -> Self:
        """Those that are valid ``on`` that day."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=on), valid_from__lte=on)

    def always_open(self) -> Self:
        """Those for proposals that came by no call and no channel with steps of its own."""
        return self.of("", "")

    def of(self, channel: str, call: str) -> Self:
        """Those of one way in, of one call, or, without both, the always-open ones."""
        return self.filter(channel=channel, call=call)


class Step(models.Model):
    """One threshold. Thresholds change with ordinances, so each holds for a time."""

    channel = models.CharField(max_length=10, choices=Channel, blank=True)
    call = models.CharField(max_length=100, blank=True)
    order = models.PositiveSmallIntegerField()
    supports = models.PositiveIntegerField()
    days = models.PositiveIntegerField(null=True)
    # In how many districts its supporters must live; 0 asks for none.
    districts = models.PositiveSmallIntegerField(default=0)
    effect = models.CharField(max_length=20, choices=Effect)
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField()
    # The first day on which it no longer holds.
    valid_until = models.DateField(null=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("support step")
        ordering = ["channel", "call", "valid_from", "order"]
        constraints = [
            models.CheckConstraint(condition=Q(effect__in=Effect.values), name="effect_known"),
            models.CheckConstraint(condition=Q(supports__gte=1), name="steps_need_support"),
            models.CheckConstraint(
                condition=Q(days=None) | Q(days__gte=1), name="step_windows_last_a_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="step_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(channel="") | Q(call=""), name="steps_are_of_a_way_in_or_a_call"
            ),
            models.UniqueConstraint(
                fields=["channel", "call", "valid_from", "order"], name="one_step_each_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supports} → {self.effect}"

    @property
    def label(self) -> str:
        return str(Effect(self.effect).label)

    @property
    def owner(self) -> str:
        """Who owes it by name; empty where it is the department in charge of the proposal."""
        return self.department.name if self.department else ""

    @property
    def sentence(self) -> str:
        """The step in one plain sentence."""
        people = ngettext("{n} person", "{n} people", self.supports).format(n=f"{self.supports:,}")
        within = where = ""
        if self.days:
            within = ngettext(" within {n} day", " within {n} days", self.days)
        if self.districts:
            where = ngettext(" from {n} district", " from {n} districts", self.districts)
        return str(SENTENCES[Effect(self.effect)]).format(
            people=people,
            within=within.format(n=self.days),
            where=where.format(n=self.districts),
        )

    def holds_on(self, day: date) -> bool:
        """Whether the step is valid on ``day``."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)
