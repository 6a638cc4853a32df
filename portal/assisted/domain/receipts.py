"""Receipts: a code on paper that shows, without an account, how things stand."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.assisted.models import Entry, Kind
from portal.identity.domain import hashes
from portal.proposals.models import Proposal, Support
from portal.refusals import Refused

PURPOSE = "receipt"


@dataclass(frozen=True)
class Standing:
    """What a receipt tells: what was entered, where it stands, and the next date."""

    entry: Entry
    state: str
    due_on: date | None = None


def code_of(entry: Entry) -> str:
    """The code on the receipt of ``entry``: made again from its random number, never kept."""
    return hashes.code_of(PURPOSE, str(entry.uuid))


def lookup_hash(code: str) -> bytes:
    """The keyed hash under which the receipt with ``code`` is found."""
    return hashes.code(PURPOSE, code)


def find(typed: str) -> Standing:
    """How that stands for which the receipt was given. Raises ``Refused`` for an unknown code."""
    oldest = timezone.now() - timedelta(days=settings.RECEIPT_DAYS)
    found = (
        Entry.objects.filter(lookup_hash=lookup_hash(typed), entered_at__gt=oldest)
        .select_related("proposal", "citizen")
        .first()
    )
    if found is None:
        raise Refused(_("No receipt has this code. Check each letter and digit."))
    return standing_of(found)


def standing_of(entry: Entry) -> Standing:
    """How that stands which ``entry`` brought in."""
    if entry.kind == Kind.VERIFICATION:
        known = entry.citizen.verifications.in_force().first()
        ends = timezone.localdate(known.expires_at) if known else None
        return Standing(entry, _("In force") if known else _("Ended"), ends)
    proposal = entry.proposal
    if proposal is None or proposal.visibility != "public":
        return Standing(entry, _("Not public at the moment"))
    if entry.kind == Kind.SUPPORT and not _still_supports(entry, proposal):
        return Standing(entry, _("The support was taken back"))
    return Standing(entry, proposal.get_state_display(), proposal.due_on)


def _still_supports(entry: Entry, proposal: Proposal) -> bool:
    given = Support.objects.filter(proposal=proposal, person_id=entry.citizen_id)
    return given.exists()
