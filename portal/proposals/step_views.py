"""Pages on which someone moves a proposal on: one address, one act, one reason."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.access import SignedInRequest, get_allowed
from portal.proposals.domain import proposals, reviews
from portal.proposals.forms import DecisionForm, ReasonForm, SupplementForm, TransferForm
from portal.proposals.models import Proposal

STEP = Proposal.objects.select_related("area", "department", "author", "stat")


def _step(  # noqa: PLR0913  the words of a page, all by name
    request: SignedInRequest,
    pk: int,
    perm: str,
    act: Callable[..., Any],
    form_class: type = ReasonForm,
    *,
    title: str,
    lead: str,
    submit: str,
    done: str,
) -> HttpResponse:
    """Ask for what the step needs, take it, and lead back to the proposal."""
    proposal = get_allowed(request.user, perm, STEP, pk=pk)
    form = form_class(request.POST or None)
    if form.is_valid():
        act(proposal, by=request.user, **form.cleaned_data)
        messages.success(request, done)
        return redirect(proposal)
    context = {"proposal": proposal, "form": form, "title": title, "lead": lead, "submit": submit}
    return render(request, "proposals/proposal_step.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    return _step(
        request,
        pk,
        "proposals.withdraw_proposal",
        proposals.withdraw,
        title=_("Withdraw the proposal"),
        lead=_(
            "The proposal stays readable, but nobody works on it any more. This cannot be undone."
        ),
        submit=_("Withdraw it"),
        done=_("Your proposal is withdrawn."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def ask_supplement(request: SignedInRequest, pk: int) -> HttpResponse:
    return _step(
        request,
        pk,
        "proposals.ask_supplement",
        reviews.ask_supplement,
        title=_("Ask for a supplement"),
        lead=_("Say exactly what is missing. The clock stops until the supplement comes."),
        submit=_("Ask for it"),
        done=_("The supplement is asked for, and the clock stands still."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def supply(request: SignedInRequest, pk: int) -> HttpResponse:
    return _step(
        request,
        pk,
        "proposals.supply_supplement",
        reviews.supply,
        SupplementForm,
        title=_("Give the supplement"),
        lead=_("The department has asked for more. With your supplement the clock goes on."),
        submit=_("Send the supplement"),
        done=_("Your supplement has arrived."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    return _step(
        request,
        pk,
        "proposals.review_proposal",
        lambda proposal, *, by, reason: reviews.review(proposal, by=by, opinion=reason),
        title=_("Write the preliminary review"),
        lead=_("What you found: whose business it is, what exists already, what it would take."),
        submit=_("Publish the review"),
        done=_("The preliminary review is public."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def ask_departments(request: SignedInRequest, pk: int) -> HttpResponse:
    return _step(
        request,
        pk,
        "proposals.ask_departments",
        reviews.ask_departments,
        title=_("Ask the departments concerned"),
        lead=_("Say which departments you ask, and what."),
        submit=_("Ask them"),
        done=_("The departments concerned are asked."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def give_opinion(request: SignedInRequest, pk: int) -> HttpResponse:
    return _step(
        request,
        pk,
        "proposals.give_opinion",
        lambda proposal, *, by, reason: reviews.give_opinion(proposal, by=by, opinion=reason),
        title=_("Give your department's opinion"),
        lead=_("What your department can do, and under which conditions."),
        submit=_("Publish the opinion"),
        done=_("Your department's opinion is public."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def refer(request: SignedInRequest, pk: int) -> HttpResponse:
    return _step(
        request,
        pk,
        "proposals.refer_proposal",
        reviews.refer,
        title=_("Refer the proposal to the council"),
        lead=_("The living-lab council decides by a vote. Say why it should."),
        submit=_("Refer it"),
        done=_("The proposal is before the council."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    return _step(
        request,
        pk,
        "proposals.decide_proposal",
        proposals.decline,
        DecisionForm,
        title=_("Answer: not adopted"),
        lead=_("The answer names a ground and gives a reason that a citizen understands."),
        submit=_("Publish the answer"),
        done=_("The answer is public."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def transfer(request: SignedInRequest, pk: int) -> HttpResponse:
    return _step(
        request,
        pk,
        "proposals.transfer_proposal",
        reviews.transfer,
        TransferForm,
        title=_("Hand over to another department"),
        lead=_("The clock does not stop for it."),
        submit=_("Hand it over"),
        done=_("The proposal is handed over."),
    )
