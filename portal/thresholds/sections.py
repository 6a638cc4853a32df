"""What this room adds to the page of a proposal."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.proposals.domain import supports
from portal.proposals.domain.traces import lacks
from portal.proposals.models import Proposal
from portal.registry import Onward
from portal.thresholds.domain import carrying, ladder
from portal.thresholds.models import Candidate, Merge, PanelConsent, Voice


def steps_of(_request: HttpRequest, proposal: Proposal) -> dict[str, Any] | None:
    """Which step comes next, how many more, until when, and which are passed."""
    found = ladder.of(proposal, supports.count_now(proposal))
    if not found.rungs:
        return None
    context = {"proposal": proposal, "ladder": found}
    beside = "thresholds/_next_step.html" if found.next else ""
    return {"template": "thresholds/_ladder.html", "beside": beside, "context": context}


def merges_of(_request: HttpRequest, proposal: Proposal) -> dict[str, Any] | None:
    """With which proposals this one is merged or may be, and whose supports came over."""
    if lacks(proposal, Merge):
        return None
    away = proposal.merges_away.alive().with_proposals().first()
    coming = list(proposal.merges_in.alive().with_proposals())
    if away is None and not coming:
        return None
    carried = carrying.carried_to(proposal) if coming else 0
    context = {
        "away": away,
        "coming": coming,
        "carried": carried,
        "direct": proposal.stat.support_count - carried,
    }
    return {"template": "thresholds/_merges.html", "context": context}


def steps_open_to(proposal: Proposal, user: Any) -> list[Onward]:
    """The steps about merging that ``user`` may take."""
    if not user.has_perm("thresholds.propose_merge", proposal):
        return []
    url = reverse("thresholds:propose_merge", args=[proposal.pk])
    return [Onward(_("Merge with a like proposal"), url, is_step=True)]


def own_voices(person: User) -> Iterator[dict[str, Any]]:
    """What a person was asked about merges, and what they said."""
    found = Voice.objects.filter(person=person).select_related("merge__later", "merge__earlier")
    for voice in found.order_by("pk"):
        yield {
            "proposal": voice.merge.later.shown_title,
            "earlier_proposal": voice.merge.earlier.shown_title,
            "asked_at": voice.merge.asked_at,
            "answer": voice.answer,
            "answered_at": voice.answered_at,
        }


def own_panels(person: User) -> Iterator[dict[str, Any]]:
    """That a person agreed to be drawn, for which panels they were candidates, and their marks."""
    for given in PanelConsent.objects.filter(person=person):
        yield {"panel": "", "state": "consent", "since": given.given_at, "marked": ""}
    found = Candidate.objects.filter(person=person).select_related("panel").order_by("pk")
    for seat in found.prefetch_related("marks__item__proposal"):
        marked = ", ".join(mark.item.proposal.shown_title for mark in seat.marks.all())
        since = seat.panel.announced_at
        yield {"panel": str(seat.panel), "state": seat.state, "since": since, "marked": marked}


def forget(person: User) -> None:
    """Erase what a person who leaves said about merges that are over, and their name on panels."""
    Voice.objects.filter(person=person).exclude(merge__in=Merge.objects.asking()).delete()
    PanelConsent.objects.filter(person=person).delete()
    seats = Candidate.objects.filter(person=person)
    seats.filter(state=Candidate.State.INVITED).update(expires_at=timezone.now())
    seats.update(person=None)
