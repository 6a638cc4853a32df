"""Who may do what in the councils."""

from datetime import timedelta

from django.utils import timezone

from governance.domain import motions
from governance.models import Council, Meeting, MeetingState, Minutes, Motion, MotionState
from tests.factories.governance import CouncilFactory, MeetingFactory, MotionFactory, SeatFactory
from tests.factories.portal import UserFactory
from tests.permission_tables import ALWAYS, EVERYONE, SECRETARY, Table, crossed, either, who

M, S = MeetingState, MotionState
CHAIR, MEMBER, RECUSED = who("chair"), who("member"), who("recused")
UNVERIFIED, GONE = who("unverified member"), who("chair of last year")
SEATED = CHAIR | MEMBER | RECUSED | UNVERIFIED


def members_of(council, *, chair="chair"):
    """Who sits in the council, and one who did until yesterday; ``chair`` names its chair."""
    people = {name: UserFactory() for name in ("chair", "member", "recused")}
    people["unverified member"] = UserFactory(resident=False)
    seats = {
        name: SeatFactory(council=council, member=person, is_chair=name == chair)
        for name, person in people.items()
    }
    last_year = timezone.localdate() - timedelta(days=365)
    until = last_year + timedelta(days=300)
    gone = SeatFactory(council=council, starts_on=last_year, ends_on=until, is_chair=True)
    return {**people, "chair of last year": gone.member}, seats


def a_council(_people):
    council = CouncilFactory()
    return council, members_of(council)[0]


def a_meeting(_people):
    meeting = MeetingFactory()
    meeting.minutes = Minutes(meeting=meeting)
    return meeting, members_of(meeting.council)[0]


def a_motion(_people, chair="chair"):
    motion = MotionFactory()
    people, seats = members_of(motion.council, chair=chair)
    motions.recuse(motion, by=people["recused"], seat=seats["recused"], reason="It is my house.")
    return motion, people


def a_motion_whose_chair_is_recused(people):
    return a_motion(people, chair="recused")


UNSIGNED, SIGNED = None, timezone.now()
UNDECIDED = either(S.TABLED, S.OPEN, S.NO_QUORUM)
TO_MEETINGS = {
    "governance.revise_meeting": {SECRETARY: [M.PLANNED]},
    "governance.notice_meeting": {SECRETARY: [M.PLANNED]},
    "governance.mark_meeting": {SECRETARY: [M.NOTICED, M.OPENED]},
    "governance.open_meeting": {SECRETARY: [M.NOTICED]},
    "governance.close_meeting": {SECRETARY: [M.OPENED]},
    "governance.cancel_meeting": {SECRETARY: [M.PLANNED, M.NOTICED]},
    "governance.write_minutes": {SECRETARY: crossed([M.OPENED, M.CLOSED], [UNSIGNED])},
    "governance.sign_minutes": {SECRETARY | CHAIR: crossed([M.CLOSED], [UNSIGNED])},
}
TO_MOTIONS = {
    "governance.table_motion_again": {SECRETARY: [S.NO_QUORUM]},
    "governance.withdraw_motion": {SECRETARY: UNDECIDED | {S.AWAITING_CASTING_VOTE}},
    "governance.open_division": {SECRETARY: [S.TABLED]},
    "governance.close_division": {SECRETARY: [S.OPEN]},
    "governance.vote_motion": {CHAIR | MEMBER: [S.OPEN]},
    "governance.verify_to_vote": {UNVERIFIED: [S.OPEN]},
    "governance.recuse_motion": {SECRETARY | SEATED: UNDECIDED},
}
TABLES = [
    Table(
        Council,
        a_council,
        {
            "governance.view_council": {EVERYONE | SEATED | GONE: ALWAYS},
            "governance.seat_member": {SECRETARY: ALWAYS},
            "governance.unseat_member": {SECRETARY: ALWAYS},
            "governance.plan_meeting": {SECRETARY: ALWAYS},
        },
        axes=(),
        is_owned=False,
    ),
    Table(
        Meeting,
        a_meeting,
        TO_MEETINGS,
        axes=("state", "minutes.signed_at"),
        others={"minutes.signed_at": (UNSIGNED, SIGNED)},
        is_owned=False,
    ),
    Table(
        Motion,
        a_motion,
        {**TO_MOTIONS, "governance.decide_tie": {CHAIR: [S.AWAITING_CASTING_VOTE]}},
        is_owned=False,
    ),
    # Nobody decides then: the council needs another chair, or takes the motion back.
    Table(
        Motion,
        a_motion_whose_chair_is_recused,
        {**TO_MOTIONS, "governance.decide_tie": {}},
        is_owned=False,
    ),
]
