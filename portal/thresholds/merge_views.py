"""Pages about merges: propose, answer, call off, split, and what everyone sees of one."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal import errors
from portal.access import SignedInRequest, get_allowed
from portal.asking import attempt, done, form_page, posted
from portal.proposals.domain import similar
from portal.proposals.models import Proposal
from portal.thresholds.domain import merges, voices
from portal.thresholds.forms import MergeForm, ReasonForm
from portal.thresholds.models import Merge, Voice

PROPOSAL = Proposal.objects.select_related("area")
MERGE = Merge.objects.with_proposals().select_related("proposed_by", "later__area", "earlier__area")


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One merge: what was asked, what was answered, what came over."""
    merge = get_object_or_404(MERGE.visible_to(request.user), pk=pk)
    context = {"merge": merge, "tally": voices.tally(merge), "carried": merge.carried.count()}
    return render(request, "thresholds/merge_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def propose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Propose to merge a proposal and another one; whichever was received first leads."""
    proposal = get_allowed(request.user, "thresholds.propose_merge", PROPOSAL, pk=pk)
    form = MergeForm(posted(request))
    if merge := attempt(
        form, lambda: merges.propose_both(proposal, by=request.user, **form.cleaned_data)
    ):
        return done(request, merge, _("The supporters are asked."))
    context = {"proposal": proposal, "similar": similar.to_title(proposal.title, but=proposal.pk)}
    return form_page(request, "thresholds/merge_propose.html", form, **context)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Let a supporter say yes or no with one click; the signed link is enough."""
    try:
        voice = voices.of_token(token)
    except (BadSignature, Voice.DoesNotExist):
        return errors.broken_link(request)
    if request.method == "POST":
        voices.answer(voice, says=request.POST.get("answer", ""))
        said = _("Your answer is kept. You may change it until the end.")
        return done(request, "thresholds:answer", said, token=token)
    context = {"voice": voice, "merge": voice.merge, "is_open": voices.is_open(voice.merge)}
    response = render(request, "thresholds/merge_answer.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def call_off(request: SignedInRequest, pk: int) -> HttpResponse:
    return _step(
        request, pk, merges.call_off, _("Call off the merge"), _("The merge is called off.")
    )


@login_required
@require_http_methods(["GET", "POST"])
def split(request: SignedInRequest, pk: int) -> HttpResponse:
    return _step(request, pk, merges.split, _("Split the proposals again"), _("They are split."))


def _step(
    request: SignedInRequest, pk: int, act: Callable[..., Any], title: str, said: str
) -> HttpResponse:
    """Ask for a reason, take the step, and lead back to the merge."""
    merge = get_allowed(request.user, f"thresholds.{act.__name__}_merge", MERGE, pk=pk)
    form = ReasonForm(posted(request))
    if attempt(form, lambda: act(merge, by=request.user, **form.cleaned_data)):
        return done(request, merge, said)
    return form_page(request, "thresholds/merge_step.html", form, merge=merge, title=title)
