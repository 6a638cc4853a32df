"""Receipts: a code on paper that shows, without an account, how things stand."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.assisted.models import Entry, Kind
from portal.bilingual import day, moment
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


def subject_of(entry: Entry) -> str:
    """What the entry brought in, in a line."""
    kind = entry.get_kind_display()
    return f"{kind}: {entry.proposal.title}" if entry.proposal else str(kind)


def facts_of(entry: Entry) -> list[tuple[str, str]]:
    """What a receipt says, as pairs of a name and a value."""
    standing, proposal = standing_of(entry), entry.proposal
    facts: list[tuple[str, Any]] = []
    if proposal and proposal.reference:
        facts.append((_("Reference"), proposal.reference))
    elif proposal:
        facts.append((_("Number"), proposal.pk))
    consent = f"{entry.get_consent_how_display()}, {day(entry.consent_on)}"
    facts += [
        (pgettext("a citizen", "For"), entry.citizen.public_name),
        (_("Entered by"), entry.clerk.name),
        (_("Entered on"), moment(entry.entered_at)),
        (_("Way"), entry.get_channel_display()),
        (_("Shown"), entry.get_shown_display()),
        (_("Consent"), consent),
        (_("State"), standing.state),
    ]
    if standing.due_on:
        facts.append((_("Next date"), day(standing.due_on)))
    return [(name, str(value)) for name, value in facts]


def _still_supports(entry: Entry, proposal: Proposal) -> bool:
    given = Support.objects.filter(proposal=proposal, person_id=entry.citizen_id)
    return given.exists()
