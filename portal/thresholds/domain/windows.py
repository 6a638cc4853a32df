"""The end of the time to gather support: a word to the author, never silence."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal.proposals.domain import proposals
from portal.proposals.models import Proposal, ProposalState
from portal.thresholds.domain import steps
from portal.thresholds.models import Closing, Step

# What ended longer ago than this was told by an earlier system, or nobody waits for it any more.
LOOK_BACK = timedelta(days=60)


def close_ended() -> int:
    """Close each proposal whose time has ended below its first step; return how many."""
    return sum(_close(proposal, step) for proposal, step in _ended())


def _ended() -> Iterator[tuple[Proposal, Step]]:
    book, now = steps.Rulebook.read(), timezone.now()
    windows = [step.days for step in book.steps if step.days]
    if not windows:
        return
    found = Proposal.objects.public().filter(
        state=ProposalState.SUBMITTED,
        closing=None,
        published_at__lt=now - timedelta(days=min(windows)),
        published_at__gte=now - timedelta(days=max(windows)) - LOOK_BACK,
    )
    waiting = list(found.select_related("stat").order_by("published_at"))
    calls = steps.calls_of(proposal.pk for proposal in waiting)
    for proposal in waiting:
        day = steps.published_on(proposal)
        first = next(iter(book.of(proposal.channel, calls.get(proposal.pk, ""), day)), None)
        begun = proposal.published_at
        if first and first.days and begun and begun + timedelta(days=first.days) <= now:
            yield proposal, first


@transaction.atomic
def _close(proposal: Proposal, step: Step) -> bool:
    count = proposal.stat.support_count
    _closing, is_new = Closing.objects.get_or_create(
        proposal=proposal, defaults={"step": step, "supports": count}
    )
    if is_new:
        proposals.note_step(
            proposal, "window_closed", by=None, supports=count, needed=step.supports
        )
        proposals.tell(proposal, "window_closed", supports=count, needed=step.supports)
    return is_new
