"""The life of a proposal from its first word to the city's decision."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import discretion, registry
from portal.accounts.models import User
from portal.audit.domain import log
from portal.identity.domain import levels
from portal.identity.models import Action
from portal.page_cache import forget_pages
from portal.proposals.domain import notices
from portal.proposals.models import (
    ACCEPTING,
    Channel,
    Decision,
    Follow,
    Ground,
    HeldNote,
    Proposal,
    ProposalState,
    Rhythm,
)
from portal.refusals import Refused

TEXTS = ("title", "problem", "solution", "effect", "place")
DECISION_OF = {
    Ground.ALREADY_DONE: Decision.ALREADY_DONE,
    Ground.NOT_THE_CITYS: Decision.NOT_THE_CITYS,
    Ground.COUNCIL: Decision.COUNCIL_REFUSED,
}
WRITTEN = (*TEXTS, "area", "issue", "district", "latitude", "longitude")


@transaction.atomic
def draft(
    *,
    by: User,
    written: Mapping[str, Any],
    channel: str = Channel.WEB,
    call: int | None = None,
) -> Proposal:
    """Keep what a citizen has typed so far; nothing of it is required yet.

    ``call`` is the number of the call that it answers, where it answers one.
    """
    return Proposal.objects.create(author=by, channel=channel, call_id=call, **_fields(written))


@transaction.atomic
def revise(proposal: Proposal, *, by: User, written: Mapping[str, Any]) -> Proposal:
    """Keep a later version of a draft. Raises ``Refused`` once it is published."""
    changes = {**_fields(written), "changed_at": timezone.now()}
    still_draft = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.DRAFT)
    if not still_draft.update(**changes):
        raise Refused(_("This proposal is already public and can no longer be changed."))
    for name, value in changes.items():
        setattr(proposal, name, value)
    return proposal


@transaction.atomic
def discard(proposal: Proposal, *, by: User) -> None:
    """Throw a draft away. Raises ``Refused`` once it is published."""
    deleted, _rows = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.DRAFT).delete()
    if not deleted:
        raise Refused(_("This proposal is already public. You may withdraw it instead."))


@transaction.atomic
def publish(proposal: Proposal, *, by: User) -> Proposal:
    """Make a draft public; from now on anyone reads it and others support it.

    Raises ``Refused`` where something that is required is missing.
    """
    # Authors of earlier systems were known there, and nobody can be told anything: they have
    # no way to sign in here.
    is_from_elsewhere = proposal.channel == Channel.IMPORT
    # A clerk who enters for a citizen answers for the citizen.
    if proposal.author_id == by.pk and not is_from_elsewhere:
        levels.require(by, Action.WRITE)
    discretion.refuse_numbers_of_residents(*(getattr(proposal, name) for name in TEXTS))
    _refuse_incomplete(proposal)
    now = timezone.now()
    proposal.move(
        ProposalState.SUBMITTED,
        by=by,
        also={"published_at": now, "changed_at": now},
        **{name: getattr(proposal, name) for name in TEXTS},
    )
    if not is_from_elsewhere:
        Follow.objects.get_or_create(proposal=proposal, person=by)
    for follow_up in registry.after_publication:
        follow_up(proposal, by)
    if not is_from_elsewhere:
        _tell_of_receipt(proposal, now)
    forget_kept_pages()
    return proposal


def _refuse_incomplete(proposal: Proposal) -> None:
    # Texts from earlier systems are one piece.
    solution = proposal.solution.strip() or proposal.channel == Channel.IMPORT
    if not all((proposal.title.strip(), proposal.problem.strip(), solution)):
        raise Refused(_("Title, problem and solution are needed before you publish."))
    if proposal.area_id is None:
        raise Refused(_("Choose an area before you publish."))


def _tell_of_receipt(proposal: Proposal, now: datetime) -> None:
    notices.tell(
        proposal,
        "proposal_published",
        received=now,
        where=notices.how_to_follow(proposal),
        support=settings.SUPPORT_THRESHOLD,
    )


@transaction.atomic
def withdraw(proposal: Proposal, *, by: User, reason: str) -> Proposal:
    """Let the author take a proposal back before it is decided."""
    return step(proposal, ProposalState.WITHDRAWN, by=by, reason=reason)


@transaction.atomic
def adopt(proposal: Proposal, *, by: User | None, reason: str) -> Proposal:
    """Adopt a proposal by a vote of the council, and tell everyone who follows or supports it."""
    conclude(proposal, by=by, decision=Decision.ACCEPTED, reason=reason)
    tell_all(proposal, "proposal_adopted", reason=reason)
    return proposal


@transaction.atomic
def decline(proposal: Proposal, *, by: User | None, ground: str, reason: str) -> Proposal:
    """Answer that the city does not adopt a proposal, on a ground and with a reason."""
    if ground not in Ground.values:
        raise Refused(_("Choose a ground that the rules name."))
    decision = DECISION_OF.get(Ground(ground), Decision.NOT_FEASIBLE)
    conclude(proposal, by=by, decision=decision, reason=reason, also={"ground": ground})
    tell_all(proposal, "proposal_not_adopted", reason=reason, **refusal_words(proposal, by))
    return proposal


def conclude(
    proposal: Proposal,
    *,
    by: User | None,
    decision: str,
    reason: str,
    also: Mapping[str, Any] | None = None,
) -> Proposal:
    """Write down what the city decided, with its reason; the caller tells people."""
    to = ProposalState.ADOPTED if decision in ACCEPTING else ProposalState.NOT_ADOPTED
    decided = {
        "decided_at": timezone.now(),
        "decision": decision,
        "answer": reason,
        "answered_by": by,
        **(also or {}),
    }
    ground = decided.get("ground", "")
    return step(proposal, to, by=by, reason=reason, also=decided, ground=ground, decision=decision)


def refusal_words(proposal: Proposal, by: User | None) -> dict[str, Any]:
    """What every refusal tells besides its reason: whom to ask, and how it is examined again."""
    return {
        "days": settings.REEXAMINATION_DAYS,
        "where": notices.how_to_follow(proposal),
        **notices.contact(proposal, by),
    }


def tell_all(proposal: Proposal, kind: str, **context: Any) -> None:
    """Tell the author and followers now, and have all supporters told."""
    notices.tell(proposal, kind, **context)
    notices.announce(proposal, kind, **context)


@transaction.atomic
def leave_call(proposal: Proposal, *, by: User) -> Proposal:
    """Let a proposal go its own way, no longer as an answer to a call."""
    note_step(proposal, "left_call", by=by)
    Proposal.objects.filter(pk=proposal.pk).update(call_id=None)
    proposal.call_id = None
    return proposal


def follow(proposal: Proposal, *, by: User) -> None:
    """Let a person be told of every step of a proposal."""
    Follow.objects.get_or_create(proposal=proposal, person=by)


def unfollow(proposal: Proposal, *, by: User) -> None:
    """Stop telling a person, also what waits for a digest."""
    Follow.objects.filter(proposal=proposal, person=by).delete()
    HeldNote.objects.filter(proposal=proposal, person=by).delete()


def tell_in_rhythm(follow: Follow, *, by: User, tells: str) -> Follow:
    """Let ``by`` choose how they are told of a proposal that they follow."""
    follow.tells = Rhythm(tells)
    follow.save(update_fields=["tells"])
    return follow


def tell(proposal: Proposal, kind: str, **context: Any) -> None:
    """Leave a note for the author and for all who follow the proposal."""
    notices.tell(proposal, kind, **context)


def note_step(proposal: Proposal, verb: str, *, by: User | None, **detail: Any) -> None:
    """Record an act on a proposal that does not move it, and refresh what lists show."""
    log.record(verb, proposal, by=by, **detail)
    Proposal.objects.filter(pk=proposal.pk).update(changed_at=timezone.now())
    forget_kept_pages()


def step(
    proposal: Proposal,
    to: str,
    *,
    by: User | None,
    reason: str,
    also: Mapping[str, Any] | None = None,
    **detail: Any,
) -> Proposal:
    """Move a published proposal on, with a reason that is not blank."""
    if not reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))
    changes = {"changed_at": timezone.now(), **(also or {})}
    proposal.move(to, by=by, also=changes, reason=reason, **detail)
    forget_kept_pages()
    return proposal


def _fields(written: Mapping[str, Any]) -> dict[str, Any]:
    return {name: written[name] for name in WRITTEN if name in written}


def forget_kept_pages() -> None:
    """Make kept pages stale once the change is committed."""
    transaction.on_commit(forget_pages)
