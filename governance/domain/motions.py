"""Motions on the way to a vote: tabled, withdrawn, and who takes no part."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.domain import constraints
from governance.models import Council, Motion, MotionState, Recusal, Seat
from portal.accounts.models import User
from portal.audit.domain import log
from portal.proposals.domain import proposals
from portal.proposals.models import Proposal, ProposalState
from portal.refusals import Refused

TABLE_REFUSALS = {
    "one_undecided_motion_each_proposal": gettext_lazy(
        "There is already a motion on this proposal that is not decided yet."
    ),
}
RECUSAL_REFUSALS = {
    "one_recusal_each": gettext_lazy("This member already takes no part in the motion."),
}


@transaction.atomic
def table(
    proposal: Proposal, council: Council, *, by: User, written: Mapping[str, str] | None = None
) -> Motion:
    """Bring a referred proposal before a council; ``written`` may have ``title`` and ``text``.

    Raises ``Refused`` for a proposal that is not referred or has an undecided motion.
    """
    proposal = Proposal.objects.select_for_update(of=["self"]).get(pk=proposal.pk)
    if proposal.state != ProposalState.REFERRED:
        raise Refused(_("Only a proposal that was referred to the council can be tabled."))
    given = written or {}
    title = given.get("title", "").strip() or proposal.title
    text = given.get("text", "").strip() or proposal.solution[:3000]
    with constraints.in_words(TABLE_REFUSALS):
        motion = Motion.objects.create(council=council, proposal=proposal, title=title, text=text)
    key = log.subject_key(proposal)
    log.record("tabled", motion, by=by, title=title, text=text, proposal=key, council=council.code)
    proposals.tell(proposal, "motion_tabled", council=council)
    proposals.forget_kept_pages()
    return motion


@transaction.atomic
def table_again(motion: Motion, *, by: User) -> Motion:
    """Let a motion that too few members could decide wait for a vote again."""
    motion.move(MotionState.TABLED, by=by)
    proposals.forget_kept_pages()
    return motion


@transaction.atomic
def withdraw(motion: Motion, *, by: User, reason: str) -> Motion:
    """Take a motion off the council's table before it is decided."""
    if not reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))
    motion.move(MotionState.WITHDRAWN, by=by, reason=reason)
    proposals.forget_kept_pages()
    return motion


@transaction.atomic
def recuse(motion: Motion, *, by: User, seat: Seat, reason: str) -> Recusal:
    """Let the holder of ``seat`` take no part in the motion, by own wish or the council's decision.

    Raises ``Refused`` without a reason, for a seat of another council, once the motion is
    decided, and once the member has voted.
    """
    motion = Motion.objects.select_for_update(of=["self"]).get(pk=motion.pk)
    _insist_on_recusable(motion, seat, reason)
    with constraints.in_words(RECUSAL_REFUSALS):
        recusal = motion.recusals.create(
            seat=seat, reason=reason.strip(), is_own_wish=seat.member_id == by.pk, decided_by=by
        )
    wish = "own wish" if recusal.is_own_wish else "decided"
    log.record("recused", motion, by=by, reason=reason, seat=seat.pk, how=wish)
    proposals.forget_kept_pages()
    return recusal


def _insist_on_recusable(motion: Motion, seat: Seat, reason: str) -> None:
    if not reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))
    if seat.council_id != motion.council_id:
        raise Refused(_("This person has no seat in the council that decides."))
    if motion.state not in {MotionState.TABLED, MotionState.OPEN, MotionState.NO_QUORUM}:
        raise Refused(_("The vote on this motion is over."))
    if motion.is_open and motion.votes.filter(seat=seat).exists():
        raise Refused(_("This member has already voted on the motion."))
