"""Asking the author for more: the clock stops, and what happens where nothing comes."""

from datetime import date, timedelta
from typing import cast

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.proposals.domain import clocks, notices, proposals
from portal.proposals.models import Pause, Proposal, ProposalState, SupplementGround
from portal.refusals import Refused

MOST_EXTENSIONS = 2


@transaction.atomic
def ask(
    proposal: Proposal, *, by: User, reason: str, ground: str = SupplementGround.DEFECT
) -> Proposal:
    """Ask the author for more, on one of the grounds of article 6(2); the clock stops.

    Raises ``Refused`` later than ``settings.SUPPLEMENT_ASK_DAYS`` after receipt.
    """
    if ground not in SupplementGround.values:
        raise Refused(_("Choose a ground that the rules name."))
    if why_not := why_not_to_ask(proposal):
        raise Refused(why_not)
    today = timezone.localdate()
    until = clocks.due_from(today, days=settings.SUPPLEMENT_DAYS)
    Pause.objects.create(
        proposal=proposal,
        asked_on=today,
        due_on=until,
        asked_for=reason,
        asked_in=proposal.state,
        ground=ground,
    )
    proposals.step(
        proposal,
        ProposalState.SUPPLEMENT,
        by=by,
        reason=reason,
        until=until.isoformat(),
        ground=ground,
    )
    _tell_asked(proposal, by, reason, until, SupplementGround(ground))
    return proposal


def why_not_to_ask(proposal: Proposal) -> str:
    """Say why more cannot be asked for now, or nothing where it can."""
    if timezone.localdate() <= last_day_to_ask(proposal):
        return ""
    days = {"days": settings.SUPPLEMENT_ASK_DAYS}
    return _("More can be asked for within %(days)s days of receipt only.") % days


def _tell_asked(
    proposal: Proposal, by: User, reason: str, until: date, ground: SupplementGround
) -> None:
    notices.tell(
        proposal,
        "supplement_asked",
        ground=ground.label,
        reason=reason,
        until=until,
        **notices.contact(proposal, by),
    )


@transaction.atomic
def supply(proposal: Proposal, *, by: User, text: str) -> Proposal:
    """Give the supplement: the clock goes on, the due date moved by the days it stood still."""
    pause = open_pause(proposal)
    if pause is None or not text.strip():
        raise Refused(_("Nothing has been asked for, or your supplement is empty."))
    pause.came_on, pause.supplement = timezone.localdate(), text
    pause.save(update_fields=["came_on", "supplement"])
    due = clocks.due_of(proposal)
    proposal.move(
        pause.asked_in,
        by=by,
        also={"changed_at": timezone.now(), "due_on": due},
        verb="supplied",
        reason=text,
        due=due.isoformat(),
    )
    proposals.forget_kept_pages()
    notices.tell_officials(proposal, "supplement_came", due=due)
    return proposal


@transaction.atomic
def put_off(proposal: Proposal, *, by: User, reason: str) -> Pause:
    """Give the author more time for the supplement, at most twice (decree, article 24(2))."""
    pause = open_pause(proposal)
    if pause is None:
        raise Refused(_("Nothing has been asked for."))
    if not reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))
    until = clocks.due_from(max(pause.due_on, timezone.localdate()), days=settings.SUPPLEMENT_DAYS)
    unmoved = Pause.objects.filter(
        pk=pause.pk, extensions=pause.extensions, extensions__lt=MOST_EXTENSIONS
    )
    if not unmoved.update(extensions=F("extensions") + 1, due_on=until):
        raise Refused(_("The date of a supplement is put off twice at most."))
    proposals.note_step(
        proposal, "supplement_put_off", by=by, reason=reason, until=until.isoformat()
    )
    notices.tell_officials(proposal, "supplement_put_off", reason=reason, until=until)
    pause.refresh_from_db()
    return pause


@transaction.atomic
def close_lapsed(proposal: Proposal, *, by: User | None, reason: str) -> Proposal:
    """Close a proposal whose supplement did not come, with a reason (article 6(4)).

    Raises ``Refused`` before the last day has passed.
    """
    if why_not := why_not_to_close(proposal):
        raise Refused(why_not)
    proposals.step(proposal, ProposalState.LAPSED, by=by, reason=reason)
    notices.tell(proposal, "proposal_lapsed", reason=reason, **notices.contact(proposal, by))
    return proposal


def why_not_to_close(proposal: Proposal) -> str:
    """Say why it cannot be closed without a supplement now, or nothing where it can."""
    pause = open_pause(proposal)
    is_lapsed = pause is not None and pause.is_lapsed
    return "" if is_lapsed else _("The author still has time for the supplement.")


def close_forgotten(today: date | None = None) -> int:
    """Close what was not supplemented long after its last day, where the city has it so set."""
    if not settings.SUPPLEMENT_CLOSE_DAYS:
        return 0
    before = clocks.today_or(today) - timedelta(settings.SUPPLEMENT_CLOSE_DAYS)
    found = Proposal.objects.filter(
        state=ProposalState.SUPPLEMENT, pauses__came_on=None, pauses__due_on__lt=before
    )
    closed = 0
    for proposal in found.distinct():
        close_lapsed(proposal, by=None, reason=_("The supplement that was asked for did not come."))
        closed += 1
    return closed


def open_pause(proposal: Proposal) -> Pause | None:
    return proposal.pauses.filter(came_on=None).first()


def _received_on(proposal: Proposal) -> date:
    return cast("date", proposal.clock_started_on)


def last_day_to_ask(proposal: Proposal) -> date:
    """Until when more may be asked for."""
    return clocks.due_from(_received_on(proposal), days=settings.SUPPLEMENT_ASK_DAYS)
