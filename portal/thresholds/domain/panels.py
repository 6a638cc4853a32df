"""The panel of a month: announced with a commitment, drawn by lot, at work, closed.

What is drawn, and how, is in ``sortition``; who answers an invitation, in ``invitations``.
"""

import secrets
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import STAFF_ROLES, Appointment, User
from portal.audit.domain import log
from portal.identity.models import Verification
from portal.proposals.models import ProposalState
from portal.refusals import Refused
from portal.thresholds.domain import duties, invitations, items, sortition, steps
from portal.thresholds.models import Candidate, Duty, Panel, PanelConsent, PanelItem, PanelState


def consent(*, by: User) -> PanelConsent:
    """Agree to be drawn for later panels."""
    return PanelConsent.objects.get_or_create(person=by)[0]


def withdraw_consent(*, by: User) -> None:
    """Be drawn no more."""
    PanelConsent.objects.filter(person=by).delete()


@transaction.atomic
def announce(*, by: User, month: date) -> Panel:
    """Publish the commitment and the candidates of the panel of ``month``, days before its draw.

    Raises ``Refused`` where the month has a panel or nobody may be drawn.
    """
    month, secret = month.replace(day=1), secrets.token_hex(32)
    if Panel.objects.filter(month=month).exists():
        raise Refused(_("This month has its panel already."))
    pool = _residents()
    if not pool:
        raise Refused(_("No resident has agreed to be drawn yet."))
    panel = Panel.objects.create(
        month=month,
        seats=settings.PANEL_SEATS,
        marks_each=settings.PANEL_MARKS,
        secret=secret,
        commitment=sortition.commitment(secret),
        draw_on=timezone.localdate() + timedelta(days=settings.PANEL_COMMIT_DAYS),
    )
    candidates = [
        Candidate(panel=panel, person_id=person, stratum=where, code=secrets.token_hex(8))
        for person, where in pool.items()
    ]
    Candidate.objects.bulk_create(candidates)
    log.record("announced", panel, by=by, commitment=panel.commitment, candidates=len(candidates))
    return panel


@transaction.atomic
def draw(panel: Panel, *, by: User, randomness: str, source: str) -> Panel:
    """Draw the panel with public randomness that nobody could know at the announcement.

    Raises ``Refused`` before the day of the draw and without randomness or its source.
    """
    if timezone.localdate() < panel.draw_on:
        raise Refused(_("The day of the draw has not come yet."))
    if not randomness.strip() or not source.strip():
        raise Refused(_("Enter the public numbers and where they were published."))
    seed = sortition.seed(panel.secret, randomness)
    closes_on = timezone.localdate() + timedelta(days=settings.PANEL_DAYS)
    facts = {"randomness": randomness.strip(), "source": source.strip(), "seed": seed}
    panel.move(
        PanelState.DRAWN,
        by=by,
        also={**facts, "closes_on": closes_on},
        secret=panel.secret,
        **facts,
    )
    for code in sortition.draw(pool_of(panel), panel.seats, seed):
        invitations.invite(panel.candidates.get(code=code))
    items.choose(panel)
    return panel


def pool_of(panel: Panel) -> dict[str, str]:
    """The candidates of a panel as the lot sees them: code and stratum."""
    return dict(panel.candidates.values_list("code", "stratum"))


@transaction.atomic
def close(panel: Panel) -> Panel:
    """Lift what a majority of the members marked to its next step."""
    panel.move(PanelState.CLOSED, by=None)
    members = panel.candidates.filter(state=Candidate.State.ACCEPTED).count()
    marked = panel.items.annotate(n=Count("marks")).select_related(
        "proposal__stat", "proposal__area__department", "proposal__department"
    )
    for item in marked:
        if 2 * item.n > members:
            _lift(item)
    return panel


def close_ended() -> int:
    """Close the panels whose last day has passed; return how many."""
    ended = Panel.objects.filter(state=PanelState.DRAWN, closes_on__lt=timezone.localdate())
    return len([close(panel) for panel in ended])


def _lift(item: PanelItem) -> None:
    proposal = item.proposal
    if proposal.state != ProposalState.SUBMITTED:
        return
    passed = set(proposal.duties.values_list("step_id", flat=True))
    held = steps.Rulebook.read().of_proposal(proposal)
    step = next((step for step in held if step.pk not in passed), None)
    if step:
        item.duty = duties.raise_for(
            proposal,
            step,
            by=None,
            supports=proposal.stat.support_count,
            reason=Duty.Reason.PANEL,
        )
        item.save(update_fields=["duty"])


def _residents() -> dict[int, str]:
    """Consenting verified residents who do not work for the city, with their districts."""
    staff = Appointment.objects.current().filter(role__in=STAFF_ROLES).values("user")
    known = Verification.objects.in_force().filter(
        user__panel_consent__isnull=False, user__is_active=True
    )
    return dict(known.exclude(user__in=staff).values_list("user_id", "district"))
