"""Which steps hold for which proposal, and how they begin."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal import registry
from portal.audit.domain import log
from portal.proposals.models import Channel, Proposal
from portal.thresholds import scopes
from portal.thresholds.models import Effect, Step
from portal.thresholds.scopes import ALWAYS_OPEN, WAYS_IN, Scope

# Far enough back that steps hold for every proposal brought over from an earlier system.
BEGINNING = date(2000, 1, 1)


@dataclass(frozen=True)
class Rulebook:
    """All steps that ever held, in their order."""

    steps: tuple[Step, ...]

    @classmethod
    def read(cls) -> Self:
        return cls(tuple(Step.objects.select_related("department").order_by("order", "pk")))

    def of(self, channel: str, call: str, on: date) -> list[Step]:
        """The steps of a proposal that was published ``on`` that day.

        A call has its own steps where it has any, then a channel; all others share those of
        the always-open way in.
        """
        held = [step for step in self.steps if step.holds_on(on)]
        for key in (("", call), (channel, ""), ("", "")):
            found = [step for step in held if any(key) and (step.channel, step.call) == key]
            if found:
                return found
        return [step for step in held if not (step.channel or step.call)]

    def of_scope(self, scope: Scope) -> list[Step]:
        """The steps that hold for what is published in ``scope`` on its day, own or shared."""
        channel = Channel.CALL if scope.call else scope.channel
        return self.of(channel, scope.call, scope.day)

    def own_of(self, scope: Scope) -> list[Step]:
        """The steps that are its own; none where it shares those of others."""
        pair = (scope.channel, scope.call)
        return [step for step in self.of_scope(scope) if (step.channel, step.call) == pair]

    def of_proposal(self, proposal: Proposal) -> list[Step]:
        """The steps of a published proposal."""
        call = calls_of([proposal.pk]).get(proposal.pk, "")
        return self.of(proposal.channel, call, published_on(proposal))


def published_on(proposal: Proposal) -> date:
    """The day of publication in the city; today for a draft."""
    return timezone.localdate(proposal.published_at or timezone.now())


def calls_of(proposals: Iterable[int]) -> dict[int, str]:
    """The keys of the calls that these proposals answered, of those that answered one."""
    wanted, found = list(proposals), {}
    for ask in registry.proposal_calls:
        found.update(ask(wanted))
    return found


def held_today() -> list[tuple[Scope, list[Step]]]:
    """Who has which steps of their own: all, each way in, and the public calls that still run."""
    cards = [card for card in registry.known_calls() if card.is_public and not card.is_over]
    book = Rulebook.read()
    every = [ALWAYS_OPEN, *map(Scope, WAYS_IN), *map(scopes.of_call, cards)]
    return [(scope, own) for scope in every if (own := book.own_of(scope))]


@transaction.atomic
def load() -> None:
    """Write the steps that the settings name, unless there are steps already."""
    if Step.objects.always_open().exists():
        return
    defaults = [
        (settings.SUPPORT_THRESHOLD, settings.SUPPORT_WINDOW_DAYS, Effect.ANSWER),
        (settings.DISCUSSION_THRESHOLD, None, Effect.DISCUSSION),
        (settings.COUNCIL_THRESHOLD, None, Effect.COUNCIL),
    ]
    for order, (supports, days, effect) in enumerate(defaults, 1):
        step = Step.objects.create(
            order=order, supports=supports, days=days, effect=effect, valid_from=BEGINNING
        )
        log.record("set", step, by=None, supports=supports, days=days, effect=effect)
