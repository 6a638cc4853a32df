"""Pages on which the answer is drafted by one official and approved by another."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from portal.access import SignedInRequest, get_allowed, require
from portal.asking import attempt, done, form_page, posted
from portal.proposals.answer_forms import AnswerForm, RemarkForm
from portal.proposals.domain import answers
from portal.proposals.models import Answer, Proposal

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
    form = AnswerForm(posted(request), instance=found)
    if found.may_be_written and (kept := attempt(form, lambda: _keep(proposal, request, form))):
        if form.is_to_be_published():
            return done(request, proposal, _("The answer is before the approver."))
        return done(request, kept, _("The draft of the answer is kept."))
    context = {"proposal": proposal, "answer": found}
    return form_page(request, "proposals/proposal_answer.html", form, **context)


def _keep(proposal: Proposal, request: SignedInRequest, form: AnswerForm) -> Answer:
    """Keep the draft, and put it before the approver where that is asked; else it stays kept."""
    drafted = answers.draft(proposal, by=request.user, written=form.cleaned_data)
    if form.is_to_be_published():
        answers.propose(drafted, by=request.user)
    return drafted


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
        return done(request, found.proposal, _("The answer is public."))
    context = {"answer": found, "proposal": found.proposal, "form": RemarkForm()}
    return render(request, "proposals/approval_detail.html", context)


@login_required
@require_POST
def send_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the answer back to its drafter, with a remark."""
    found = _before_me(request, pk)
    form = RemarkForm(request.POST)
    if attempt(form, lambda: answers.send_back(found, by=request.user, **form.cleaned_data)):
        return done(request, "proposals:approvals", _("The answer is back with its drafter."))
    context = {"answer": found, "proposal": found.proposal}
    return form_page(request, "proposals/approval_detail.html", form, **context)


def _before_me(request: SignedInRequest, pk: int) -> Answer:
    """The latest answer of the proposal, if the person may approve it."""
    latest = ANSWERS.filter(proposal=pk).order_by("-round").values("pk")[:1]
    found: Answer = get_allowed(request.user, "proposals.approve_answer", ANSWERS, pk__in=latest)
    return found
