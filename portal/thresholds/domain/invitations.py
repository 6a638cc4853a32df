"""Invitations to a panel, each good for one answer until a day, and what members mark."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.domain import log
from portal.notifications.domain import notes
from portal.refusals import Refused
from portal.thresholds.domain import sortition
from portal.thresholds.models import Candidate, Mark, Panel, PanelItem

SALT = "thresholds.panel"


@transaction.atomic
def invite(candidate: Candidate) -> Candidate:
    """Invite a candidate who was drawn; the link in the note is signed and works once."""
    now = timezone.now()
    candidate.state, candidate.invited_at = Candidate.State.INVITED, now
    candidate.expires_at = now + timedelta(days=settings.PANEL_INVITE_DAYS)
    candidate.save(update_fields=["state", "invited_at", "expires_at"])
    if candidate.person:
        url = reverse("thresholds:invitation", args=[token_for(candidate)])
        until = timezone.localdate(candidate.expires_at)
        notes.leave(candidate.person, "panel_invited", url=url, until=until)
    return candidate


def token_for(candidate: Candidate) -> str:
    """The signed part of the link of an invitation."""
    return signing.dumps(candidate.code, salt=SALT)


def of_token(token: str) -> Candidate:
    """Whom ``token`` invites. Raises ``BadSignature`` or ``Candidate.DoesNotExist``."""
    code = signing.loads(token, salt=SALT)
    return Candidate.objects.select_related("panel", "person").get(code=code)


def is_open(candidate: Candidate) -> bool:
    """Whether the invitation can still be answered."""
    if candidate.state != Candidate.State.INVITED or candidate.expires_at is None:
        return False
    return timezone.now() < candidate.expires_at


@transaction.atomic
def answer(candidate: Candidate, *, accepts: bool) -> Candidate:
    """Accept or decline once; who declines is replaced by the next of the lot.

    Raises ``Refused`` for an invitation that was answered or has expired.
    """
    if not is_open(candidate):
        raise Refused(_("This invitation has been answered or has expired."))
    to = Candidate.State.ACCEPTED if accepts else Candidate.State.DECLINED
    _leave_state(candidate, to)
    return candidate


def replace_silent() -> int:
    """Replace those who did not answer in time; return how many."""
    late = Candidate.objects.filter(
        state=Candidate.State.INVITED, expires_at__lte=timezone.now()
    ).select_related("panel")
    replaced = 0
    for candidate in late:
        with transaction.atomic():
            _leave_state(candidate, Candidate.State.EXPIRED)
            replaced += 1
    return replaced


def member_of(panel: Panel, person: User) -> Candidate | None:
    """The seat of ``person`` on ``panel``, if they accepted one."""
    return panel.candidates.filter(person=person, state=Candidate.State.ACCEPTED).first()


@transaction.atomic
def mark(panel: Panel, chosen: Sequence[PanelItem], *, by: User) -> Candidate:
    """Mark proposals that should be lifted, in place of earlier marks.

    Raises ``Refused`` for who has no seat, too many marks, one's own proposal, or after the end.
    """
    member = member_of(panel, by)
    if member is None:
        raise Refused(_("Only members of this panel mark proposals."))
    if not panel.takes_marks:
        raise Refused(_("The time of this panel has ended."))
    if len(chosen) > panel.marks_each:
        raise Refused(_("You may mark up to {n} proposals.").format(n=panel.marks_each))
    if any(item.proposal.author_id == by.pk for item in chosen):
        raise Refused(_("You cannot mark your own proposal."))
    Mark.objects.filter(member=member).delete()
    Mark.objects.bulk_create(Mark(item=item, member=member) for item in chosen)
    Candidate.objects.filter(pk=member.pk).update(marked_at=timezone.now())
    return member


def _leave_state(candidate: Candidate, to: str) -> None:
    """Answer an invitation exactly once, and fill the seat that was not taken."""
    waiting = Candidate.objects.filter(pk=candidate.pk, state=Candidate.State.INVITED)
    if not waiting.update(state=to):
        raise Refused(_("This invitation has been answered or has expired."))
    candidate.state = to
    panel = candidate.panel
    log.record("seat_answered", panel, by=None, code=candidate.code, answer=str(to))
    if to == Candidate.State.ACCEPTED or not panel.takes_marks:
        return
    pool = dict(panel.candidates.values_list("code", "stratum"))
    used = panel.candidates.exclude(state=Candidate.State.POOL).values_list("code", flat=True)
    code = sortition.replacement(pool, panel.seed, used=used, stratum=candidate.stratum)
    if code:
        invite(panel.candidates.select_related("person").get(code=code))
