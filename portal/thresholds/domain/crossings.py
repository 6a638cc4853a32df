"""Which proposals have just passed a step: asked only of those whose count has moved.

The database notes each proposal whose count moves (``Touched``). After each fold these are
measured against the steps that held on the day of their publication, and each step that is
passed raises its duty once: a constraint, so that two workers raise it once as well.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from portal.identity.models import Verification
from portal.proposals.models import OPEN_STATES, Proposal
from portal.refusals import Refused
from portal.thresholds.domain import duties, steps
from portal.thresholds.models import Duty, Step, Touched

LOCK = 0x7E5401D
MOST_AT_ONCE = 2_000
TAKE = """
DELETE FROM thresholds_touched WHERE ctid = ANY(ARRAY(
  SELECT ctid FROM thresholds_touched LIMIT %s)) RETURNING proposal_id
"""


class Crossing(NamedTuple):
    """A step that a proposal has passed, and with how many supports."""

    proposal: Proposal
    step: Step
    supports: int


@transaction.atomic
def follow() -> int:
    """Raise the duties that fresh counts make due; return how many.

    One worker at a time; another one finds nothing to do.
    """
    moved = _take()
    return sum(_pass(crossing) for crossing in _crossings(moved, timezone.now()))


def _take() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return set()
        cursor.execute(TAKE, [MOST_AT_ONCE])
        return {row[0] for row in cursor.fetchall()}


def _crossings(moved: set[int], now: datetime) -> Iterator[Crossing]:
    """The steps that these proposals have passed and that no duty tells of yet."""
    if not moved:
        return
    found = Proposal.objects.public().filter(pk__in=moved, state__in=OPEN_STATES)
    known = set(Duty.objects.filter(proposal__in=moved).values_list("proposal_id", "step_id"))
    book, calls = steps.Rulebook.read(), steps.calls_of(moved)
    for proposal in found.select_related("stat", "area__department", "department"):
        count, day = proposal.stat.support_count, steps.published_on(proposal)
        for step in book.of(proposal.channel, calls.get(proposal.pk, ""), day):
            if (proposal.pk, step.pk) not in known and _is_passed(proposal, step, count, now):
                yield Crossing(proposal, step, count)


def _is_passed(proposal: Proposal, step: Step, count: int, now: datetime) -> bool:
    enough = count >= step.supports and is_within(proposal, step, now)
    return enough and districts_of(proposal, step) >= step.districts


def districts_of(proposal: Proposal, step: Step) -> int:
    """In how many districts the verified supporters live; 0 where ``step`` does not ask."""
    if not step.districts:
        return 0
    living = Verification.objects.in_force().filter(user__supports__proposal=proposal)
    return living.exclude(district="").aggregate(n=Count("district", distinct=True))["n"]


def is_within(proposal: Proposal, step: Step, now: datetime) -> bool:
    """Whether the time to pass ``step`` has not ended."""
    end = ends_at(proposal, step)
    return end is None or now < end


def ends_at(proposal: Proposal, step: Step) -> datetime | None:
    """When the time to pass ``step`` ends: so many days after publication, to the minute."""
    if step.days is None or proposal.published_at is None:
        return None
    return proposal.published_at + timedelta(days=step.days)


def _pass(crossing: Crossing) -> bool:
    """Raise one duty; a proposal that someone else is just moving is looked at again."""
    proposal, step, supports = crossing
    try:
        duties.raise_for(proposal, step, by=None, supports=supports, reason=Duty.Reason.SUPPORTS)
    except Refused:
        Touched.objects.create(proposal_id=proposal.pk)
        return False
    return True
