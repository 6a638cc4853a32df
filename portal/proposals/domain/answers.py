"""The city's answer, with four eyes: drafted by an official, approved and published by another."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import deadlines, discretion
from portal.accounts.domain.calendar import city_calendar
from portal.accounts.models import User
from portal.audit.domain import log
from portal.notifications.domain import notes
from portal.proposals.domain import notices, proposals, reviews
from portal.proposals.models import (
    ACCEPTING,
    REFUSING,
    Answer,
    AnswerState,
    Decision,
    Ground,
    Proposal,
    ProposalState,
    Reflection,
)
from portal.refusals import Refused

WRITTEN = (
    "decision",
    "ground",
    "reason",
    "agency",
    "reflection",
    "reflected_in",
    "reflected_ref",
    "cost_won",
    "period_from",
    "period_to",
    "planned_on",
    "office",
    "phone",
)
DECISIONS = (*ACCEPTING, *REFUSING, Decision.COUNCIL)


def of(proposal: Proposal) -> Answer | None:
    """The answer of this round, whatever its state."""
    return Answer.objects.filter(proposal=proposal, round=proposal.round).first()


def begun(proposal: Proposal) -> Answer:
    """The answer of this round, or an unsaved one with the office and telephone filled in."""
    found = of(proposal)
    if found:
        return found
    contact = notices.contact(proposal)
    return Answer(
        proposal=proposal, round=proposal.round, office=proposal.department, phone=contact["phone"]
    )


@transaction.atomic
def draft(proposal: Proposal, *, by: User, written: Mapping[str, Any]) -> Answer:
    """Keep what an official has written so far; nothing of it is public or required yet.

    Raises ``Refused`` while it is before the approver or once it is published, and for whoever
    drafted or approved an answer of an earlier round.
    """
    _check_others(proposal, by.pk)
    answer = begun(proposal)
    if not answer.may_be_written:
        raise Refused(_("This answer is before the approver and cannot be changed now."))
    for name in WRITTEN:
        if name in written:
            setattr(answer, name, written[name])
    answer.drafted_by = by
    try:
        with transaction.atomic():
            answer.save()
    except IntegrityError:
        raise Refused(_("Someone else has just changed this. Please look again.")) from None
    if answer.state != AnswerState.DRAFT:
        log.record("rewritten", answer, by=by)
    return answer


@transaction.atomic
def propose(answer: Answer, *, by: User) -> Answer:
    """Put an answer before the approver.

    Raises ``Refused`` where something is missing, where the number of a resident stands in it,
    and where nobody else could approve it.
    """
    _check(answer)
    discretion.refuse_numbers_of_residents(answer.reason, answer.reflected_ref)
    _check_approver(answer.proposal, by)
    answer.move(AnswerState.PROPOSED, by=by, also={"drafted_by": by, "ground": _ground(answer)})
    notices.tell_approvers(answer.proposal, "answer_proposed", decision=_conclusion(answer))
    return answer


def _check_others(proposal: Proposal, *people: int) -> None:
    """Refuse whoever stood behind an answer of any earlier round, one before the council too.

    The Regulation wants a second examination by others than the office that refused: by its
    committee (article 8(2)). The portal seats none: it holds to other people alone.
    """
    if _decided_before(proposal) & set(people):
        raise Refused(_("Other people than before must decide this time."))


def _decided_before(proposal: Proposal) -> set[int | None]:
    """The keys of those who drafted or approved an answer of any earlier round."""
    earlier = Answer.objects.published().filter(proposal=proposal, round__lt=proposal.round)
    before = {proposal.answered_by_id, proposal.approved_by_id}
    for pair in earlier.values_list("drafted_by_id", "approved_by_id"):
        before |= set(pair)
    return before


def _check(answer: Answer) -> None:
    if answer.decision not in DECISIONS:
        raise Refused(_("Choose a conclusion: the answer begins with it."))
    if not answer.reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))
    if not answer.phone.strip():
        raise Refused(_("Give the telephone of the office: citizens may ask."))
    if answer.decision == Decision.NOT_THE_CITYS and not answer.agency.strip():
        raise Refused(_("Name the body whose business it is."))
    _check_plan(answer)


def _check_approver(proposal: Proposal, drafter: User) -> None:
    """An answer that nobody may approve would wait unseen while its clock runs."""
    not_they = _decided_before(proposal) | {drafter.pk}
    if not notices.approvers(proposal).exclude(pk__in=not_they - {None}).exists():
        department = {"department": proposal.department}
        raise Refused(
            _(
                "Nobody is there who could approve this answer for %(department)s. "
                "Ask the operator of the portal to appoint another approver."
            )
            % department
        )


def _check_plan(answer: Answer) -> None:
    """What is accepted is reviewed and has a date (the Regulation, articles 10(2) and 22)."""
    if answer.decision in REFUSING:
        return
    if answer.proposal.state == ProposalState.ANSWER_DUE:
        raise Refused(_("Write the preliminary review first."))
    if answer.accepts:
        _check_date(answer)


def _check_date(answer: Answer) -> None:
    last = last_planned_day()
    if answer.planned_on is None or not timezone.localdate() <= answer.planned_on <= last:
        years = {"years": settings.PLANNED_WITHIN_YEARS}
        raise Refused(
            _("Give the date by which it is done: from today, within %(years)s years.") % years
        )
    if answer.reflection == Reflection.NONE or not answer.reflected_in:
        raise Refused(_("Say where the proposal is taken up: ordinance, budget, plan or lab."))


def last_planned_day() -> date:
    """The last day for which what is accepted may be planned."""
    return deadlines.years(
        timezone.localdate(), settings.PLANNED_WITHIN_YEARS, holidays=city_calendar()
    )


def _ground(answer: Answer) -> str:
    """The ground of a refusal: its conclusion, or the one chosen for what is not feasible."""
    fixed = {
        Decision.ALREADY_DONE: Ground.ALREADY_DONE,
        Decision.NOT_THE_CITYS: Ground.NOT_THE_CITYS,
    }
    if answer.decision not in REFUSING:
        return ""
    return fixed.get(Decision(answer.decision)) or answer.ground or Ground.NOT_FEASIBLE


@transaction.atomic
def send_back(answer: Answer, *, by: User, remark: str) -> Answer:
    """Give an answer back to its drafter with a remark, which stays between officials."""
    if not remark.strip():
        raise Refused(_("Say what should be changed."))
    answer.move(AnswerState.RETURNED, by=by, also={"remark": remark})
    notes.leave(
        answer.drafted_by,
        "answer_returned",
        url=answer.get_absolute_url(),
        title=answer.proposal.title,
        remark=remark,
    )
    return answer


@transaction.atomic
def publish(answer: Answer, *, by: User) -> Answer:
    """Approve an answer and make it public: the city has decided.

    Raises ``Refused`` for its drafter, and for whoever decided on the proposal before.
    """
    proposal = answer.proposal
    if by.pk == answer.drafted_by_id:
        raise Refused(_("You drafted this answer. Another person must approve it."))
    if not proposal.clock_runs:
        raise Refused(_("The proposal does not wait for an answer now. Look at where it stands."))
    _check_others(proposal, by.pk, answer.drafted_by_id)
    _check(answer)
    signed = {"approved_by": by, "published_at": timezone.now()}
    answer.move(AnswerState.PUBLISHED, by=by, also=signed)
    if answer.decision == Decision.COUNCIL:
        reviews.refer(proposal, by=by, reason=answer.reason)
        return answer
    proposals.conclude(
        proposal,
        by=by,
        decision=answer.decision,
        reason=answer.reason,
        also={
            "ground": answer.ground,
            "answered_by": answer.drafted_by,
            "approved_by": by,
        },
    )
    _tell(answer)
    return answer


def publish_all(found: Iterable[Answer], *, by: User) -> tuple[list[Answer], dict[Answer, str]]:
    """Publish several answers, each for itself; return those published, and why others were not."""
    done, refused = [], {}
    for answer in found:
        try:
            done.append(publish(answer, by=by))
        except Refused as why:
            refused[answer] = str(why)
    return done, refused


def _tell(answer: Answer) -> None:
    """Tell everyone concerned, the conclusion first."""
    proposal = answer.proposal
    words = {
        "decision": _conclusion(answer),
        "reason": answer.reason,
        "where": notices.how_to_follow(proposal),
        "office": answer.office,
        "officer": answer.drafted_by.name,
        "phone": answer.phone,
    }
    if answer.accepts:
        proposals.tell_all(proposal, "answer_accepted", planned=answer.planned_on, **words)
    elif answer.decision == Decision.NOT_THE_CITYS:
        proposals.tell_all(
            proposal,
            "answer_not_the_citys",
            agency=answer.agency,
            on=timezone.localdate(),
            days=settings.REEXAMINATION_DAYS,
            **words,
        )
    else:
        proposals.tell_all(proposal, "answer_refused", days=settings.REEXAMINATION_DAYS, **words)


def _conclusion(answer: Answer) -> Any:
    return Decision(answer.decision).label if answer.decision else gettext_lazy("Answer")
