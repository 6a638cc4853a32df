"""Who may do what in the councils."""

from datetime import timedelta

from django.utils import timezone

from governance.domain import motions
from governance.models import Council, Meeting, MeetingState, Minutes, Motion, MotionState
from portal.accounts.models import Role
from tests.factories.governance import CouncilFactory, MeetingFactory, MotionFactory, SeatFactory
from tests.factories.portal import UserFactory, appoint
from tests.permission_tables import (
    ALWAYS,
    EVERYONE,
    SECRETARY,
    Table,
    crossed,
    either,
    official_of,
    who,
)

M, S = MeetingState, MotionState
CHAIR, MEMBER, RECUSED = who("chair"), who("member"), who("recused")
WRITER = who("writer")
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
    """A meeting whose minutes another secretary wrote."""
    meeting, writer = MeetingFactory(), official_of(None, Role.SECRETARY)
    meeting.minutes = Minutes(meeting=meeting, written_by=writer)
    return meeting, {**members_of(meeting.council)[0], "writer": writer}


def a_meeting_whose_chair_keeps_it(people):
    """The chair is a secretary too, and wrote the minutes."""
    meeting, related = a_meeting(people)
    appoint(related["chair"], Role.SECRETARY)
    meeting.minutes.written_by = related["chair"]
    return meeting, related


def a_motion(_people, chair="chair"):
    motion = MotionFactory()
    people, seats = members_of(motion.council, chair=chair)
    motions.recuse(motion, by=people["recused"], seat=seats["recused"], reason="It is my house.")
    return motion, people


def a_motion_whose_chair_is_recused(people):
    return a_motion(people, chair="recused")


UNSIGNED, SIGNED = None, timezone.now()
UNDECIDED = either(S.TABLED, S.OPEN, S.NO_QUORUM)


def to_meetings(*, keepers, signers):
    """What ``keepers`` do to a meeting, and ``signers`` to its minutes: never who wrote them."""
    return {
        "governance.revise_meeting": {keepers: [M.PLANNED]},
        "governance.notice_meeting": {keepers: [M.PLANNED]},
        "governance.mark_meeting": {keepers: [M.NOTICED, M.OPENED]},
        "governance.open_meeting": {keepers: [M.NOTICED]},
        "governance.close_meeting": {keepers: [M.OPENED]},
        "governance.cancel_meeting": {keepers: [M.PLANNED, M.NOTICED]},
        "governance.write_minutes": {keepers: crossed([M.OPENED, M.CLOSED], [UNSIGNED])},
        "governance.sign_minutes": {signers: crossed([M.CLOSED], [UNSIGNED])},
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
OF_MEETINGS = {
    "axes": ("state", "minutes.signed_at"),
    "others": {"minutes.signed_at": (UNSIGNED, SIGNED)},
    "is_owned": False,
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
        to_meetings(keepers=SECRETARY | WRITER, signers=SECRETARY | CHAIR),
        **OF_MEETINGS,
    ),
    Table(
        Meeting,
        a_meeting_whose_chair_keeps_it,
        to_meetings(keepers=SECRETARY | WRITER | CHAIR, signers=SECRETARY | WRITER),
        **OF_MEETINGS,
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
