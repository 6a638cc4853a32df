"""Examining a refused proposal again: once on the author's word, once for a later same policy."""

from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import deadlines
from portal.accounts.domain.calendar import city_calendar
from portal.accounts.models import User
from portal.proposals.domain import clocks, notices, proposals, reviews
from portal.proposals.models import Proposal, ProposalState, Reexamination
from portal.refusals import Refused

Kind = Reexamination.Kind


def last_day(proposal: Proposal, kind: str) -> date:
    """Until when the author may ask, counted from the notice of the refusal.

    15 civil days for whoever does not agree (the Regulation, article 12(1)); two years for
    whoever learns that the city later did the same (article 14(3)).
    """
    if proposal.decided_at is None:
        raise Refused(_("Only a proposal that was refused is examined again."))
    told = timezone.localdate(proposal.decided_at)
    if kind == Kind.SAME_POLICY:
        first = told + timedelta(1)
        return deadlines.years(first, settings.SAME_POLICY_YEARS, holidays=city_calendar())
    return clocks.due_from(told, days=settings.REEXAMINATION_DAYS)


def open_kinds(proposal: Proposal) -> dict[str, date]:
    """The kinds that its author may still ask for, each with its last day."""
    if not proposal.was_refused:
        return {}
    asked = set(proposal.reexaminations.values_list("kind", flat=True))
    today = timezone.localdate()
    days = {kind: last_day(proposal, kind) for kind in Kind.values if kind not in asked}
    return {kind: day for kind, day in days.items() if today <= day}


@transaction.atomic
def ask(proposal: Proposal, *, by: User, kind: str, reason: str) -> Reexamination:
    """Ask to examine a refused proposal again: its clock starts anew, other people decide.

    Raises ``Refused`` after the last day, for a second time, and without a reason.
    """
    if kind not in Kind.values or not proposal.was_refused:
        raise Refused(_("Only a proposal that was refused is examined again."))
    if timezone.localdate() > last_day(proposal, kind):
        raise Refused(_("The time in which you could ask for it has passed."))
    if not reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))
    asked = _keep(proposal, kind, reason)
    today = timezone.localdate()
    due = clocks.due_from(today, days=settings.ANSWER_DAYS)
    anew = {
        "round": asked.round,
        "department": proposal.department or reviews.first_department(proposal),
        "clock_started_on": today,
        "due_on": due,
        "official": None,
        "decided_at": None,
        "decision": "",
        "ground": "",
        "answer": "",
    }
    proposals.step(
        proposal,
        ProposalState.ANSWER_DUE,
        by=by,
        reason=reason,
        also=anew,
        verb="reexamined",
        due=due.isoformat(),
        kind=kind,
    )
    notices.tell(proposal, "reexamination_asked", due=due, **notices.contact(proposal))
    notices.tell_department(proposal.department, proposal, "reexamination_owed", due=due)
    return asked


def _keep(proposal: Proposal, kind: str, reason: str) -> Reexamination:
    try:
        with transaction.atomic():
            return Reexamination.objects.create(
                proposal=proposal,
                kind=kind,
                reason=reason,
                round=proposal.round + 1,
                answer_before=proposal.answer,
            )
    except IntegrityError:
        raise Refused(_("You have asked for that once already.")) from None
