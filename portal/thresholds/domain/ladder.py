"""The steps of one proposal as its page shows them: passed, next, or still far."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from portal.proposals.domain.traces import lacks
from portal.proposals.models import OPEN_STATES, Proposal, ProposalState
from portal.thresholds.domain import crossings
from portal.thresholds.domain.steps import Rulebook
from portal.thresholds.models import Closing, Duty, Effect, Step


@dataclass(frozen=True)
class Rung:
    """One step of one proposal."""

    step: Step
    count: int
    ends_at: datetime | None
    duty: Duty | None = None
    passed_on: date | None = None
    districts: int = 0
    is_next: bool = False

    @property
    def missing(self) -> int:
        """How many more people are needed."""
        return max(0, self.step.supports - self.count)

    @property
    def missing_districts(self) -> int:
        return max(0, self.step.districts - self.districts)

    @property
    def is_passed(self) -> bool:
        return self.passed_on is not None

    @property
    def has_ended(self) -> bool:
        return not self.is_passed and self.ends_at is not None and self.ends_at <= timezone.now()


@dataclass(frozen=True)
class Ladder:
    """All steps of a proposal, and whether its time ended below the first."""

    rungs: list[Rung]
    closing: Closing | None

    @property
    def next(self) -> Rung | None:
        return next((rung for rung in self.rungs if rung.is_next), None)


def of(proposal: Proposal, count: int) -> Ladder:
    """The ladder of a published proposal that ``count`` people support now."""
    passed = {} if lacks(proposal, Duty) else _passed(proposal)
    held = Rulebook.read().of_proposal(proposal)
    held += [duty.step for duty in passed.values() if duty.step not in held]
    is_open = proposal.state in OPEN_STATES
    rungs: list[Rung] = []
    for step in sorted(held, key=lambda step: (step.order, step.pk)):
        rung = _rung(proposal, step, count, passed.get(step.pk))
        is_next = is_open and not (rung.is_passed or rung.has_ended)
        if is_next and not any(earlier.is_next for earlier in rungs):
            rung = Rung(**{**vars(rung), "is_next": True})
        rungs.append(rung)
    return Ladder(rungs, _ended_below(proposal))


def _passed(proposal: Proposal) -> dict[int, Duty]:
    found = proposal.duties.select_related("step", "department", "done_by")
    return {duty.step_id: duty for duty in found}


def _ended_below(proposal: Proposal) -> Closing | None:
    if proposal.state != ProposalState.SUBMITTED or lacks(proposal, Closing):
        return None
    return Closing.objects.filter(proposal=proposal).select_related("step").first()


def _rung(proposal: Proposal, step: Step, count: int, duty: Duty | None) -> Rung:
    passed_on = timezone.localdate(duty.raised_at) if duty else None
    if duty is None and step.effect == Effect.ANSWER:
        passed_on = proposal.clock_started_on
    return Rung(
        step=step,
        count=count,
        ends_at=crossings.ends_at(proposal, step),
        duty=duty,
        passed_on=passed_on,
        districts=crossings.districts_of(proposal, step),
    )
