"""The duty to answer: it begins, the department in charge reviews, the council is asked."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Department, User
from portal.proposals.domain import clocks, notices, proposals
from portal.proposals.models import Decision, Proposal, ProposalState, Review
from portal.refusals import Refused


@transaction.atomic
def become_due(
    proposal: Proposal,
    *,
    by: User | None = None,
    support: int | None = None,
    on: date | None = None,
) -> Proposal:
    """Receive a proposal and start the clock: a department owes an answer.

    The decision is due within 30 civil days (Regulation on Citizens' Proposals, article 10;
    the number is ``settings.ANSWER_DAYS``). ``on`` is the day of receipt where it was earlier.
    """
    start = clocks.today_or(on)
    due = clocks.due_from(start, days=settings.ANSWER_DAYS)
    department = proposal.department or first_department(proposal)
    proposal.move(
        ProposalState.ANSWER_DUE,
        by=by,
        also={
            "changed_at": timezone.now(),
            "department": department,
            "clock_started_on": start,
            "due_on": due,
        },
        due=due.isoformat(),
        department=department.code,
        support=support,
    )
    proposals.forget_kept_pages()
    tell_receipt(proposal)
    return proposal


def tell_receipt(proposal: Proposal) -> None:
    """Send the receipt: number, kind, due date, contact, where to follow, the right to withdraw."""
    notices.tell(
        proposal,
        "proposal_answer_due",
        received=timezone.now(),
        due=proposal.due_on,
        where=notices.how_to_follow(proposal),
        department=proposal.department,
        **notices.contact(proposal),
    )
    notices.tell_officials(proposal, "answer_owed", due=proposal.due_on)


@transaction.atomic
def review(proposal: Proposal, *, by: User, opinion: str) -> Proposal:
    """Write the preliminary review (사전검토) of the department in charge."""
    proposals.step(proposal, ProposalState.PRELIM_REVIEW, by=by, reason=opinion)
    keep_opinion(proposal, by, opinion, Review.Kind.PRELIMINARY)
    contact = notices.contact(proposal, by)
    notices.tell(proposal, "proposal_reviewed", opinion=opinion, **contact)
    return proposal


@transaction.atomic
def refer(proposal: Proposal, *, by: User, reason: str) -> Proposal:
    """Refer the proposal to the council, which decides by a vote."""
    decided = {"decision": Decision.COUNCIL}
    proposals.step(proposal, ProposalState.REFERRED, by=by, reason=reason, also=decided)
    notices.tell(proposal, "proposal_referred", reason=reason, **notices.contact(proposal, by))
    return proposal


def keep_opinion(
    proposal: Proposal, by: User, opinion: str, kind: str, department: Department | None = None
) -> Review:
    """Keep what a department says of the proposal; it is shown on its page."""
    speaks = department or _department_of(by) or proposal.department or first_department(proposal)
    return Review.objects.create(
        proposal=proposal, kind=kind, department=speaks, author=by, opinion=opinion
    )


def _department_of(person: User) -> Department | None:
    held = [a.department for a in person.current_appointments if a.department_id]
    return held[0] if held else None


def first_department(proposal: Proposal) -> Department:
    """The department that answers for the proposal's area."""
    area = proposal.area
    if area and area.department:
        return area.department
    department = Department.objects.filter(is_open=True).order_by("code").first()
    if department is None:
        raise Refused(_("No department is set up yet that could answer."))
    return department
