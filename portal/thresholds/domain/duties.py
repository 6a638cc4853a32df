"""Duties: raised once for each step that a proposal passes, and settled when they are done."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import deadlines
from portal.accounts.domain.calendar import city_calendar
from portal.accounts.models import Appointment, Department, Role, User
from portal.audit.domain import log
from portal.notifications.domain import notes
from portal.page_cache import forget_pages
from portal.proposals.domain import proposals, reviews
from portal.proposals.models import DECIDED_STATES, OPEN_STATES, Proposal, ProposalState
from portal.refusals import Refused
from portal.thresholds.models import Duty, Effect, Step

DAYS = {
    Effect.ANSWER: "ANSWER_DAYS",
    Effect.DISCUSSION: "DISCUSSION_DAYS",
    Effect.COUNCIL: "COUNCIL_REFERRAL_DAYS",
    Effect.MAYOR: "MAYOR_ANSWER_DAYS",
}
BATCH = 500


@transaction.atomic
def raise_for(
    proposal: Proposal, step: Step, *, by: User | None, supports: int, reason: str
) -> Duty:
    """Let a proposal pass ``step``: a department owes something from now on, until a date.

    Whichever step is passed first starts the clock of the answer, and from then on no support
    can be taken back. Raises ``Refused`` where the step was passed before.
    """
    if proposal.state == ProposalState.SUBMITTED:
        reviews.become_due(proposal, by=by, support=supports)
    department = step.department or owner_of(proposal)
    duty, is_new = Duty.objects.get_or_create(
        proposal=proposal,
        step=step,
        defaults={
            "department": department,
            "reason": reason,
            "supports": supports,
            "due_on": _due(proposal, step),
        },
    )
    if not is_new:
        raise Refused(_("The proposal has passed this step already."))
    _record(duty, by=by)
    if step.effect != Effect.ANSWER:
        _tell(duty)
    return duty


def owner_of(proposal: Proposal) -> Department:
    """The department that has the proposal, or that answers for its area."""
    area = proposal.area
    found = proposal.department or (area.department if area else None)
    found = found or Department.objects.filter(is_open=True).order_by("code").first()
    if found is None:
        raise Refused(_("No department is set up yet that could answer."))
    return found


@transaction.atomic
def fulfil(duty: Duty, *, by: User, what: str) -> Duty:
    """Say that a duty is done, and what was done; everyone reads it.

    Raises ``Refused`` for a duty that is done, and for an answer, which is given on its own page.
    """
    if duty.step.effect == Effect.ANSWER:
        raise Refused(_("An answer is given on the page of the proposal."))
    if not what.strip():
        raise Refused(_("Say what was done: everyone reads it."))
    changes = {"outcome": Duty.Outcome.FULFILLED, "done_by": by, "what": what.strip()}
    if not Duty.objects.open().filter(pk=duty.pk).update(done_at=timezone.now(), **changes):
        raise Refused(_("This duty is done already."))
    duty.refresh_from_db()
    log.record("fulfilled", duty, by=by, reason=what)
    proposals.note_step(duty.proposal, "duty_done", by=by, reason=what, effect=duty.step.effect)
    proposals.tell(duty.proposal, "duty_done", effect=Effect(duty.step.effect).label, what=what)
    return duty


def settle() -> int:
    """Close the duties whose proposals were answered, referred or ended; return how many."""
    done = Q(proposal__state__in=DECIDED_STATES) & ~Q(step__effect=Effect.DISCUSSION)
    referred = Q(proposal__state=ProposalState.REFERRED, step__effect=Effect.COUNCIL)
    ended = ~Q(proposal__state__in=[*OPEN_STATES, *DECIDED_STATES])
    found = Duty.objects.open().filter(done | referred | ended).select_related("proposal", "step")
    return sum(_settle(duty) for duty in found[:BATCH])


@transaction.atomic
def _settle(duty: Duty) -> bool:
    proposal, outcome = duty.proposal, Duty.Outcome.ENDED
    if proposal.state in DECIDED_STATES:
        outcome = Duty.Outcome.ANSWERED
    elif proposal.state == ProposalState.REFERRED:
        outcome = Duty.Outcome.REFERRED
    done_at = proposal.decided_at or proposal.state_since
    unsettled = Duty.objects.open().filter(pk=duty.pk)
    if not unsettled.update(done_at=done_at, outcome=outcome, due_on=duty.owed_on):
        return False
    log.record("settled", duty, by=None, outcome=outcome)
    return True


@transaction.atomic
def reopen(proposal: Proposal, *, by: User | None) -> int:
    """Take up again what ended with a proposal that now goes on; return how many duties."""
    found = list(Duty.objects.filter(proposal=proposal, outcome=Duty.Outcome.ENDED))
    for duty in found:
        Duty.objects.filter(pk=duty.pk).update(done_at=None, outcome="")
        log.record("reopened", duty, by=by)
    return len(found)


def _due(proposal: Proposal, step: Step) -> Any:
    today = timezone.localdate()
    if step.effect == Effect.ANSWER and proposal.due_on:
        return max(proposal.due_on, today)
    days = getattr(settings, DAYS[Effect(step.effect)])
    return deadlines.civil_days(today, days, holidays=city_calendar())


def _record(duty: Duty, *, by: User | None) -> None:
    """Write the duty into the trail: of itself, and of the proposal where it is no answer."""
    facts: dict[str, Any] = {
        "effect": duty.step.effect,
        "department": duty.department.code,
        "due": duty.due_on.isoformat(),
        "supports": duty.supports,
        "because": duty.reason,
    }
    log.record("raised", duty, by=by, **facts)
    if duty.reason == Duty.Reason.PANEL:
        log.record("lifted", duty.proposal, by=by, **facts)
    elif duty.step.effect != Effect.ANSWER:
        log.record(f"{duty.step.effect}_due", duty.proposal, by=by, **facts)
    transaction.on_commit(forget_pages)


def _tell(duty: Duty) -> None:
    effect = Effect(duty.step.effect).label
    words: dict[str, Any] = {"effect": effect, "department": duty.department, "due": duty.due_on}
    proposals.tell(duty.proposal, "step_passed", supports=duty.supports, **words)
    held = Appointment.objects.current().filter(
        role__in=[Role.OFFICIAL, Role.APPROVER], department=duty.department
    )
    people = User.objects.filter(appointments__in=held).distinct()
    url = duty.get_absolute_url()
    notes.leave_for_all(people, "duty_raised", url=url, title=duty.proposal.title, **words)
