"""Entering a proposal, a support or a verification for a citizen who came, called or wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.assisted.domain import people, receipts
from portal.assisted.models import Entry, Kind, Shown
from portal.audit.actors import pseudonym
from portal.audit.domain import log
from portal.identity.domain import verifications
from portal.identity.domain.hashes import Facts, person
from portal.identity.models import Level
from portal.notifications.domain import notes
from portal.proposals.domain import proposals, supports
from portal.proposals.models import Proposal
from portal.refusals import Refused


@dataclass(frozen=True)
class Visit:
    """How a citizen came to the city: the way, the consent, and what they showed."""

    channel: str
    consent_on: date
    consent_how: str
    shown: str
    name: str
    reason: str = ""
    facts: Facts | None = None

    @property
    def level(self) -> Level:
        """How sure the clerk is: of whoever showed nothing, not at all."""
        return Level.RESIDENT if self.facts and self.shown != Shown.NOTHING else Level.NONE


@transaction.atomic
def enter_proposal(visit: Visit, *, by: User, written: Mapping[str, Any]) -> Entry:
    """Publish a proposal that a citizen told a clerk; the citizen is its author, the clerk acts."""
    citizen = _citizen(visit, by, name=visit.name)
    proposal = proposals.draft(by=citizen, written=written)
    Proposal.objects.filter(pk=proposal.pk).update(channel=visit.channel)
    proposal.channel = visit.channel
    proposals.publish(proposal, by=by)
    proposals.unfollow(proposal, by=by)
    proposals.follow(proposal, by=citizen)
    return _enter(Kind.PROPOSAL, visit, by=by, citizen=citizen, proposal=proposal)


@transaction.atomic
def enter_support(visit: Visit, *, by: User, proposal: Proposal) -> Entry:
    """Count the support of a citizen who showed who they are.

    Raises ``Refused`` where nothing was shown, and for all that ``supports.add`` refuses.
    """
    if visit.level != Level.RESIDENT:
        raise Refused(_("A support counts only for a person who shows who they are."))
    citizen = _citizen(visit, by)
    try:
        supports.add(proposal, by=citizen, channel=visit.channel)
    except supports.AlreadyGiven as already:
        raise Refused(
            _("This person supports the proposal already. Each person counts once.")
        ) from already
    return _enter(Kind.SUPPORT, visit, by=by, citizen=citizen, proposal=proposal)


@transaction.atomic
def enter_verification(visit: Visit, *, by: User, account: User) -> Entry:
    """Make the holder of ``account``, who stands before the clerk, a verified resident.

    Raises ``Refused`` for the clerk's own account and where nothing was shown.
    """
    if account.pk == by.pk:
        raise Refused(_("Another clerk enters what concerns yourself."))
    if visit.facts is None or visit.level != Level.RESIDENT:
        raise Refused(_("Only a person who shows who they are can be verified."))
    verifications.grant(
        account,
        provider=verifications.COUNTER,
        person_hash=person(visit.facts),
        district=visit.facts.district,
        by=by,
    )
    return _enter(Kind.VERIFICATION, visit, by=by, citizen=account)


def _citizen(visit: Visit, by: User, *, name: str = "") -> User:
    if visit.facts is None or visit.level == Level.NONE:
        return people.unknown_person(name)
    return people.account_for(visit.facts, by=by, provider=verifications.COUNTER, name=name)


def _enter(
    kind: str, visit: Visit, *, by: User, citizen: User, proposal: Proposal | None = None
) -> Entry:
    """Write who acted for whom, in the row and in the trail, and tell who has an account."""
    entry = Entry(
        kind=kind,
        citizen=citizen,
        clerk=by,
        channel=visit.channel,
        reason=visit.reason,
        consent_on=visit.consent_on,
        consent_how=visit.consent_how,
        shown=visit.shown,
        level=visit.level,
        proposal=proposal,
        entered_at=timezone.now(),
    )
    entry.lookup_hash = receipts.lookup_hash(receipts.code_of(entry))
    entry.save()
    subject = log.subject_key(proposal or entry)
    behalf: dict[str, Any] = {"on_behalf": pseudonym(citizen, subject), "why": visit.reason or None}
    log.record("entered", entry, by=by, what=kind, **behalf)
    if kind == Kind.PROPOSAL and proposal:
        log.record("entered_for", proposal, by=by, **behalf)
    if citizen.is_active:
        url = proposal.get_absolute_url() if proposal else ""
        notes.leave(citizen, "entered_for_you", url=url, what=entry.get_kind_display())
    return entry
