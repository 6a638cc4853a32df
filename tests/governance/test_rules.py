"""Who may do what, and when: the table that the rules must equal."""

import pytest

from governance.models import MeetingState, MotionState
from tests.factories.governance import CouncilFactory, MeetingFactory, MotionFactory, SeatFactory

PEOPLE = ("ana", "member", "chair", "omar", "sam", "audrey", "olga")
M = MeetingState
S = MotionState

COUNCIL_ACTS = {"seat_member": {"sam"}, "unseat_member": {"sam"}, "plan_meeting": {"sam"}}

MEETING_ACTS = {
    "revise_meeting": {M.PLANNED: {"sam"}},
    "notice_meeting": {M.PLANNED: {"sam"}},
    "mark_meeting": {M.NOTICED: {"sam"}, M.OPENED: {"sam"}},
    "open_meeting": {M.NOTICED: {"sam"}},
    "close_meeting": {M.OPENED: {"sam"}},
    "cancel_meeting": {M.PLANNED: {"sam"}, M.NOTICED: {"sam"}},
    "write_minutes": {M.OPENED: {"sam"}, M.CLOSED: {"sam"}},
    "sign_minutes": {M.CLOSED: {"sam", "chair"}},
}

SEATED = {"member", "chair"}
MOTION_ACTS = {
    "table_motion": {state: {"sam"} for state in S},
    "table_motion_again": {S.NO_QUORUM: {"sam"}},
    "withdraw_motion": {
        S.TABLED: {"sam"},
        S.OPEN: {"sam"},
        S.AWAITING_CASTING_VOTE: {"sam"},
        S.NO_QUORUM: {"sam"},
    },
    "open_division": {S.TABLED: {"sam"}},
    "close_division": {S.OPEN: {"sam"}},
    "vote_motion": {S.OPEN: SEATED},
    "recuse_motion": {
        S.TABLED: {"sam", *SEATED},
        S.OPEN: {"sam", *SEATED},
        S.NO_QUORUM: {"sam", *SEATED},
    },
    "decide_tie": {S.AWAITING_CASTING_VOTE: {"chair"}},
}


@pytest.fixture
def council(db):
    return CouncilFactory()


@pytest.fixture
def member(council):
    return SeatFactory(council=council).member


@pytest.fixture
def chair(council):
    return SeatFactory(council=council, is_chair=True).member


@pytest.fixture
def people(ana, member, chair, omar, sam, audrey, olga):
    return dict(zip(PEOPLE, (ana, member, chair, omar, sam, audrey, olga), strict=True))


def allowed(people, act, thing):
    return {name for name, person in people.items() if person.has_perm(f"governance.{act}", thing)}


@pytest.mark.parametrize("act", COUNCIL_ACTS)
def test_acts_on_a_council(people, council, act):
    assert allowed(people, act, council) == COUNCIL_ACTS[act]


@pytest.mark.parametrize("act", MEETING_ACTS)
@pytest.mark.parametrize("state", list(M))
def test_acts_on_a_meeting(people, council, act, state):
    meeting = MeetingFactory(council=council, state=state)

    assert allowed(people, act, meeting) == MEETING_ACTS[act].get(state, set())


@pytest.mark.parametrize("act", MOTION_ACTS)
@pytest.mark.parametrize("state", list(S))
def test_acts_on_a_motion(people, council, act, state):
    motion = MotionFactory(council=council, state=state)

    assert allowed(people, act, motion) == MOTION_ACTS[act].get(state, set())
