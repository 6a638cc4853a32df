"""Pages on which a department keeps its plan: one address, one act."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods

from portal.access import SignedInRequest, get_allowed
from portal.asking import Ask, ask, attempt, done, posted
from portal.delivery.domain import milestones, papers, plans
from portal.delivery.forms.plans import (
    AmountsForm,
    BaseMilestones,
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

BEGIN = Ask(
    _lazy("Make the plan"),
    _lazy("Say what the department does, in which steps and until when. Everyone can read it."),
    _lazy("Publish the plan"),
)
REWORK = Ask(
    _lazy("Change the milestones"),
    _lazy("Dates are changed by putting a milestone off, so that everyone learns the reason."),
    _lazy("Save the milestones"),
)
PROGRESS = Ask(
    _lazy("Say how far it is"),
    _lazy("Enter 100 when the milestone is reached."),
    _lazy("Save the progress"),
)
SLIP = Ask(
    _lazy("Put the milestone off"),
    _lazy("Everyone who follows the proposal is told of the new date and the reason."),
    _lazy("Put it off"),
)
ENTER = Ask(
    _lazy("Enter a budget line"),
    _lazy("Amounts are in won and public."),
    _lazy("Enter the line"),
)
CORRECT = Ask(
    _lazy("Correct the amounts"),
    _lazy("The public trail keeps that they were corrected, and why."),
    _lazy("Save the amounts"),
)
SHOW = Ask(
    _lazy("Add evidence"),
    _lazy("A file or an address on the web. It is public and cannot be changed afterwards."),
    _lazy("Add the evidence"),
)
COMPLETE = Ask(
    _lazy("Report that it is carried out"),
    _lazy("Say what came of it and show it. Afterwards the plan cannot be changed any more."),
    _lazy("Report it"),
)
GIVE_UP = Ask(
    _lazy("Say that it cannot be carried out"),
    _lazy("The reason is public, and everyone who follows the proposal is told."),
    _lazy("Publish it"),
    "danger",
)


def _plan(request: SignedInRequest, pk: int) -> Plan:
    return get_allowed(request.user, "delivery.keep_plan", PLANS, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def begin(request: SignedInRequest, proposal: int) -> HttpResponse:
    found = get_allowed(request.user, "delivery.begin_plan", Proposal.objects, pk=proposal)
    form, steps = SummaryForm(posted(request)), milestones_form(posted(request))
    if steps.is_valid() and (plan := attempt(form, lambda: _begin(found, request, form, steps))):
        return done(request, plan, _("The plan is public."))
    return ask(request, found, BEGIN, form, steps=steps)


def _begin(
    found: Proposal, request: SignedInRequest, form: SummaryForm, steps: BaseMilestones
) -> Plan:
    summary = form.cleaned_data["summary"]
    return plans.begin(found, by=request.user, summary=summary, milestones=steps.steps)


@login_required
@require_http_methods(["GET", "POST"])
def rework(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    form, steps = ReasonForm(posted(request)), milestones_form(posted(request), plan=plan)
    if steps.is_valid() and attempt(form, lambda: _rework(plan, request, form, steps)):
        return done(request, plan, _("The milestones are changed."))
    return ask(request, plan, REWORK, form, steps=steps)


def _rework(plan: Plan, request: SignedInRequest, form: ReasonForm, steps: BaseMilestones) -> Plan:
    reason = form.cleaned_data["reason"]
    return plans.rework(plan, by=request.user, reason=reason, milestones=steps.steps)


@login_required
@require_http_methods(["GET", "POST"])
def progress(request: SignedInRequest, pk: int, milestone: int) -> HttpResponse:
    plan = _plan(request, pk)
    step = get_object_or_404(plan.milestones.select_related("plan__proposal"), pk=milestone)
    form = ProgressForm(posted(request), instance=step)
    if attempt(form, lambda: milestones.advance(step, by=request.user, **form.cleaned_data)):
        return done(request, plan, _("The progress is saved."))
    return ask(request, plan, PROGRESS, form, about=step.title)


@login_required
@require_http_methods(["GET", "POST"])
def slip(request: SignedInRequest, pk: int, milestone: int) -> HttpResponse:
    plan = _plan(request, pk)
    step = get_object_or_404(plan.milestones.select_related("plan__proposal"), pk=milestone)
    form = SlipForm(posted(request), milestone=step)
    about = _("{milestone}: due {due}").format(milestone=step.title, due=step.due_on)
    if attempt(form, lambda: milestones.slip(step, by=request.user, **form.cleaned_data)):
        return done(request, plan, _("The milestone is put off, and the followers are told."))
    return ask(request, plan, SLIP, form, about=about)


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    form = MoneyForm(posted(request))
    if attempt(form, lambda: papers.enter(plan, by=request.user, **form.cleaned_data)):
        return done(request, plan, _("The budget line is entered."))
    return ask(request, plan, ENTER, form)


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: SignedInRequest, pk: int, line: int) -> HttpResponse:
    plan = _plan(request, pk)
    row = get_object_or_404(plan.budget_lines.select_related("plan"), pk=line)
    form = AmountsForm(posted(request), initial={"planned": row.planned, "spent": row.spent})
    if attempt(form, lambda: papers.correct(row, by=request.user, **form.cleaned_data)):
        return done(request, plan, _("The amounts are saved."))
    return ask(request, plan, CORRECT, form, about=row.title)


@login_required
@require_http_methods(["GET", "POST"])
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    form = EvidenceForm(posted(request), request.FILES or None, plan=plan)
    if attempt(form, lambda: papers.show(plan, by=request.user, **form.cleaned_data)):
        return done(request, plan, _("The evidence is added."))
    return ask(request, plan, SHOW, form)


@login_required
@require_http_methods(["GET", "POST"])
def complete(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    form = CompletionForm(posted(request), request.FILES or None, plan=plan)
    if attempt(form, lambda: plans.complete(plan, by=request.user, **form.ending)):
        return done(
            request, plan, _("It is reported as carried out. People can rate the result now.")
        )
    return ask(request, plan, COMPLETE, form)


@login_required
@require_http_methods(["GET", "POST"])
def give_up(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    form = ReasonForm(posted(request))
    if attempt(form, lambda: plans.give_up(plan, by=request.user, **form.cleaned_data)):
        return done(request, plan, _("It is public that the proposal cannot be carried out."))
    return ask(request, plan, GIVE_UP, form)
