"""Pages about proposals: read the request, call the domain, choose a page."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, prefetch_related_objects
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal import registry
from portal.access import SignedInRequest, get_allowed, require
from portal.prepared import reading
from portal.proposals import step_views as steps
from portal.proposals.domain import (
    clocks,
    proposals,
    reexaminations,
    similar,
    suggest,
    supports,
    thread,
    traces,
)
from portal.proposals.hidden import or_placeholder
from portal.proposals.models import Answer, Follow, Proposal
from portal.quarantine.handing import hand_out

DETAIL = Proposal.objects.select_related(
    "stat", "area", "issue", "district", "author", "department", "answered_by", "official"
)
EXAMINED = (
    "pauses",
    "visits",
    "extensions",
    "reexaminations",
    "interim_replies__by",
    "opinion_requests__department",
    Prefetch(
        "answers",
        Answer.objects.published().select_related("office", "drafted_by", "approved_by"),
        to_attr="published_answers",
    ),
)


@require_GET
@or_placeholder
@reading()
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = get_allowed(request.user, "proposals.view_proposal", DETAIL, pk=pk)
    if proposal.state == "draft":
        return redirect("proposals:revise", pk)
    look_over(proposal)
    person = request.user
    signed_in = person.is_authenticated
    is_author = proposal.author_id == request.user.pk
    context = {
        "proposal": proposal,
        "thread": thread.of(proposal),
        "support": supports.count_now(proposal),
        "supported": request.user.is_authenticated and supports.is_given(proposal, request.user),
        "followed": signed_in
        and Follow.objects.filter(proposal=proposal, person_id=request.user.pk).exists(),
        "reviews": proposal.reviews.select_related("department", "author"),
        "attachments": proposal.attachments.with_file_state(),
        "standstills": clocks.standstills(proposal),
        "examine_again": reexaminations.open_kinds(proposal) if is_author else {},
        "asked_of_me": allowed("give_opinion", proposal.opinion_requests.all(), request.user),
        "visits_of_mine": allowed("tell_finding", proposal.visits.all(), request.user),
        "answer_before_me": may_approve(proposal, request.user),
        "sections": shown(registry.proposal_sections, request, proposal),
        "asides": shown(registry.proposal_asides, request, proposal),
        "over": steps.over(proposal) if person.is_authenticated and person.departments else set(),
        "more_steps": registry.ways_on(registry.proposal_steps, proposal, request.user),
    }
    return render(request, "proposals/proposal_detail.html", context)


def look_over(proposal: Proposal) -> None:
    """Fetch all that the page tells of how the city examines the proposal, where there is any."""
    traces.look(proposal)
    if traces.lacks(proposal, Answer):
        vars(proposal)["published_answers"] = []
    prefetch_related_objects([proposal], *EXAMINED)


def allowed(act: str, things: Iterable[Any], user: Any) -> list[Any]:
    """Those of ``things`` with which the person may do ``act``."""
    return [thing for thing in things if user.has_perm(f"proposals.{act}", thing)]


def may_approve(proposal: Proposal, user: Any) -> bool:
    """Whether an answer to the proposal waits for the person's approval."""
    if not user.has_perm("proposals.see_approvals"):
        return False
    return Answer.objects.to_approve(user).filter(proposal=proposal).exists()


def shown(sections: list[Any], request: HttpRequest, proposal: Proposal) -> list[dict[str, Any]]:
    """What rooms add to the page of a proposal, without those that have nothing to show."""
    return [found for section in sections if (found := section(request, proposal))]


@require_GET
def attachment(request: HttpRequest, pk: int, attachment: int) -> FileResponse:
    """Hand out a file of a proposal that the person may see, never to be run in the page."""
    proposal = get_allowed(request.user, "proposals.view_proposal", DETAIL, pk=pk)
    found = get_object_or_404(proposal.attachments, pk=attachment)
    return hand_out(request, found.file, name=found.name, content_type=found.content_type)


@require_GET
def resembling(request: HttpRequest) -> HttpResponse:
    """Proposals whose titles resemble what is being typed: a fragment of a page."""
    found = similar.to_title(request.GET.get("title", "")[:200])
    return render(request, "proposals/_similar.html", {"similar": found})


@login_required
@require_POST
def support(request: SignedInRequest, pk: int) -> HttpResponse:
    proposal = get_allowed(request.user, "proposals.view_proposal", Proposal.objects, pk=pk)
    supports.add(proposal, by=request.user)
    messages.success(request, _("You support this proposal."))
    return redirect(proposal)


@login_required
@require_POST
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(Proposal.objects.within_reach_of(request.user), pk=pk)
    require(request.user, "proposals.take_back_support", proposal)
    supports.take_back(proposal, by=request.user)
    messages.success(request, _("Your support is taken back."))
    return redirect(proposal)


@login_required
@require_POST
def follow(request: SignedInRequest, pk: int) -> HttpResponse:
    proposal = get_allowed(request.user, "proposals.follow_proposal", Proposal.objects, pk=pk)
    proposals.follow(proposal, by=request.user)
    messages.success(request, _("We tell you of every step of this proposal."))
    return redirect(proposal)


@login_required
@require_POST
def unfollow(request: SignedInRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(Proposal.objects.within_reach_of(request.user), pk=pk)
    require(request.user, "proposals.unfollow_proposal", proposal)
    proposals.unfollow(proposal, by=request.user)
    messages.success(request, _("We no longer tell you of this proposal."))
    return redirect(proposal)


@require_GET
def suggestions(request: HttpRequest) -> HttpResponse:
    """Likely areas for what is being typed: a fragment of a page."""
    found = suggest.for_text(
        request.GET.get("title", "")[:200], request.GET.get("problem", "")[:2000]
    )
    return render(request, "proposals/_suggestions.html", {"suggestions": found})
