"""Pages about proposals: read the request, call the domain, choose a page."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, prefetch_related_objects
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal import discretion, registry
from portal.access import SignedInRequest, get_allowed, require
from portal.prepared import reading
from portal.proposals import step_views as steps
from portal.proposals.domain import (
    boundaries,
    clocks,
    files,
    proposals,
    reexaminations,
    similar,
    suggest,
    supports,
    thread,
    traces,
)
from portal.proposals.forms import AttachmentForm, ProposalForm
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


@login_required
@require_http_methods(["GET", "POST"])
def write(request: SignedInRequest) -> HttpResponse:
    """Begin a proposal: whatever is typed is kept as a draft, then looked over."""
    require(request.user, "proposals.write_proposal")
    form = ProposalForm(request.POST or None, whole=False)
    if form.is_valid():
        proposal = proposals.draft(by=request.user, written=form.cleaned_data)
        return _after_writing(request, proposal)
    return render(request, "proposals/proposal_write.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def revise(request: SignedInRequest, pk: int) -> HttpResponse:
    proposal = get_allowed(request.user, "proposals.revise_proposal", DETAIL, pk=pk)
    form = ProposalForm(request.POST or None, instance=proposal, whole=False)
    if form.is_valid():
        proposals.revise(proposal, by=request.user, written=form.cleaned_data)
        return _after_writing(request, proposal)
    context = {
        "form": form,
        "proposal": proposal,
        "attachments": proposal.attachments.with_file_state(),
        "attachment_form": AttachmentForm(),
    }
    return render(request, "proposals/proposal_write.html", context)


def _after_writing(request: SignedInRequest, proposal: Proposal) -> HttpResponse:
    if "check" in request.POST:
        return redirect("proposals:check", proposal.pk)
    messages.success(request, _("Your draft is kept. Only you can see it."))
    return redirect("proposals:revise", proposal.pk)


@login_required
@require_POST
def begin(request: SignedInRequest) -> HttpResponse:
    """Keep the first words of a new proposal, and say where the draft goes on from then."""
    require(request.user, "proposals.write_proposal")
    form = ProposalForm(request.POST, whole=False)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    proposal = proposals.draft(by=request.user, written=form.cleaned_data)
    where = {
        "page": reverse("proposals:revise", args=[proposal.pk]),
        "autosave": reverse("proposals:autosave", args=[proposal.pk]),
    }
    return JsonResponse({"saved": True, **where}, status=201)


@login_required
@require_POST
def autosave(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep what is being typed; answers programs of the page, not people."""
    proposal = get_allowed(request.user, "proposals.revise_proposal", DETAIL, pk=pk)
    form = ProposalForm(request.POST, instance=proposal, whole=False)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    proposals.revise(proposal, by=request.user, written=form.cleaned_data)
    return JsonResponse({"saved": True})


@login_required
@require_http_methods(["GET", "POST"])
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the proposal as others will see it, what resembles it, and the button that publishes."""
    proposal = get_allowed(request.user, "proposals.publish_proposal", DETAIL, pk=pk)
    form = ProposalForm(_as_typed(proposal), instance=proposal, asks_back=False)
    texts = {name: getattr(proposal, name) for name in proposals.TEXTS}
    look = discretion.look(texts, request.POST.get("personal", ""))
    if look.is_to_be_masked:
        proposals.revise(proposal, by=request.user, written=look.masked())
        return redirect("proposals:check", pk)
    if request.method == "POST" and form.is_valid() and look.passes:
        proposals.publish(proposal, by=request.user)
        return redirect("proposals:published", pk)
    context = {
        "proposal": proposal,
        "form": form,
        "look": look,
        "other_district": boundaries.other_than_chosen(proposal),
        "similar": similar.to_title(proposal.title, but=proposal.pk),
        "suggestions": suggest.other_areas(proposal),
        "attachments": proposal.attachments.with_file_state(),
    }
    return render(request, "proposals/proposal_check.html", context)


def _as_typed(proposal: Proposal) -> dict[str, object]:
    """The draft's fields as a form would send them."""
    empty = ProposalForm(instance=proposal)
    return {name: empty.initial.get(name) for name in empty.fields}


@login_required
@require_GET
def published(request: SignedInRequest, pk: int) -> HttpResponse:
    """The page after publishing: the number, and what happens next."""
    proposal = get_allowed(request.user, "proposals.view_proposal", DETAIL, pk=pk)
    if proposal.author_id != request.user.pk:
        raise PermissionDenied
    return render(request, "proposals/proposal_published.html", {"proposal": proposal})


@login_required
@require_http_methods(["GET", "POST"])
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    proposal = get_allowed(request.user, "proposals.revise_proposal", DETAIL, pk=pk)
    if request.method == "POST":
        proposals.discard(proposal, by=request.user)
        messages.success(request, _("The draft is gone."))
        return redirect("accounts:me")
    return render(request, "proposals/proposal_discard.html", {"proposal": proposal})


@login_required
@require_POST
def attach(request: SignedInRequest, pk: int) -> HttpResponse:
    proposal = get_allowed(request.user, "proposals.revise_proposal", DETAIL, pk=pk)
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        files.attach(proposal, by=request.user, file=file, checked=form.checked)
        messages.success(request, _("The file is added."))
        return redirect("proposals:revise", pk)
    context = {
        "form": ProposalForm(instance=proposal, whole=False),
        "proposal": proposal,
        "attachments": proposal.attachments.with_file_state(),
        "attachment_form": form,
    }
    return render(request, "proposals/proposal_write.html", context)


@login_required
@require_POST
def detach(request: SignedInRequest, pk: int, attachment: int) -> HttpResponse:
    proposal = get_allowed(request.user, "proposals.revise_proposal", DETAIL, pk=pk)
    files.detach(get_object_or_404(proposal.attachments, pk=attachment), by=request.user)
    messages.success(request, _("The file is removed."))
    return redirect("proposals:revise", pk)


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
    proposal = get_allowed(request.user, "proposals.view_proposal", Proposal.objects, pk=pk)
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
    proposal = get_allowed(request.user, "proposals.follow_proposal", Proposal.objects, pk=pk)
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
