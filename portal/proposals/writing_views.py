"""Pages on which a proposal is written, looked over and published, or thrown away."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal import discretion
from portal.access import SignedInRequest, get_allowed, require
from portal.asking import attempt, done, form_page, posted, status_of
from portal.discretion import Look
from portal.proposals.domain import files, proposals, similar, suggest
from portal.proposals.forms import AttachmentForm, ProposalForm
from portal.proposals.models import Attachment, Proposal
from portal.proposals.point_fields import MEANT

DRAFTS = Proposal.objects.select_related("area", "issue", "district", "author")


@login_required
@require_http_methods(["GET", "POST"])
def write(request: SignedInRequest) -> HttpResponse:
    """Begin a proposal: whatever is typed is kept as a draft, then looked over."""
    require(request.user, "proposals.write_proposal")
    form = ProposalForm(posted(request), whole=False)
    made = attempt(form, lambda: proposals.draft(by=request.user, written=form.cleaned_data))
    if made:
        return _after_writing(request, made)
    return form_page(request, "proposals/proposal_write.html", form)


@login_required
@require_http_methods(["GET", "POST"])
def revise(request: SignedInRequest, pk: int) -> HttpResponse:
    proposal = get_allowed(request.user, "proposals.revise_proposal", DRAFTS, pk=pk)
    form = ProposalForm(posted(request), instance=proposal, whole=False)
    if attempt(form, lambda: _keep(proposal, request, form)):
        return _after_writing(request, proposal)
    return _writing(request, proposal, form, AttachmentForm())


def _keep(proposal: Proposal, request: SignedInRequest, form: ProposalForm) -> Proposal:
    return proposals.revise(proposal, by=request.user, written=form.cleaned_data)


def _after_writing(request: SignedInRequest, proposal: Proposal) -> HttpResponse:
    if "check" in request.POST:
        return redirect("proposals:check", proposal.pk)
    said = _("Your draft is kept. Only you can see it.")
    return done(request, "proposals:revise", said, pk=proposal.pk)


def _writing(
    request: HttpRequest, proposal: Proposal, form: ProposalForm, attachment_form: AttachmentForm
) -> HttpResponse:
    """The page of a draft that exists, with its files."""
    context = {
        "proposal": proposal,
        "attachments": proposal.attachments.with_file_state(),
        "attachment_form": attachment_form,
    }
    return form_page(request, "proposals/proposal_write.html", form, **context)


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
    proposal = get_allowed(request.user, "proposals.revise_proposal", DRAFTS, pk=pk)
    form = ProposalForm(request.POST, instance=proposal, whole=False)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    _keep(proposal, request, form)
    return JsonResponse({"saved": True})


@login_required
@require_http_methods(["GET", "POST"])
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the proposal as others will see it, what resembles it, and the button that publishes."""
    proposal = get_allowed(request.user, "proposals.publish_proposal", DRAFTS, pk=pk)
    typed = {**_as_typed(proposal), MEANT: request.POST.get(MEANT, "")}
    form = ProposalForm(typed, instance=proposal)
    texts = {name: getattr(proposal, name) for name in proposals.TEXTS}
    look = discretion.look(texts, request.POST.get("personal", ""))
    if look.is_to_be_masked:
        proposals.revise(proposal, by=request.user, written=look.masked())
        return redirect("proposals:check", pk)
    may_go = request.method == "POST" and look.passes
    if may_go and attempt(form, lambda: _publish(proposal, request, form)):
        return redirect("proposals:published", pk)
    return _looked_over(request, proposal, form, look)


def _publish(proposal: Proposal, request: SignedInRequest, form: ProposalForm) -> Proposal:
    """Publish the draft, in the district that its form was answered to mean."""
    meant = {"district": form.cleaned_data["district"]}
    proposals.revise(proposal, by=request.user, written=meant)
    return proposals.publish(proposal, by=request.user)


def _looked_over(
    request: HttpRequest, proposal: Proposal, form: ProposalForm, look: Look
) -> HttpResponse:
    """The page before publishing; only who wants to publish is told by its status what is wrong."""
    context = {
        "proposal": proposal,
        "form": form,
        "look": look,
        "is_sent": request.method == "POST",
        "similar": similar.to_title(proposal.title, but=proposal.pk),
        "suggestions": suggest.other_areas(proposal),
        "attachments": proposal.attachments.with_file_state(),
    }
    status = 200
    if request.method == "POST":
        status = status_of(form) if look.passes else 422
    return render(request, "proposals/proposal_check.html", context, status=status)


def _as_typed(proposal: Proposal) -> dict[str, object]:
    """The draft's fields as a form would send them."""
    empty = ProposalForm(instance=proposal)
    return {name: empty.initial.get(name) for name in empty.fields}


@login_required
@require_GET
def published(request: SignedInRequest, pk: int) -> HttpResponse:
    """The page after publishing: the number, and what happens next."""
    proposal = get_allowed(request.user, "proposals.view_proposal", DRAFTS, pk=pk)
    if proposal.author_id != request.user.pk:
        raise PermissionDenied
    return render(request, "proposals/proposal_published.html", {"proposal": proposal})


@login_required
@require_http_methods(["GET", "POST"])
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    proposal = get_allowed(request.user, "proposals.revise_proposal", DRAFTS, pk=pk)
    if request.method == "POST":
        proposals.discard(proposal, by=request.user)
        return done(request, "accounts:me", _("The draft is gone."))
    return render(request, "proposals/proposal_discard.html", {"proposal": proposal})


@login_required
@require_POST
def attach(request: SignedInRequest, pk: int) -> HttpResponse:
    proposal = get_allowed(request.user, "proposals.revise_proposal", DRAFTS, pk=pk)
    form = AttachmentForm(request.POST, request.FILES)
    if attempt(form, lambda: _attach(proposal, request, form)):
        return done(request, "proposals:revise", _("The file is added."), pk=pk)
    return _writing(request, proposal, ProposalForm(instance=proposal, whole=False), form)


def _attach(proposal: Proposal, request: SignedInRequest, form: AttachmentForm) -> Attachment:
    file = form.cleaned_data["file"]
    return files.attach(proposal, by=request.user, file=file, checked=form.checked)


@login_required
@require_POST
def detach(request: SignedInRequest, pk: int, attachment: int) -> HttpResponse:
    proposal = get_allowed(request.user, "proposals.revise_proposal", DRAFTS, pk=pk)
    files.detach(get_object_or_404(proposal.attachments, pk=attachment), by=request.user)
    return done(request, "proposals:revise", _("The file is removed."), pk=pk)
