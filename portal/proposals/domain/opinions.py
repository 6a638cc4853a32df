"""Asking others: departments of the city, agencies and experts outside it, and looking oneself."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Department, User
from portal.proposals.domain import clocks, notices, proposals, reviews
from portal.proposals.models import (
    FieldVisit,
    OpinionRequest,
    Proposal,
    ProposalState,
    Review,
)
from portal.refusals import Refused


@transaction.atomic
def ask(  # noqa: PLR0913  whom, what and until when
    proposal: Proposal,
    *,
    by: User,
    reason: str,
    departments: Sequence[Department] = (),
    outside: str = "",
    due_on: date | None = None,
) -> list[OpinionRequest]:
    """Ask departments, and an agency or expert outside, each for its own opinion (article 9).

    The author is told beforehand. Only the time of others outside is not counted. Raises
    ``Refused`` where nobody is asked, or for longer than ``settings.OPINION_DAYS``.
    """
    whom = [found for found in departments if found.pk != proposal.department_id]
    if not whom and not outside.strip():
        raise Refused(_("Choose at least one other department, or name an agency or expert."))
    until = _until(due_on)
    asked = [
        *[_request(proposal, by, reason, until, department=found) for found in whom],
        *([_request(proposal, by, reason, until, outside=outside.strip())] if outside else []),
    ]
    try:
        with transaction.atomic():
            OpinionRequest.objects.bulk_create(asked)
    except IntegrityError:
        raise Refused(_("One of these departments is asked already.")) from None
    _note_asking(proposal, by, reason, asked)
    for request in asked:
        _tell_asked(request)
    return asked


def _until(due_on: date | None) -> date:
    today = timezone.localdate()
    last = clocks.opinion_due()
    until = due_on or last
    if not today < until <= last:
        raise Refused(_("An opinion is due after today and within three weeks."))
    return until


def _request(  # noqa: PLR0913  the row itself
    proposal: Proposal,
    by: User,
    question: str,
    until: date,
    *,
    department: Department | None = None,
    outside: str = "",
) -> OpinionRequest:
    return OpinionRequest(
        proposal=proposal,
        department=department,
        outside=outside,
        question=question,
        asked_by=by,
        asked_on=timezone.localdate(),
        due_on=until,
    )


def _note_asking(
    proposal: Proposal, by: User, reason: str, asked: Sequence[OpinionRequest]
) -> None:
    whom = ", ".join(request.whom for request in asked)
    if proposal.may_become(ProposalState.DEPT_REVIEW):
        proposals.step(proposal, ProposalState.DEPT_REVIEW, by=by, reason=reason, whom=whom)
    elif reason.strip():
        proposals.note_step(proposal, "departments_asked", by=by, reason=reason, whom=whom)
    else:
        raise Refused(_("A reason is needed: everyone reads it."))
    outside = ", ".join(request.whom for request in asked if request.stops_clock)
    if outside:
        why = _("The clock stands still for the opinion of %(whom)s.") % {"whom": outside}
        _move_due(proposal, by, why)
    notices.tell(
        proposal,
        "departments_asked",
        whom=whom,
        reason=reason,
        until=asked[0].due_on,
        due=proposal.due_on,
        **notices.contact(proposal, by),
    )


def _tell_asked(request: OpinionRequest) -> None:
    if request.department:
        notices.tell_department(
            request.department,
            request.proposal,
            "opinion_asked",
            question=request.question,
            until=request.due_on,
        )


@transaction.atomic
def give(request: OpinionRequest, *, by: User, opinion: str) -> OpinionRequest:
    """Write an opinion: a department its own, or the official in charge what came from outside."""
    if not opinion.strip():
        raise Refused(_("An opinion is needed: everyone reads it."))
    proposal = request.proposal
    today = timezone.localdate()
    unanswered = OpinionRequest.objects.filter(pk=request.pk, answered_on=None)
    if not unanswered.update(answered_on=today, answered_by=by, opinion=opinion):
        raise Refused(_("This opinion has been given already."))
    request.refresh_from_db()
    if request.department:
        reviews.keep_opinion(
            proposal, by, opinion, Review.Kind.DEPARTMENT, department=request.department
        )
    proposals.note_step(proposal, "opinion_given", by=by, reason=opinion, whom=request.whom)
    if request.stops_clock:
        why = _("The opinion of %(whom)s came; the clock goes on.") % {"whom": request.whom}
        _move_due(proposal, by, why)
    notices.tell_officials(proposal, "opinion_came", whom=request.whom, opinion=opinion)
    return request


def _move_due(proposal: Proposal, by: User, reason: str) -> None:
    due = clocks.due_of(proposal)
    if due != proposal.due_on:
        clocks.move_due(proposal, due)
        proposals.note_step(proposal, "due_moved", by=by, reason=reason, due=due.isoformat())


@transaction.atomic
def plan_visit(proposal: Proposal, *, by: User, at: datetime, place: str, who: str) -> FieldVisit:
    """Announce that officials will look at the place; its author may come."""
    if at <= timezone.now():
        raise Refused(_("Plan the visit for a time to come."))
    visit = FieldVisit.objects.create(proposal=proposal, at=at, place=place, who=who, planned_by=by)
    proposals.note_step(proposal, "visit_planned", by=by, place=place, at=at.isoformat())
    contact = notices.contact(proposal, by)
    notices.tell(proposal, "visit_planned", at=at, place=place, who=who, **contact)
    return visit


@transaction.atomic
def tell_finding(visit: FieldVisit, *, by: User, finding: str) -> FieldVisit:
    """Publish what was found on the spot. Raises ``Refused`` before the visit, and twice."""
    if not finding.strip():
        raise Refused(_("Say what was found: everyone reads it."))
    if not visit.is_over:
        raise Refused(_("The visit has not taken place yet."))
    unmade = FieldVisit.objects.filter(pk=visit.pk, found_at=None)
    if not unmade.update(finding=finding, found_at=timezone.now()):
        raise Refused(_("The finding of this visit is public already."))
    visit.refresh_from_db()
    proposals.note_step(visit.proposal, "visited", by=by, reason=finding)
    notices.tell(visit.proposal, "visit_made", finding=finding, place=visit.place)
    return visit
