"""The panel of a month: announced with a commitment, drawn by lot, at work, closed.

What is drawn, and how, is in ``sortition``; who answers an invitation, in ``invitations``.
"""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import STAFF_ROLES, Appointment, User
from portal.audit.domain import log
from portal.identity.models import Verification
from portal.proposals.models import ProposalState
from portal.refusals import Refused
from portal.sealing import seal, unseal
from portal.thresholds.domain import duties, invitations, items, sortition, steps
from portal.thresholds.models import Candidate, Duty, Panel, PanelConsent, PanelItem, PanelState

PURPOSE = "secret of a panel"


def consent(*, by: User) -> PanelConsent:
    """Agree to be drawn for later panels."""
    return PanelConsent.objects.get_or_create(person=by)[0]


def withdraw_consent(*, by: User) -> None:
    """Be drawn no more."""
    PanelConsent.objects.filter(person=by).delete()


@transaction.atomic
def announce(*, by: User, month: date, source: str) -> Panel:
    """Publish the candidates of the panel of ``month``, a commitment, and whose numbers will count.

    The draw follows some days later with the numbers that ``source`` publishes first from then
    on. Raises ``Refused`` without a source, and where the month has a panel or nobody may be drawn.
    """
    if not source.strip():
        raise Refused(_("Say from where the public numbers will be taken."))
    if Panel.objects.filter(month=month.replace(day=1)).exists():
        raise Refused(_("This month has its panel already."))
    found = _candidates()
    if not found:
        raise Refused(_("No resident has agreed to be drawn yet."))
    try:
        with transaction.atomic():
            panel = _promise(month.replace(day=1), source.strip(), found)
    except IntegrityError:  # somebody else announced it at the same moment
        raise Refused(_("This month has its panel already.")) from None
    for candidate in found:
        candidate.panel = panel
    Candidate.objects.bulk_create(found)
    log.record(
        "announced",
        panel,
        by=by,
        commitment=panel.commitment,
        pool=panel.pool_hash,
        source=panel.source,
        draw_on=panel.draw_on.isoformat(),
    )
    return panel


def _promise(month: date, source: str, candidates: Sequence[Candidate]) -> Panel:
    """Make a panel with all that is promised of its draw, and a secret that nobody reads."""
    secret = secrets.token_hex(32)
    return Panel.objects.create(
        month=month,
        seats=settings.PANEL_SEATS,
        marks_each=settings.PANEL_MARKS,
        sealed_secret=seal(secret, PURPOSE),
        commitment=sortition.commitment(secret),
        pool_hash=sortition.pool_hash({one.code: one.stratum for one in candidates}),
        source=source,
        draw_on=timezone.localdate() + timedelta(days=settings.PANEL_COMMIT_DAYS),
    )


@transaction.atomic
def draw(panel: Panel, *, by: User, randomness: str) -> Panel:
    """Draw the panel with the public numbers of the source that its announcement names.

    Raises ``Refused`` before the day of the draw, without numbers, and where the key is missing
    that sealed the secret.
    """
    if timezone.localdate() < panel.draw_on:
        raise Refused(_("The day of the draw has not come yet."))
    if not sortition.numbers(randomness):
        raise Refused(_("Enter the public numbers of the source that was announced."))
    secret = _secret_of(panel)
    seed = sortition.seed(secret, randomness, panel.pool_hash)
    facts = {"randomness": sortition.numbers(randomness), "seed": seed, "secret": secret}
    closes_on = timezone.localdate() + timedelta(days=settings.PANEL_DAYS)
    panel.move(
        PanelState.DRAWN,
        by=by,
        also={**facts, "sealed_secret": "", "closes_on": closes_on},
        source=panel.source,
        **facts,
    )
    for code in sortition.draw(pool_of(panel), panel.seats, seed):
        invitations.invite(panel.candidates.get(code=code))
    items.choose(panel)
    return panel


def _secret_of(panel: Panel) -> str:
    """The secret of a panel that is not drawn yet."""
    if not panel.sealed_secret:  # announced before secrets were sealed
        return panel.secret
    try:
        return unseal(panel.sealed_secret, PURPOSE)
    except InvalidToken:
        raise Refused(
            _("The key that sealed the secret of this panel is missing among the site's keys.")
        ) from None


def pool_of(panel: Panel) -> dict[str, str]:
    """The candidates of a panel as the lot sees them: code and stratum."""
    return dict(panel.candidates.values_list("code", "stratum"))


def drawn(panel: Panel) -> list[str]:
    """The codes that were drawn first, in the order of the lot; none before the draw."""
    if not panel.is_drawn:
        return []
    return sortition.draw(pool_of(panel), panel.seats, panel.seed)


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


def _candidates() -> list[Candidate]:
    """Consenting verified residents who do not work for the city, each under a new code."""
    staff = Appointment.objects.current().filter(role__in=STAFF_ROLES).values("user")
    known = Verification.objects.in_force().filter(
        user__panel_consent__isnull=False, user__is_active=True
    )
    return [
        Candidate(person_id=person, stratum=district, code=secrets.token_hex(8))
        for person, district in known.exclude(user__in=staff).values_list("user_id", "district")
    ]
