"""The plainest valid councils, meetings and motions, each with its act."""

from datetime import timedelta

import factory
from django.db import transaction
from django.utils import timezone
from factory.django import DjangoModelFactory

from governance.domain import tally
from governance.models import (
    AgendaItem,
    Attendance,
    Body,
    Council,
    Meeting,
    MeetingState,
    Motion,
    MotionState,
    Seat,
    Sector,
)
from portal.audit.domain import log
from portal.proposals.models import ProposalState
from tests.factories.portal import ProposalFactory, UserFactory


class CouncilFactory(DjangoModelFactory):
    """A council of a kind without composition rules, deciding by majority."""

    class Meta:
        model = Council

    code = factory.Sequence(lambda n: f"council-{n}")
    name_ko = factory.Sequence(lambda n: f"시험 협의체 {n}")
    name_en = factory.Sequence(lambda n: f"Council {n}")
    body = factory.LazyFunction(lambda: Body.objects.get(code="citizen-watch"))
    rule = factory.LazyFunction(lambda: tally.preset("majority"))
    notice_days = 7


class SeatFactory(DjangoModelFactory):
    """A resident's seat since last month, for a year."""

    class Meta:
        model = Seat

    council = factory.SubFactory(CouncilFactory)
    member = factory.SubFactory(UserFactory)
    sector = factory.LazyFunction(lambda: Sector.objects.get(code="resident"))
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=335))


class Staged(DjangoModelFactory):
    """A governed row with the act that its table asks for."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with transaction.atomic():
            row = super()._create(model_class, *args, **kwargs)
            log.record("staged", row, by=None)
        return row


class MeetingFactory(Staged):
    """A meeting of today, in any state, with the times that the state needs."""

    class Meta:
        model = Meeting

    council = factory.SubFactory(CouncilFactory)
    number = factory.Sequence(lambda n: n + 1)
    starts_at = factory.LazyFunction(timezone.now)
    place = "City hall"
    state = MeetingState.PLANNED
    noticed_at = factory.LazyAttribute(
        lambda o: None if o.state == MeetingState.PLANNED else o.starts_at - timedelta(days=8)
    )
    opened_at = factory.LazyAttribute(
        lambda o: o.starts_at if o.state in {MeetingState.OPENED, MeetingState.CLOSED} else None
    )
    closed_at = factory.LazyAttribute(
        lambda o: o.starts_at if o.state == MeetingState.CLOSED else None
    )


VOTED = {
    MotionState.OPEN,
    MotionState.AWAITING_CASTING_VOTE,
    MotionState.CARRIED,
    MotionState.LOST,
    MotionState.NO_QUORUM,
}


class MotionFactory(Staged):
    """A motion on a referred proposal; in a state after the opening it has its meeting."""

    class Meta:
        model = Motion

    council = factory.SubFactory(CouncilFactory)
    proposal = factory.SubFactory(ProposalFactory, state=ProposalState.REFERRED)
    title = "Share the car park"
    text = "That the city try out sharing the car park."
    state = MotionState.TABLED
    meeting = factory.Maybe(
        factory.LazyAttribute(lambda o: o.state in VOTED),
        factory.SubFactory(
            MeetingFactory,
            council=factory.SelfAttribute("..council"),
            state=MeetingState.OPENED,
        ),
        None,
    )
    rule = factory.LazyAttribute(lambda o: o.council.rule if o.state in VOTED else None)
    opened_at = factory.LazyAttribute(lambda o: timezone.now() if o.state in VOTED else None)
    closed_at = factory.LazyAttribute(
        lambda o: timezone.now() if o.state in VOTED - {MotionState.OPEN} else None
    )
    outcome = factory.LazyAttribute(
        lambda o: outcome_of(o.council) if o.state in VOTED - {MotionState.OPEN} else None
    )


def outcome_of(council, **counts):
    """What ``motions.outcome`` holds after a vote of three, two of them for."""
    given = {"seated": 3, "present": 3, "yes": 2, "no": 1, **counts}
    found = tally.outcome(council.rule, tally.Counts(**given))
    full = {"abstain": 0, "recused": 0, "chair_vote": None, **given}
    return {"counts": full, "numbers": found.numbers, "steps": list(found.steps)}


def session(members, *, rule=None, present=True, open_vote=True):
    """A meeting in session with ``members`` on its seats, and a motion open for their votes."""
    council = CouncilFactory(**({"rule": rule} if rule else {}))
    seats = [
        SeatFactory(council=council, member=member, is_chair=number == 0)
        for number, member in enumerate(members)
    ]
    meeting = MeetingFactory(council=council, state=MeetingState.OPENED)
    for seat in seats if present else []:
        Attendance.objects.create(meeting=meeting, seat=seat, status="present")
    state = MotionState.OPEN if open_vote else MotionState.TABLED
    motion = MotionFactory(
        council=council, state=state, **({"meeting": meeting} if open_vote else {})
    )
    AgendaItem.objects.create(meeting=meeting, order=1, title=motion.title, motion=motion)
    return motion, meeting, seats
