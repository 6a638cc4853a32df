"""What the talk adds to the page of a proposal, and what stands there while it is hidden."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.proposals.domain import supports
from portal.proposals.models import Proposal, ProposalState, Visibility
from portal.registry import Onward
from portal.talk.domain import threads
from portal.talk.models import Case

SHOWN = 3


def talk(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    """The first comments in the fair order, and the way to the others."""
    found = threads.page(proposal, user=request.user, size=SHOWN)
    return {
        "template": "talk/_on_proposal.html",
        "context": {
            "proposal": proposal,
            "branches": found.branches[:SHOWN],
            "counts": found.counts,
            "may_write": request.user.is_anonymous
            or request.user.has_perm("talk.write_comment", proposal),
        },
    }


def hidden_notice(request: HttpRequest, proposal: Proposal) -> dict[str, Any] | None:
    """To whoever still sees a hidden proposal: that it is hidden, by which rule and why."""
    if proposal.visibility != Visibility.HIDDEN:
        return None
    is_author = proposal.author_id == request.user.pk
    context = {"case": _case_of(proposal.pk), "is_author": is_author}
    return {"template": "talk/_hidden_notice.html", "context": context}


def steps(proposal: Proposal, user: Any) -> list[Onward]:
    """The way to report a proposal to the moderators."""
    if not user.has_perm("talk.report_proposal", proposal):
        return []
    address = reverse("talk:report_proposal", args=[proposal.pk])
    return [Onward(_("Report this proposal"), address)]


def placeholder(request: HttpRequest, pk: int) -> HttpResponse | None:
    """The page in place of a hidden proposal: that there is one, and why it is not shown.

    Moderators read the words there; everybody else the rule and the reason, and whoever follows
    or supports it the ways to stop.
    """
    hidden = Proposal.objects.filter(pk=pk, visibility=Visibility.HIDDEN).exclude(
        state=ProposalState.DRAFT
    )
    proposal = hidden.select_related("author").first()
    if proposal is None:
        return None
    case = _case_of(pk)
    reads = isinstance(request.user, User) and request.user.has_perm("talk.read_versions")
    context = {
        "case": case,
        "number": pk,
        "proposal": proposal if reads else None,
        "ties": _ties(proposal, request.user),
    }
    return render(request, "talk/proposal_hidden.html", context)


def _ties(proposal: Proposal, person: Any) -> dict[str, bool]:
    """How somebody holds to a proposal that they are not shown, where they may still let go."""
    if not person.is_authenticated:
        return {}
    ties = {
        "followed": person.follows.filter(proposal=proposal).exists(),
        "supported": proposal.state == ProposalState.SUBMITTED
        and supports.is_given(proposal, person),
    }
    return ties if any(ties.values()) else {}


def _case_of(pk: int) -> Case | None:
    return Case.objects.cloaking().filter(proposal=pk).order_by("-pk").first()
