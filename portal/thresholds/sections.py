"""What this room adds to the page of a proposal."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.proposals.domain import supports
from portal.proposals.models import Proposal
from portal.registry import Onward
from portal.thresholds.domain import carrying, ladder
from portal.thresholds.models import Merge, Voice


def steps_of(_request: HttpRequest, proposal: Proposal) -> dict[str, Any] | None:
    """Which step comes next, how many more, until when, and which are passed."""
    found = ladder.of(proposal, supports.count_now(proposal))
    if not found.rungs:
        return None
    context = {"proposal": proposal, "ladder": found}
    return {"template": "thresholds/_ladder.html", "context": context}


def merges_of(_request: HttpRequest, proposal: Proposal) -> dict[str, Any] | None:
    """With which proposals this one is merged or may be, and whose supports came over."""
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
    return [Onward(_("Merge into an earlier proposal"), url, is_step=True)]


def own_voices(person: User) -> Iterator[dict[str, Any]]:
    """What a person was asked about merges, and what they said."""
    found = Voice.objects.filter(person=person).select_related("merge__later", "merge__earlier")
    for voice in found.order_by("pk"):
        yield {
            "proposal": voice.merge.later.title,
            "earlier_proposal": voice.merge.earlier.title,
            "asked_at": voice.merge.asked_at,
            "answer": voice.answer,
            "answered_at": voice.answered_at,
        }


def forget(person: User) -> None:
    """Erase what a person who leaves said about merges that are over."""
    Voice.objects.filter(person=person).exclude(merge__in=Merge.objects.asking()).delete()
