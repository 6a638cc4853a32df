"""Who may do what in the councils.

Secretaries keep meetings and votes; who holds a seat votes. That a member is there and takes
part is a fact of the moment, which the database checks with the vote itself.
"""

import rules

from governance.models import Meeting, MeetingState, Motion, MotionState
from portal.accounts.models import User
from portal.accounts.rules import is_secretary
from portal.identity.models import Action
from portal.identity.rules import reaches
from portal.lifecycle import may_become

S = MotionState
M = MeetingState


def stands(*states: str) -> rules.Predicate:
    """Make a predicate: the record is in one of ``states``."""
    return rules.predicate(f"stands:{'|'.join(states)}")(
        lambda _user, thing: thing is not None and thing.state in states
    )


@rules.predicate
def is_member(user: User, thing: Motion | Meeting | None) -> bool:
    """Whether the person holds a seat in the council today."""
    if thing is None or not user.is_authenticated:
        return False
    return thing.council.seats.current().of_member(user).exists()


@rules.predicate
def is_recused(user: User, motion: Motion | None) -> bool:
    """Whether the person takes no part in this motion."""
    return motion is not None and motion.recusals.filter(seat__member=user.pk).exists()


@rules.predicate
def is_chair(user: User, thing: Motion | Meeting | None) -> bool:
    if thing is None or not user.is_authenticated:
        return False
    return thing.council.seats.current().of_member(user).filter(is_chair=True).exists()


@rules.predicate
def is_unsigned(user: User, meeting: Meeting | None) -> bool:
    """Whether the minutes wait for a signature."""
    return meeting is not None and meeting.published_minutes is None


@rules.predicate
def is_written(user: User, meeting: Meeting | None) -> bool:
    return meeting is not None and getattr(meeting, "minutes", None) is not None


@rules.predicate
def wrote_minutes(user: User, meeting: Meeting | None) -> bool:
    """Whether the minutes are the person's own work: who signs them has read another's."""
    minutes = getattr(meeting, "minutes", None)
    return minutes is not None and minutes.written_by_id == user.pk


rules.add_perm("governance.view_council", rules.always_allow)
rules.add_perm("governance.seat_member", is_secretary)
rules.add_perm("governance.unseat_member", is_secretary)

rules.add_perm("governance.plan_meeting", is_secretary)
rules.add_perm("governance.revise_meeting", is_secretary & stands(M.PLANNED))
rules.add_perm("governance.notice_meeting", is_secretary & may_become(M.NOTICED))
rules.add_perm("governance.mark_meeting", is_secretary & stands(M.NOTICED, M.OPENED))
rules.add_perm("governance.open_meeting", is_secretary & may_become(M.OPENED))
rules.add_perm("governance.close_meeting", is_secretary & may_become(M.CLOSED))
rules.add_perm("governance.cancel_meeting", is_secretary & may_become(M.CANCELLED))
rules.add_perm("governance.write_minutes", is_secretary & stands(M.OPENED, M.CLOSED) & is_unsigned)
rules.add_perm(
    "governance.sign_minutes",
    stands(M.CLOSED) & is_written & is_unsigned & ~wrote_minutes & (is_secretary | is_chair),
)

rules.add_perm("governance.table_motion", is_secretary)
rules.add_perm("governance.table_motion_again", is_secretary & may_become(S.TABLED))
rules.add_perm("governance.withdraw_motion", is_secretary & may_become(S.WITHDRAWN))
rules.add_perm("governance.open_division", is_secretary & may_become(S.OPEN))
rules.add_perm("governance.close_division", is_secretary & stands(S.OPEN))
votes_now = stands(S.OPEN) & is_member & ~is_recused
rules.add_perm("governance.vote_motion", votes_now & reaches(Action.VOTE))
rules.add_perm("governance.verify_to_vote", votes_now & ~reaches(Action.VOTE))
rules.add_perm(
    "governance.recuse_motion", stands(S.TABLED, S.OPEN, S.NO_QUORUM) & (is_secretary | is_member)
)
rules.add_perm("governance.decide_tie", stands(S.AWAITING_CASTING_VOTE) & is_chair & ~is_recused)
