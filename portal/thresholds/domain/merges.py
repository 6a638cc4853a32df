"""Merging duplicates: the first received leads, and each supporter is asked.

Regulation on Citizens' Proposals (presidential decree 35811), article 6(3): of two proposals with
the same content the one received first counts.
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import deadlines
from portal.accounts.domain.calendar import city_calendar
from portal.accounts.models import User
from portal.audit.domain import log
from portal.notifications.domain import notes
from portal.proposals.domain import proposals
from portal.proposals.models import OPEN_STATES, Proposal, ProposalState, Visibility
from portal.refusals import Refused
from portal.thresholds.domain import carrying, duties, voices
from portal.thresholds.models import Merge, MergeState

# By when the sweep that ends holds has come by once more.
HOLDS_END_WITHIN = timedelta(hours=1)


def propose_both(one: Proposal, *, by: User, other: Proposal, reason: str) -> Merge:
    """Ask the supporters of whichever was received later whether they move over to the other.

    Raises ``Refused`` where both are the same, and where ``propose`` does.
    """
    if one.pk == other.pk:
        raise Refused(_("This is the same proposal. Write the number of another one."))
    earlier, later = sorted((one, other), key=_receipt)
    return propose(later, by=by, earlier=earlier, reason=reason)


@transaction.atomic
def propose(later: Proposal, *, by: User, earlier: Proposal, reason: str) -> Merge:
    """Ask the supporters of ``later`` whether they move over to ``earlier``.

    Raises ``Refused`` where ``earlier`` was not received first or gathers no support any more,
    where either is already part of a merge that this one would cross, where either is the
    proposer's own, and without a reason.
    """
    if by.pk in {later.author_id, earlier.author_id}:
        raise Refused(_("One of the two is your own proposal. Somebody else proposes to merge it."))
    later, earlier = _locked(later.pk, earlier.pk)
    _check(later, earlier, reason)
    merge = Merge.objects.create(
        later=later,
        earlier=earlier,
        reason=reason.strip(),
        proposed_by=by,
        answer_by=timezone.now() + timedelta(days=settings.MERGE_ANSWER_DAYS),
        counts_silent=settings.MERGE_COUNTS_SILENT,
    )
    until = timezone.localdate(merge.answer_by)
    log.record("asking", merge, by=by, reason=reason, later=later.pk, earlier=earlier.pk)
    for proposal, other in ((later, earlier), (earlier, later)):
        proposals.note_step(
            proposal, "merge_proposed", by=by, reason=reason, other=other.pk, until=str(until)
        )
    for proposal in (later, earlier):
        words = {"title": later.title, "earlier": earlier.title, "until": until}
        notes.leave(proposal.author, "merge_proposed", url=merge.get_absolute_url(), **words)
    voices.ask(merge)
    return merge


@transaction.atomic
def call_off(merge: Merge, *, by: User | None, reason: str) -> Merge:
    """Give a merge up before it is carried out; everyone stays where they are."""
    if not reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))
    merge.move(MergeState.CALLED_OFF, by=by, reason=reason)
    for proposal in (merge.later, merge.earlier):
        proposals.note_step(proposal, "merge_called_off", by=by, reason=reason)
    proposals.tell(merge.later, "merge_called_off", reason=reason)
    return merge


@transaction.atomic
def carry_out(merge: Merge, *, by: User | None = None) -> Merge:
    """Merge, once the time to answer has ended; those who agree are counted there.

    Raises ``Refused`` before that, or where one of the proposals has moved on or is hidden.
    """
    if timezone.now() < merge.answer_by:
        raise Refused(_("The time to answer has not ended yet."))
    later, earlier = _both_locked(merge)
    if not _both_public(merge):
        raise Refused(_("One of the two proposals has been hidden by moderation."))
    if earlier.state not in OPEN_STATES or not later.may_become(ProposalState.MERGED):
        raise Refused(_("One of the two proposals has moved on."))
    merge.move(MergeState.MERGED, by=by, also={"was": later.state})
    now = timezone.now()
    later.move(
        ProposalState.MERGED,
        by=by,
        also={"merged_into": earlier, "changed_at": now},
        reason=merge.reason,
        earlier=earlier.pk,
    )
    count = carrying.carry(merge)
    proposals.note_step(
        earlier, "took_over", by=by, reason=merge.reason, later=later.pk, carried=count
    )
    proposals.tell(later, "proposal_merged", earlier=earlier.title_for_others, carried=count)
    return merge


@transaction.atomic
def split(merge: Merge, *, by: User, reason: str) -> Merge:
    """Undo a merge: each proposal has again the supports that were its own."""
    if not reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))
    merged_on = timezone.localdate(merge.state_since)
    later, earlier = _both_locked(merge)
    merge.move(MergeState.SPLIT, by=by, reason=reason)
    clock = _clock(later, merge, merged_on)
    also = {"merged_into": None, "changed_at": timezone.now(), **clock}
    told = {"due": clock["due_on"].isoformat()} if clock else {}
    later.move(merge.was, by=by, also=also, verb="split", reason=reason, earlier=earlier.pk, **told)
    count = carrying.give_back(merge)
    duties.reopen(later, by=by)
    proposals.note_step(earlier, "gave_back", by=by, reason=reason, later=later.pk, returned=count)
    proposals.tell(later, "proposal_split", earlier=earlier.title_for_others, reason=reason)
    return merge


def finish_due() -> int:
    """Carry out what has been asked long enough; call off what is no longer possible.

    Returns how many have come to their end.
    """
    asking = Merge.objects.asking().with_proposals()
    for merge in asking.filter(answer_by__gt=timezone.now()):
        voices.ask(merge)
    return sum(_finish(merge) for merge in asking.filter(answer_by__lte=timezone.now()))


def _finish(merge: Merge) -> bool:
    """End one merge. ``False`` where it waits for a hidden proposal that may yet be shown again.

    The reports of a few hold a proposal back for ``HOLD_HOURS``: that alone ends no merge.
    """
    try:
        carry_out(merge)
    except Refused as refusal:
        held_until = merge.answer_by + timedelta(hours=settings.HOLD_HOURS) + HOLDS_END_WITHIN
        if not _both_public(merge) and timezone.now() < held_until:
            return False
        call_off(merge, by=None, reason=str(refusal))
    return True


def _receipt(proposal: Proposal) -> tuple[Any, int]:
    """When a published proposal was received; of two at once the lower number was first."""
    return proposal.published_at, proposal.pk


def _check(later: Proposal, earlier: Proposal, reason: str) -> None:
    if not reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))
    if _receipt(earlier) >= _receipt(later):
        raise Refused(_("The proposal that was received first leads. Merge the later one into it."))
    both_public = later.visibility == earlier.visibility == Visibility.PUBLIC
    if not both_public or earlier.state not in OPEN_STATES:
        raise Refused(_("The earlier proposal no longer gathers support."))
    if not later.may_become(ProposalState.MERGED):
        raise Refused(_("This proposal has gone too far to be merged."))
    _check_others(later, earlier)


def _check_others(later: Proposal, earlier: Proposal) -> None:
    """Let no chains of merges arise: who carries others is not carried."""
    if Merge.objects.alive().filter(later__in=[later, earlier]).exists():
        raise Refused(_("One of the two is being merged already."))
    if later.merges_in.alive().exists():
        raise Refused(_("Others are merged into this proposal. Split them first."))


def _both_public(merge: Merge) -> bool:
    return merge.later.visibility == merge.earlier.visibility == Visibility.PUBLIC


def _both_locked(merge: Merge) -> tuple[Proposal, Proposal]:
    """Fetch both proposals of a merge, as ``_locked`` does, while no supports are carried."""
    carrying.hold_still()
    merge.later, merge.earlier = _locked(merge.later_id, merge.earlier_id)
    return merge.later, merge.earlier


def _locked(later: int, earlier: int) -> tuple[Proposal, Proposal]:
    """Fetch both proposals as they are now; until the end of the transaction nobody moves them.

    Nobody else begins to merge one of them meanwhile. The locks let supports in, which name the
    proposal by its key alone.
    """
    found = Proposal.objects.filter(pk__in=[later, earlier]).order_by("pk")
    locked = {proposal.pk: proposal for proposal in found.select_for_update(no_key=True)}
    return locked[later], locked[earlier]


def _clock(later: Proposal, merge: Merge, merged_on: date) -> dict[str, date]:
    """The due date of an answer that goes on: the days of the merge did not count."""
    if merge.was != ProposalState.ANSWER_DUE or later.due_on is None:
        return {}
    left = max(1, (later.due_on - merged_on).days)
    due = deadlines.civil_days(timezone.localdate(), left, holidays=city_calendar())
    return {"due_on": due}
