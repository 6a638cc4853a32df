"""Whose business a proposal is: a named official, another department, or the complaints desk."""

from datetime import datetime, time

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import deadlines
from portal.accounts.domain.calendar import city_calendar
from portal.accounts.models import Department, User
from portal.proposals import rules
from portal.proposals.domain import notices, proposals
from portal.proposals.models import ComplaintKind, Proposal, ProposalState
from portal.refusals import Refused


@transaction.atomic
def assign(proposal: Proposal, *, by: User, official: User) -> Proposal:
    """Name the official of the department who deals with the proposal."""
    if not notices.officials_of(proposal.department).filter(pk=official.pk).exists():
        raise Refused(_("Only an official of the department in charge can deal with it."))
    if official.pk == proposal.author_id:
        raise Refused(_("Nobody deals with one's own proposal."))
    if rules.decided_before(official, proposal):
        raise Refused(_("Other people than before must decide this time."))
    if official.pk == proposal.official_id:
        raise Refused(_("That official has it already."))
    Proposal.objects.filter(pk=proposal.pk).update(official=official)
    proposal.official = official
    proposals.note_step(proposal, "assigned", by=by, official=official.name)
    notices.tell(proposal, "proposal_assigned", due=proposal.due_on, **notices.contact(proposal))
    if official != by:
        notices.tell_officials(proposal, "answer_assigned", due=proposal.due_on)
    return proposal


@transaction.atomic
def transfer(proposal: Proposal, *, by: User, department: Department, reason: str) -> Proposal:
    """Hand a proposal to the department that it concerns, once; the clock does not stop for it."""
    if department.pk == proposal.department_id:
        raise Refused(_("That department already has it."))
    if not reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))
    never = Proposal.objects.filter(pk=proposal.pk, transfers=0)
    if not never.update(department=department, official=None, transfers=F("transfers") + 1):
        raise Refused(
            _("It was handed over once already. A proposal is not sent round: please answer it.")
        )
    proposal.department, proposal.official, proposal.transfers = department, None, 1
    proposals.note_step(proposal, "transferred", by=by, reason=reason, department=department.code)
    notices.tell(
        proposal,
        "proposal_transferred",
        department=department,
        reason=reason,
        on=timezone.localdate(),
        due=proposal.due_on,
        **notices.contact(proposal),
    )
    notices.tell_officials(proposal, "answer_owed", due=proposal.due_on)
    return proposal


@transaction.atomic
def convert(proposal: Proposal, *, by: User, kind: str, reason: str) -> Proposal:
    """Handle what is no proposal as a civil complaint, with the deadline of its kind."""
    if kind not in ComplaintKind.values:
        raise Refused(_("Choose which complaint it is."))
    due = complaint_due(kind, timezone.now())
    proposals.step(
        proposal,
        ProposalState.CONVERTED,
        by=by,
        reason=reason,
        also={"complaint_kind": kind, "complaint_due_at": due},
        kind=kind,
        due=due.isoformat(),
    )
    notices.tell(
        proposal,
        "proposal_converted",
        complaint=ComplaintKind(kind).label,
        due=due,
        reason=reason,
        **notices.contact(proposal, by),
    )
    return proposal


def complaint_due(kind: str, at: datetime) -> datetime:
    """Until when a complaint of ``kind`` that came ``at`` is answered.

    Working days count from the first (Civil Petitions Act, article 19(2)), working hours from
    the minute (19(1)).
    """
    calendar = city_calendar()
    if kind == ComplaintKind.OTHER:
        return deadlines.work_hours(at, settings.COMPLAINT_OTHER_HOURS, holidays=calendar)
    days = {
        ComplaintKind.LAW_QUERY: settings.COMPLAINT_LAW_QUERY_DAYS,
        ComplaintKind.SYSTEM_QUERY: settings.COMPLAINT_SYSTEM_QUERY_DAYS,
        ComplaintKind.SUGGESTION: settings.COMPLAINT_SUGGESTION_DAYS,
        ComplaintKind.GRIEVANCE: settings.COMPLAINT_GRIEVANCE_DAYS,
    }[ComplaintKind(kind)]
    first = at.astimezone(deadlines.KST).date()
    last = deadlines.work_days(first, days, holidays=calendar)
    return datetime.combine(last, time(23, 59), deadlines.KST)
