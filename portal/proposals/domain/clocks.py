"""The clock of the duty to answer: when it ends, when it stands still, and its one extension."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import deadlines
from portal.accounts.domain.calendar import city_calendar
from portal.accounts.models import User
from portal.deadlines import Pause as Stop
from portal.proposals.domain import notices, proposals
from portal.proposals.models import Extension, ExtensionGround, InterimReply, Proposal
from portal.refusals import Refused


@dataclass(frozen=True)
class Standstill:
    """Days on which the clock of a proposal stood still, as the page tells them."""

    why: str
    from_date: date
    to_date: date
    is_over: bool


def due_from(start: date, *, days: int, stops: Any = ()) -> date:
    """The last of ``days`` civil days after ``start``, with the days of ``stops`` given back."""
    return deadlines.civil_days(start, days, holidays=city_calendar(), pauses=stops)


def due_of(proposal: Proposal) -> date:
    """When the answer is due, with every stop so far and the extension of this round."""
    # Whoever asks has started the clock before.
    start = cast("date", proposal.clock_started_on)
    more = proposal.extensions.filter(round=proposal.round).first()
    days = settings.ANSWER_DAYS + (more.days if more else 0)
    return due_from(start, days=days, stops=_stops(proposal))


def standstills(proposal: Proposal) -> list[Standstill]:
    """When and why the clock stood still in this round, oldest first."""
    start = proposal.clock_started_on
    found = [
        Standstill(_("Supplement"), p.asked_on, p.came_on or p.due_on, bool(p.came_on))
        for p in proposal.pauses.all()
        if start and p.asked_on >= start
    ]
    found += [
        Standstill(
            _("Opinion of %(whom)s") % {"whom": r.whom},
            r.asked_on,
            r.answered_on or r.due_on,
            bool(r.answered_on),
        )
        for r in proposal.opinion_requests.all()
        if r.stops_clock and start and r.asked_on >= start
    ]
    return sorted(found, key=lambda still: still.from_date)


def _stops(proposal: Proposal) -> list[Stop]:
    """The days that do not count: supplements that came, and what others outside needed.

    A question to others stands still until its own last day at most, so that a due date is
    always known; an earlier reply brings the date forward.
    """
    came = proposal.pauses.exclude(came_on=None).values_list("asked_on", "came_on")
    outside = proposal.opinion_requests.exclude(outside="")
    asked = [(r.asked_on, min(r.answered_on or r.due_on, r.due_on)) for r in outside]
    return [Stop(since, cast("date", until)) for since, until in [*came, *asked]]


@transaction.atomic
def reply_meanwhile(proposal: Proposal, *, by: User, text: str) -> InterimReply:
    """Tell the author how far it is and when the answer comes (decree, article 23)."""
    if not text.strip():
        raise Refused(_("Say how far it is: the author reads it."))
    reply = InterimReply.objects.create(
        proposal=proposal, text=text, by=by, expected_on=cast("date", proposal.due_on)
    )
    proposals.note_step(proposal, "interim_replied", by=by, reason=text)
    contact = notices.contact(proposal, by)
    notices.tell(proposal, "interim_reply", text=text, expected=proposal.due_on, **contact)
    return reply


@transaction.atomic
def extend(proposal: Proposal, *, by: User, ground: str, days: int, reason: str) -> Extension:
    """Let the answer come later, once in each round (decree, article 21).

    Raises ``Refused`` on any ground that the decree does not name (workload and absence are
    none), without an interim reply before, once it is overdue, and for a second time.
    """
    _check_extension(proposal, ground, days, reason)
    before = cast("date", proposal.due_on)
    more = Extension(
        proposal=proposal,
        round=proposal.round,
        ground=ground,
        reason=reason,
        days=days,
        due_before=before,
        by=by,
    )
    start = cast("date", proposal.clock_started_on)
    after = due_from(start, days=settings.ANSWER_DAYS + days, stops=_stops(proposal))
    more.due_after = after
    more.save()
    move_due(proposal, after)
    proposals.note_step(
        proposal, "extended", by=by, reason=reason, ground=ground, due=after.isoformat()
    )
    _tell_extension(more, by)
    return more


def _check_extension(proposal: Proposal, ground: str, days: int, reason: str) -> None:
    if ground not in ExtensionGround.values:
        raise Refused(
            _(
                "Too much work or an absent official is no ground for a later answer. "
                "Choose one of the four grounds that the rules name."
            )
        )
    if not reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))
    if not 1 <= days <= settings.EXTENSION_DAYS:
        most = {"days": settings.EXTENSION_DAYS}
        raise Refused(_("An answer can come later by one to %(days)s days.") % most)
    if why_not := why_no_extension(proposal):
        raise Refused(why_not)


def why_no_extension(proposal: Proposal) -> str:
    """Say why the date cannot be moved now, or nothing where it can."""
    if proposal.is_overdue:
        return _("The answer is overdue. Its date can no longer be moved.")
    if proposal.extensions.filter(round=proposal.round).exists():
        return _("The date was moved once already. It is moved only once.")
    if not _was_told_meanwhile(proposal):
        return _("First tell the author how far it is, in an interim reply.")
    return ""


def is_past_extending(proposal: Proposal) -> bool:
    """Whether no interim reply could open the way to a later date any more."""
    return proposal.is_overdue or proposal.extensions.filter(round=proposal.round).exists()


def _was_told_meanwhile(proposal: Proposal) -> bool:
    since = proposal.clock_started_on
    return proposal.interim_replies.filter(at__date__gte=since).exists()


def _tell_extension(more: Extension, by: User) -> None:
    notices.tell(
        more.proposal,
        "answer_extended",
        ground=ExtensionGround(more.ground).label,
        reason=more.reason,
        due=more.due_after,
        **notices.contact(more.proposal, by),
    )


def move_due(proposal: Proposal, due: date) -> None:
    """Write a new due date; the caller records the act."""
    Proposal.objects.filter(pk=proposal.pk).update(due_on=due)
    proposal.due_on = due


def opinion_due() -> date:
    """The last day for an opinion that is asked for today."""
    return due_from(timezone.localdate(), days=settings.OPINION_DAYS)


def today_or(on: date | None) -> date:
    return on or timezone.localdate()
