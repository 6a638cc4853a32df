"""Pages on which a department keeps its plan: one address, one act."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods

from portal.access import SignedInRequest, get_allowed
from portal.delivery.domain import milestones, papers, plans
from portal.delivery.forms.plans import (
    AmountsForm,
    CompletionForm,
    EvidenceForm,
    MoneyForm,
    ProgressForm,
    ReasonForm,
    SlipForm,
    SummaryForm,
    milestones_form,
)
from portal.delivery.models import Plan
from portal.proposals.models import Proposal

PLANS = Plan.objects.for_page()


@dataclass(frozen=True)
class Ask:
    """The words of a page with a form: what it is, what will happen, the verb on the button."""

    title: Any
    lead: Any
    submit: Any
    done: Any
    tone: str = "primary"


BEGIN = Ask(
    _lazy("Make the plan"),
    _lazy("Say what the department does, in which steps and until when. Everyone can read it."),
    _lazy("Publish the plan"),
    _lazy("The plan is public."),
)
REWORK = Ask(
    _lazy("Change the milestones"),
    _lazy("Dates are changed by putting a milestone off, so that everyone learns the reason."),
    _lazy("Save the milestones"),
    _lazy("The milestones are changed."),
)
PROGRESS = Ask(
    _lazy("Say how far it is"),
    _lazy("Enter 100 when the milestone is reached."),
    _lazy("Save the progress"),
    _lazy("The progress is saved."),
)
SLIP = Ask(
    _lazy("Put the milestone off"),
    _lazy("Everyone who follows the proposal is told of the new date and the reason."),
    _lazy("Put it off"),
    _lazy("The milestone is put off, and the followers are told."),
)
ENTER = Ask(
    _lazy("Enter a budget line"),
    _lazy("Amounts are in won and public."),
    _lazy("Enter the line"),
    _lazy("The budget line is entered."),
)
CORRECT = Ask(
    _lazy("Correct the amounts"),
    _lazy("The public trail keeps that they were corrected, and why."),
    _lazy("Save the amounts"),
    _lazy("The amounts are saved."),
)
SHOW = Ask(
    _lazy("Add evidence"),
    _lazy("A file or an address on the web. It is public and cannot be changed afterwards."),
    _lazy("Add the evidence"),
    _lazy("The evidence is added."),
)
COMPLETE = Ask(
    _lazy("Report that it is carried out"),
    _lazy("Say what came of it and show it. Afterwards the plan cannot be changed any more."),
    _lazy("Report it"),
    _lazy("It is reported as carried out. People can rate the result now."),
)
GIVE_UP = Ask(
    _lazy("Say that it cannot be carried out"),
    _lazy("The reason is public, and everyone who follows the proposal is told."),
    _lazy("Publish it"),
    _lazy("It is public that the proposal cannot be carried out."),
    "danger",
)


def _ask(request: HttpRequest, words: Ask, form: BaseForm, **context: Any) -> HttpResponse:
    """Show the form with its words; what was typed stays."""
    context |= {"words": words, "form": form}
    return render(request, "delivery/plan_ask.html", context)


def _keep(
    request: SignedInRequest,
    plan: Plan,
    words: Ask,
    form: BaseForm,
    act: Callable[..., Any],
    **context: Any,
) -> HttpResponse:
    """Take what the form asks for, or ask again."""
    if form.is_valid():
        act(by=request.user, **form.cleaned_data)
        messages.success(request, words.done)
        return redirect(plan)
    return _ask(request, words, form, plan=plan, proposal=plan.proposal, **context)


def _plan(request: SignedInRequest, pk: int) -> Plan:
    return get_allowed(request.user, "delivery.keep_plan", PLANS, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def begin(request: SignedInRequest, proposal: int) -> HttpResponse:
    found = get_allowed(request.user, "delivery.begin_plan", Proposal.objects, pk=proposal)
    form, steps = SummaryForm(request.POST or None), milestones_form(request.POST or None)
    if form.is_valid() and steps.is_valid():
        summary = form.cleaned_data["summary"]
        plan = plans.begin(found, by=request.user, summary=summary, milestones=steps.steps)
        messages.success(request, BEGIN.done)
        return redirect(plan)
    return _ask(request, BEGIN, form, proposal=found, steps=steps)


@login_required
@require_http_methods(["GET", "POST"])
def rework(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    form, steps = ReasonForm(request.POST or None), milestones_form(request.POST or None, plan=plan)
    if form.is_valid() and steps.is_valid():
        reason = form.cleaned_data["reason"]
        plans.rework(plan, by=request.user, reason=reason, milestones=steps.steps)
        messages.success(request, REWORK.done)
        return redirect(plan)
    return _ask(request, REWORK, form, plan=plan, proposal=plan.proposal, steps=steps)


@login_required
@require_http_methods(["GET", "POST"])
def progress(request: SignedInRequest, pk: int, milestone: int) -> HttpResponse:
    plan = _plan(request, pk)
    step = get_object_or_404(plan.milestones.select_related("plan__proposal"), pk=milestone)
    form = ProgressForm(request.POST or None, instance=step)

    def act(**given: Any) -> None:
        milestones.advance(step, **given)

    return _keep(request, plan, PROGRESS, form, act, about=step.title)


@login_required
@require_http_methods(["GET", "POST"])
def slip(request: SignedInRequest, pk: int, milestone: int) -> HttpResponse:
    plan = _plan(request, pk)
    step = get_object_or_404(plan.milestones.select_related("plan__proposal"), pk=milestone)
    form = SlipForm(request.POST or None, milestone=step)
    about = _("{milestone}: due {due}").format(milestone=step.title, due=step.due_on)
    return _keep(request, plan, SLIP, form, lambda **how: milestones.slip(step, **how), about=about)


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    form = MoneyForm(request.POST or None)
    return _keep(request, plan, ENTER, form, lambda **how: papers.enter(plan, **how))


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: SignedInRequest, pk: int, line: int) -> HttpResponse:
    plan = _plan(request, pk)
    row = get_object_or_404(plan.budget_lines.select_related("plan"), pk=line)
    initial = {"planned": row.planned, "spent": row.spent}
    form = AmountsForm(request.POST or None, initial=initial)

    def act(**how: Any) -> None:
        papers.correct(row, **how)

    return _keep(request, plan, CORRECT, form, act, about=row.title)


@login_required
@require_http_methods(["GET", "POST"])
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    form = EvidenceForm(request.POST or None, request.FILES or None, plan=plan)
    return _keep(request, plan, SHOW, form, lambda **how: papers.show(plan, **how))


@login_required
@require_http_methods(["GET", "POST"])
def complete(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    form = CompletionForm(request.POST or None, request.FILES or None, plan=plan)

    def act(*, by: Any, outcome: str, **evidence: Any) -> None:
        plans.complete(plan, by=by, outcome=outcome, evidence=evidence)

    return _keep(request, plan, COMPLETE, form, act)


@login_required
@require_http_methods(["GET", "POST"])
def give_up(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    form = ReasonForm(request.POST or None)
    return _keep(request, plan, GIVE_UP, form, lambda **how: plans.give_up(plan, **how))
