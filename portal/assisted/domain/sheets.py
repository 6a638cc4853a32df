"""Signatures on paper, typed in line by line and counted like supports on the web."""

from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.assisted.domain import people
from portal.assisted.models import Outcome, Sheet, SheetLine
from portal.audit.domain import log
from portal.identity.domain import hashes, register, verifications
from portal.identity.models import RegisterEntry
from portal.proposals.domain import supports
from portal.proposals.models import Channel, Proposal
from portal.quarantine.domain import files
from portal.refusals import Refused
from portal.uploads import Checked

PARTS = 3


class Typed(NamedTuple):
    """What came of one typed line; ``number`` is ``None`` where it could not be read."""

    text: str
    number: int | None
    outcome: str
    why: str = ""


@transaction.atomic
def begin(  # noqa: PLR0913  what stands on a sheet, all by name
    proposal: Proposal,
    *,
    by: User,
    received_on: date,
    lines_on_paper: int,
    scan: Any = None,
    checked: Checked | None = None,
) -> Sheet:
    """Note a sheet of signatures; ``scan`` is a picture or PDF of it that passed its check."""
    sheet = Sheet(
        proposal=proposal, clerk=by, received_on=received_on, lines_on_paper=lines_on_paper
    )
    if scan and checked:
        sheet.scan_name, sheet.scan_type = checked.name, checked.content_type
        sheet.scan_sha256 = checked.sha256
        sheet.scan.save(checked.name, scan, save=False)
    sheet.save()
    if sheet.scan:
        url = sheet.get_absolute_url()
        files.hold(sheet.scan, by=by, name=sheet.scan_name, url=url)
    log.record("received", sheet, by=by, lines=lines_on_paper, scan=sheet.scan_sha256 or None)
    return sheet


def enter(sheet: Sheet, *, by: User, text: str) -> list[Typed]:
    """Count the lines of ``text`` (name, birth date, district each); one bad line harms no other.

    Lines that cannot be read are given back with the reason and are not kept anywhere.
    """
    found = [_enter_line(sheet, line.strip(), by) for line in text.splitlines() if line.strip()]
    kept = [line for line in found if line.number]
    if kept:
        counted = sum(line.outcome == Outcome.COUNTED for line in kept)
        log.record("lines_entered", sheet, by=by, lines=len(kept), counted=counted)
    return found


def _enter_line(sheet: Sheet, text: str, by: User) -> Typed:
    try:
        facts = facts_in(text)
        hashes.person(facts)
    except Refused as refusal:
        return Typed(text, None, "", str(refusal))
    with transaction.atomic():
        Sheet.objects.select_for_update().get(pk=sheet.pk)
        outcome, why = _count(sheet, facts, by)
        last = sheet.lines.aggregate(last=Max("number"))["last"] or 0
        line = SheetLine.objects.create(sheet=sheet, number=last + 1, outcome=outcome)
    return Typed(text, line.number, outcome, why)


def facts_in(text: str) -> hashes.Facts:
    """Name, birth date and district of a line, between commas or tabs. Raises ``Refused``."""
    parts = [part.strip() for part in text.replace("\t", ",").split(",")]
    if hashes.RESIDENT_NUMBER.search(text):
        raise Refused(_("Do not type a resident registration number."))
    if len(parts) != PARTS:
        raise Refused(_("Write name, birth date and district, with commas between them."))
    return register.facts_of(*parts)


def _count(sheet: Sheet, facts: hashes.Facts, by: User) -> tuple[str, str]:
    """Count the support of one line. Where the city has loaded its register, it must know them."""
    known = RegisterEntry.objects.filter(person_hash=hashes.person(facts))
    if RegisterEntry.objects.exists() and not known.exists():
        return Outcome.UNKNOWN, ""
    try:
        with transaction.atomic():
            person = people.account_for(facts, by=by, provider=verifications.PAPER)
            supports.add(sheet.proposal, by=person, channel=Channel.PAPER)
    except supports.AlreadyGiven:
        return Outcome.DUPLICATE, ""
    except Refused as refusal:
        return Outcome.REFUSED, str(refusal)
    return Outcome.COUNTED, ""


def totals(sheet: Sheet) -> dict[str, int]:
    """How many lines came to what, by outcome."""
    counts = dict.fromkeys(Outcome.values, 0)
    for outcome in sheet.lines.values_list("outcome", flat=True):
        counts[outcome] += 1
    return counts
