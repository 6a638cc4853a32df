"""Pages on which the answer is drafted by one official and approved by another."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from portal.access import SignedInRequest, get_allowed, require
from portal.proposals.domain import answers
from portal.proposals.models import Answer, Proposal
from portal.proposals.step_forms import AnswerForm, RemarkForm
from portal.refusals import Refused

PROPOSALS = Proposal.objects.select_related("area", "department", "author", "official")
ANSWERS = Answer.objects.select_related(
    "proposal__department", "proposal__author", "office", "drafted_by", "approved_by"
)
MOST = 50


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Draft the answer, keep it, or put it before the approver."""
    proposal = get_allowed(request.user, "proposals.draft_answer", PROPOSALS, pk=pk)
    found = answers.begun(proposal)
    form = AnswerForm(request.POST or None, instance=found)
    status = 200
    if found.may_be_written and form.is_valid():
        try:
            return _keep(request, proposal, form)
        except Refused as why:
            form.add_error(None, str(why))
            status = 409
    context = {"proposal": proposal, "answer": found, "form": form}
    return render(request, "proposals/proposal_answer.html", context, status=status)


def _keep(request: SignedInRequest, proposal: Proposal, form: AnswerForm) -> HttpResponse:
    drafted = answers.draft(proposal, by=request.user, written=form.cleaned_data)
    if not form.is_to_be_published():
        messages.success(request, _("The draft of the answer is kept."))
        return redirect(drafted)
    answers.propose(drafted, by=request.user)
    messages.success(request, _("The answer is before the approver."))
    return redirect(proposal)


@login_required
@require_http_methods(["GET", "POST"])
def approvals(request: SignedInRequest) -> HttpResponse:
    """The approver's desk: all answers that wait, to be published one by one or several at once."""
    require(request.user, "proposals.see_approvals")
    waiting = ANSWERS.to_approve(request.user).order_by("proposal__due_on", "pk")
    if request.method == "POST":
        chosen = waiting.filter(pk__in=[n for n in request.POST.getlist("answer") if n.isdecimal()])
        _say(request, *answers.publish_all(chosen, by=request.user))
        return redirect("proposals:approvals")
    return render(request, "proposals/approval_list.html", {"answers": waiting[:MOST]})


def _say(request: SignedInRequest, done: list[Answer], refused: dict[Answer, str]) -> None:
    if done:
        n = len(done)
        said = ngettext("%(n)s answer is public.", "%(n)s answers are public.", n) % {"n": n}
        messages.success(request, said)
    for found, why in refused.items():
        messages.error(request, f"{found.proposal.title}: {why}")
    if not (done or refused):
        messages.error(request, _("Choose at least one answer."))


@login_required
@require_http_methods(["GET", "POST"])
def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read an answer before it is published, publish it, or go on to send it back."""
    found = _before_me(request, pk)
    if request.method == "POST":
        answers.publish(found, by=request.user)
        messages.success(request, _("The answer is public."))
        return redirect(found.proposal)
    context = {"answer": found, "proposal": found.proposal, "form": RemarkForm()}
    return render(request, "proposals/approval_detail.html", context)


@login_required
@require_POST
def send_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the answer back to its drafter, with a remark."""
    found = _before_me(request, pk)
    form = RemarkForm(request.POST)
    if form.is_valid():
        answers.send_back(found, by=request.user, remark=form.cleaned_data["remark"])
        messages.success(request, _("The answer is back with its drafter."))
        return redirect("proposals:approvals")
    context = {"answer": found, "proposal": found.proposal, "form": form}
    return render(request, "proposals/approval_detail.html", context)


def _before_me(request: SignedInRequest, pk: int) -> Answer:
    """The latest answer of the proposal, if the person may approve it."""
    latest = ANSWERS.filter(proposal=pk).order_by("-round").values("pk")[:1]
    found: Answer = get_allowed(request.user, "proposals.approve_answer", ANSWERS, pk__in=latest)
    return found
