"""Pages about versions and joint authors: read the request, call the domain, choose a page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.access import SignedInRequest, get_allowed, require
from portal.asking import attempt, done, form_page, posted
from portal.proposals.models import Proposal
from portal.writing.domain import differences, joint, versions, whereabouts
from portal.writing.forms import AmendmentForm, InvitationForm
from portal.writing.models import JointAuthor, ProposalVersion

PROPOSALS = Proposal.objects.select_related("author", "area", "stat", "district")
PARTS = {
    "title": _lazy("Title"),
    "problem": _lazy("What is the problem?"),
    "solution": _lazy("What should be done?"),
    "effect": _lazy("What gets better?"),
}


@require_GET
def version_list(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = get_allowed(request.user, "writing.view_versions", PROPOSALS, pk=pk)
    known = proposal.versions.select_related("written_by").order_by("-number")[:200]
    return render(
        request, "writing/version_list.html", {"proposal": proposal, "versions": list(known)}
    )


@require_GET
def version_detail(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version, and beside it what changed since the one before."""
    proposal = get_allowed(request.user, "writing.view_versions", PROPOSALS, pk=pk)
    known = proposal.versions.select_related("written_by", "district")
    version = get_object_or_404(known, number=number)
    before = known.filter(number=number - 1).first()
    context = {
        "proposal": proposal,
        "version": version,
        "parts": _parts(before, version),
        "where": whereabouts.between(before or version, version),
    }
    return render(request, "writing/version_detail.html", context)


def _parts(
    before: ProposalVersion | None, after: ProposalVersion
) -> list[tuple[str, list[differences.Piece]]]:
    """Each part of the text with its pieces; parts that are and were empty are left out."""
    found = []
    for name, title in PARTS.items():
        new = getattr(after, name)
        old = getattr(before, name) if before else new
        if pieces := differences.between(old, new):
            found.append((str(title), pieces))
    return found


@login_required
@require_http_methods(["GET", "POST"])
def amend(request: SignedInRequest, pk: int) -> HttpResponse:
    proposal = get_allowed(request.user, "writing.amend_proposal", PROPOSALS, pk=pk)
    needs_reason = not versions.is_still_free(proposal)
    form = AmendmentForm(posted(request), proposal=proposal, needs_reason=needs_reason)
    if made := attempt(form, lambda: _amend(proposal, request, form)):
        said = _("The new version is public. The earlier one stays beside it.")
        return done(request, "writing:version", said, pk=pk, number=made.number)
    context = {"proposal": proposal, "needs_reason": needs_reason}
    return form_page(request, "writing/amend.html", form, **context)


def _amend(proposal: Proposal, request: SignedInRequest, form: AmendmentForm) -> ProposalVersion:
    reason = form.cleaned_data.get("reason", "")
    return versions.amend(proposal, by=request.user, written=form.written, reason=reason)


@login_required
@require_http_methods(["GET", "POST"])
def invite(request: SignedInRequest, pk: int) -> HttpResponse:
    proposal = get_allowed(request.user, "writing.invite_author", PROPOSALS, pk=pk)
    form = InvitationForm(posted(request))
    if attempt(form, lambda: joint.invite(proposal, by=request.user, **form.cleaned_data)):
        # The same sentence either way: who has an account is nobody's business.
        said = _("If that person has an account here, they are asked now.")
        return done(request, "writing:invite", said, pk=pk)
    context = {
        "proposal": proposal,
        "authors": joint.authors_of(proposal),
        "waiting": proposal.joint_authors.waiting().select_related("person"),
    }
    return form_page(request, "writing/invite.html", form, **context)


@login_required
@require_GET
def invitations(request: SignedInRequest) -> HttpResponse:
    waiting = JointAuthor.objects.waiting_for(request.user).select_related("proposal__author")
    return render(request, "writing/invitation_list.html", {"invitations": list(waiting[:50])})


@login_required
@require_POST
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept or decline; an invitation of somebody else does not exist."""
    invitation = get_object_or_404(JointAuthor, pk=pk, person=request.user)
    require(request.user, "writing.answer_invitation", invitation)
    accepts = request.POST.get("answer") == "accept"
    joint.answer(invitation, by=request.user, accepts=accepts)
    said = _("You are a joint author now.") if accepts else _("You have declined.")
    return done(request, "writing:invitations", said)
