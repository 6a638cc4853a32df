"""Votes on motions: opened, cast, counted, and what follows from the count."""

from dataclasses import asdict
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.domain import constraints, councils, meetings, sentences, tally
from governance.models import Attendance, Choice, Meeting, Motion, MotionState, Seat, Vote
from portal.accounts.models import User
from portal.audit.domain import log
from portal.identity.domain import levels
from portal.identity.models import Action
from portal.notifications.domain import notes
from portal.proposals.domain import proposals
from portal.proposals.models import Ground
from portal.refusals import Refused

OPEN_REFUSALS = {
    "one_open_division_each_meeting": gettext_lazy(
        "Another vote of this meeting is still open. Close it first."
    ),
}
VOTE_REFUSALS = {
    "division_is_open": gettext_lazy("The vote on this motion is not open."),
    "voters_have_a_seat": gettext_lazy("Only members of this council vote here."),
    "voters_are_not_recused": gettext_lazy("You take no part in this motion, so you do not vote."),
    "voters_are_present": gettext_lazy(
        "You are not noted as present at this meeting. Please tell the secretary."
    ),
    "the_chair_has_no_ordinary_vote": gettext_lazy(
        "By this council's rule the chair does not vote."
    ),
    "votes_are_final": gettext_lazy("You have voted, and by this council's rule votes are final."),
    "vote_choice_known": gettext_lazy("Choose for, against or abstain."),
}


@transaction.atomic
def open(  # noqa: A001  the call reads divisions.open
    motion: Motion, meeting: Meeting, *, by: User
) -> Motion:
    """Open the vote on a motion of the agenda; the council's rule of this moment decides it.

    Raises ``Refused`` where the meeting is not in session or has lost its quorum, where the
    motion is not on its agenda, and while another vote of the meeting is open.
    """
    meeting = Meeting.objects.select_for_update(of=["self"]).get(pk=meeting.pk)
    if not meeting.is_open:
        raise Refused(_("The meeting is not in session."))
    if not meeting.items.filter(motion=motion).exists():
        raise Refused(_("This motion is not on the agenda of the meeting."))
    if not meetings.quorum(meeting).met:
        raise Refused(_("Too few members are here to vote."))
    rule = meeting.council.rule
    also = {"meeting": meeting, "rule": rule, "opened_at": timezone.now()}
    with constraints.in_words(OPEN_REFUSALS):
        motion.move(MotionState.OPEN, by=by, also=also, rule=rule, meeting=log.subject_key(meeting))
    _tell_voters(motion)
    proposals.forget_kept_pages()
    return motion


@transaction.atomic
def vote(motion: Motion, *, by: User, choice: str) -> Vote:
    """Cast the vote of a member; until the close a later one replaces it.

    Whether the vote is open and the member may vote is checked by the database, at the moment
    of the vote. Raises ``Refused`` with its reason in words.
    """
    seats = Seat.objects.current(_day(motion)).filter(council=motion.council_id)
    seat = seats.of_member(by).first()
    if seat is None:
        raise Refused(_("Only members of this council vote here."))
    levels.require(by, Action.VOTE)
    with constraints.in_words(VOTE_REFUSALS):
        # The database numbers the votes of a seat; 0 is only the place for the number.
        Vote.objects.create(
            motion=motion, seat=seat, seq=0, choice=choice, member_id=seat.member_id, cast_by=by
        )
        log.record("cast", votes_of(motion), by=by, linked=False, seat=seat.pk, choice=choice)
    return Vote.objects.filter(motion=motion, seat=seat).latest("seq")


def votes_of(motion: Motion) -> str:
    """The subject in the trail that all votes on a motion share."""
    return f"governance.vote:{motion.pk}"


@transaction.atomic
def close(motion: Motion, *, by: User) -> Motion:
    """Count the votes and let the proposal follow from them.

    Carried adopts the proposal, lost declines it, both in this transaction: where the proposal
    has moved on, the close is refused with it. Raises ``Refused`` where the vote is not open.
    """
    # Waits for votes under way; none enters after the count.
    locked = Motion.objects.select_for_update(of=["self"]).get(pk=motion.pk)
    if not locked.is_open:
        raise Refused(_("The vote on this motion is not open."))
    return _settle(motion, count(locked), by=by)


@transaction.atomic
def decide_tie(motion: Motion, *, by: User, choice: str) -> Motion:
    """Let the chair decide a tie with a casting vote, ``yes`` or ``no``.

    Raises ``Refused`` for anybody else, and for a chair who takes no part in the motion.
    """
    locked = Motion.objects.select_for_update(of=["self"]).get(pk=motion.pk)
    if locked.state != MotionState.AWAITING_CASTING_VOTE:
        raise Refused(_("There is no tie to decide."))
    chair = Seat.objects.current(_day(locked)).filter(council=locked.council_id, is_chair=True)
    if not chair.of_member(by).exists():
        raise Refused(_("Only the chair of this council decides a tie."))
    if locked.recusals.filter(seat__in=chair).exists():
        raise Refused(VOTE_REFUSALS["voters_are_not_recused"])
    if choice not in {Choice.YES, Choice.NO}:
        raise Refused(_("Choose for or against."))
    counted = tally.Counts(**{**(locked.outcome or {})["counts"], "chair_vote": str(choice)})
    return _settle(motion, counted, by=by)


def count(motion: Motion) -> tally.Counts:
    """Count members by what they did; whoever voted was present."""
    seats = {place.pk for place in councils.seats_of(motion.council, _day(motion))}
    recused = seats & {recusal.seat_id for recusal in motion.recusals.all()}
    final = {v.seat_id: v.choice for v in motion.votes.final() if v.seat_id not in recused}
    attendances = Attendance.objects.filter(meeting=motion.meeting_id)
    here = {attendance.seat_id for attendance in attendances if attendance.is_here}
    cast = list(final.values())
    return tally.Counts(
        seated=len(seats),
        present=len((seats & here | set(final)) - recused),
        recused=len(recused),
        yes=cast.count(Choice.YES),
        no=cast.count(Choice.NO),
        abstain=cast.count(Choice.ABSTAIN),
    )


def _day(motion: Motion) -> date:
    return timezone.localdate(motion.opened_at) if motion.opened_at else timezone.localdate()


def _settle(motion: Motion, counts: tally.Counts, *, by: User) -> Motion:
    motion.refresh_from_db()
    try:
        found = tally.outcome(motion.rule or {}, counts)
    except ValueError as error:
        raise Refused(
            _("These votes do not fit the council's rule. Please check who is noted as present.")
        ) from error
    outcome = {"counts": asdict(counts), "numbers": found.numbers, "steps": list(found.steps)}
    also = {"outcome": outcome, "closed_at": timezone.now()}
    motion.move(MotionState(found.result), by=by, also=also, outcome=outcome)
    _follow(motion, by=by)
    proposals.forget_kept_pages()
    return motion


def _follow(motion: Motion, *, by: User) -> None:
    """Decide the proposal as the motion was; after a tie or without a quorum it waits."""
    if motion.state == MotionState.CARRIED:
        proposals.adopt(motion.proposal, by=by, reason=_public_reason(motion))
    elif motion.state == MotionState.LOST:
        reason = _public_reason(motion)
        proposals.decline(motion.proposal, by=by, ground=Ground.COUNCIL, reason=reason)


def _public_reason(motion: Motion) -> str:
    """The reason as the city publishes it, in the city's own language."""
    with translation.override(settings.LANGUAGE_CODE):
        return sentences.result(motion)


def _tell_voters(motion: Motion) -> None:
    recused = {recusal.seat_id for recusal in motion.recusals.all()}
    attendances = Attendance.objects.filter(meeting=motion.meeting_id)
    found = attendances.select_related("seat__member")
    voters = [a.seat.member for a in found if a.is_here and a.seat_id not in recused]
    notes.leave_for_all(
        voters, "division_opened", url=motion.get_absolute_url(), title=motion.title
    )
