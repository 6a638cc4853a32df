"""The duty to answer: its clock, its stops, the review and the referral."""

from datetime import date, timedelta
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import deadlines
from portal.accounts.domain.calendar import city_calendar
from portal.accounts.models import Appointment, Department, Role, User
from portal.notifications.domain import notes
from portal.proposals.domain import proposals
from portal.proposals.models import Pause, Proposal, ProposalState, Review
from portal.refusals import Refused


@transaction.atomic
def become_due(
    proposal: Proposal, *, by: User | None = None, support: int | None = None
) -> Proposal:
    """Start the clock: a department owes an answer.

    The decision is due within 30 civil days (Regulation on Citizens' Proposals,
    article 10; the number is ``settings.ANSWER_DAYS``).
    """
    today = timezone.localdate()
    due = deadlines.civil_days(today, settings.ANSWER_DAYS, holidays=city_calendar())
    department = _first_department(proposal)
    proposal.move(
        ProposalState.ANSWER_DUE,
        by=by,
        also=_also(department=department, clock_started_on=today, due_on=due),
        due=due.isoformat(),
        department=department.code,
        support=support,
    )
    proposals.tell(proposal, "proposal_answer_due", due=due, department=department)
    _tell_officials(proposal, "answer_owed", due=due)
    return proposal


@transaction.atomic
def ask_supplement(proposal: Proposal, *, by: User, reason: str) -> Proposal:
    """Ask the author for more; the clock stops until it comes (article 6(2): seven days)."""
    today = timezone.localdate()
    until = deadlines.civil_days(today, settings.SUPPLEMENT_DAYS, holidays=city_calendar())
    Pause.objects.create(
        proposal=proposal, asked_on=today, due_on=until, asked_for=reason, asked_in=proposal.state
    )
    proposals.step(
        proposal, ProposalState.SUPPLEMENT, by=by, reason=reason, until=until.isoformat()
    )
    proposals.tell(proposal, "supplement_asked", reason=reason, until=until)
    return proposal


@transaction.atomic
def supply(proposal: Proposal, *, by: User, text: str) -> Proposal:
    """Give the supplement: the clock goes on, the due date moved by the days it stood still."""
    pause = proposal.pauses.filter(came_on=None).first()
    if pause is None or not text.strip():
        raise Refused(_("Nothing has been asked for, or your supplement is empty."))
    pause.came_on, pause.supplement = timezone.localdate(), text
    pause.save(update_fields=["came_on", "supplement"])
    due = due_after_pauses(proposal)
    proposal.move(
        pause.asked_in,
        by=by,
        also=_also(due_on=due),
        verb="supplied",
        reason=text,
        due=due.isoformat(),
    )
    proposals.forget_kept_pages()
    _tell_officials(proposal, "supplement_came", due=due)
    return proposal


@transaction.atomic
def review(proposal: Proposal, *, by: User, opinion: str) -> Proposal:
    """Write the preliminary review (사전검토) of the department in charge."""
    proposals.step(proposal, ProposalState.PRELIM_REVIEW, by=by, reason=opinion)
    _keep_opinion(proposal, by, opinion, Review.Kind.PRELIMINARY)
    proposals.tell(proposal, "proposal_reviewed", opinion=opinion)
    return proposal


@transaction.atomic
def ask_departments(proposal: Proposal, *, by: User, reason: str) -> Proposal:
    """Ask the departments concerned for their opinions (유관부서 검토)."""
    proposals.step(proposal, ProposalState.DEPT_REVIEW, by=by, reason=reason)
    proposals.tell(proposal, "departments_asked", reason=reason)
    return proposal


@transaction.atomic
def give_opinion(proposal: Proposal, *, by: User, opinion: str) -> Review:
    """Write the opinion of a department concerned."""
    if not opinion.strip():
        raise Refused(_("An opinion is needed: everyone reads it."))
    kept = _keep_opinion(proposal, by, opinion, Review.Kind.DEPARTMENT)
    proposals.note_step(proposal, "opinion_given", by=by, reason=opinion)
    return kept


@transaction.atomic
def refer(proposal: Proposal, *, by: User, reason: str) -> Proposal:
    """Refer a reviewed proposal to the living-lab council, which decides by a vote."""
    proposals.step(proposal, ProposalState.REFERRED, by=by, reason=reason)
    proposals.tell(proposal, "proposal_referred", reason=reason)
    return proposal


@transaction.atomic
def transfer(proposal: Proposal, *, by: User, department: Department, reason: str) -> Proposal:
    """Hand a proposal to the department that it concerns; the clock does not stop for it."""
    if department.pk == proposal.department_id:
        raise Refused(_("That department already has it."))
    if not reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))
    Proposal.objects.filter(pk=proposal.pk).update(department=department)
    proposal.department = department
    proposals.note_step(proposal, "transferred", by=by, reason=reason, department=department.code)
    proposals.tell(proposal, "proposal_transferred", department=department, reason=reason)
    _tell_officials(proposal, "answer_owed", due=proposal.due_on)
    return proposal


def remind(today: date | None = None) -> int:
    """Tell officials of answers due in three days or one, and of those due yesterday: now late."""
    day = today or timezone.localdate()
    kinds: dict[date | None, str] = {
        day + timedelta(3): "answer_soon",
        day + timedelta(1): "answer_soon",
    }
    kinds[day - timedelta(1)] = "answer_late"
    owed = Proposal.objects.clock_running().filter(due_on__in=kinds).select_related("department")
    for proposal in owed:
        _tell_officials(proposal, kinds[proposal.due_on], due=proposal.due_on)
    return len(owed)


def _keep_opinion(proposal: Proposal, by: User, opinion: str, kind: str) -> Review:
    department = _department_of(by) or proposal.department or _first_department(proposal)
    return Review.objects.create(
        proposal=proposal, kind=kind, department=department, author=by, opinion=opinion
    )


def _department_of(person: User) -> Department | None:
    held = [a.department for a in person.current_appointments if a.department_id]
    return held[0] if held else None


def due_after_pauses(proposal: Proposal) -> date:
    """The due date with every pause so far; both its days count as standing still."""
    ended = proposal.pauses.exclude(came_on=None)
    pauses = [
        deadlines.Pause(asked_on, cast("date", came_on))
        for asked_on, came_on in ended.values_list("asked_on", "came_on")
    ]
    # Whoever has paused the clock has started it before.
    started_on = cast("date", proposal.clock_started_on)
    return deadlines.civil_days(
        started_on, settings.ANSWER_DAYS, holidays=city_calendar(), pauses=pauses
    )


def _first_department(proposal: Proposal) -> Department:
    area = proposal.area
    if area and area.department:
        return area.department
    department = Department.objects.filter(is_open=True).order_by("code").first()
    if department is None:
        raise Refused(_("No department is set up yet that could answer."))
    return department


def _tell_officials(proposal: Proposal, kind: str, **context: Any) -> None:
    held = Appointment.objects.current().filter(
        role__in=[Role.OFFICIAL, Role.APPROVER], department=proposal.department
    )
    people = User.objects.filter(appointments__in=held).distinct()
    notes.leave_for_all(
        people, kind, url=proposal.get_absolute_url(), title=proposal.title, **context
    )


def _also(**columns: Any) -> dict[str, Any]:
    return {"changed_at": timezone.now(), **columns}
