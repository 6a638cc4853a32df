"""Steps in the life of a lab."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods

from governance.models import Motion
from livinglabs.domain import gates, labs
from livinglabs.forms.plans import (
    CompleteForm,
    ConfirmForm,
    GateForm,
    PlanForm,
    PrepareForm,
    StopForm,
)
from livinglabs.models import Lab
from portal.access import SignedInRequest, get_allowed, require
from portal.asking import Ask, ask, attempt, done, posted

PREPARE = Ask(
    _lazy("Prepare a living lab"),
    _lazy("The lab becomes public at once. It can start when the council has carried the motion."),
    _lazy("Prepare the lab"),
)
CHANGE = Ask(
    _lazy("Change the plan"),
    _lazy("The public trail keeps the fact that you changed it."),
    _lazy("Save the plan"),
)
START = Ask(
    _lazy("Start the lab"),
    _lazy(
        "The lab enters its first stage. The author of the proposal and all participants are told."
    ),
    _lazy("Start the lab"),
)
GATE = Ask(
    _lazy("Pass the gate"),
    _lazy("The lab moves into its next stage and does not come back."),
    _lazy("Pass the gate"),
    extra="livinglabs/_gate.html",
)
COMPLETE = Ask(
    _lazy("Complete the lab"),
    _lazy(
        "The lab ends with its outcome. Nothing can be entered afterwards, but data can still be "
        "published."
    ),
    _lazy("Complete the lab"),
    extra="livinglabs/_gate.html",
)
STOP = Ask(
    _lazy("Stop the lab"),
    _lazy("The lab ends early and cannot be started again. What was learned stays public."),
    _lazy("Stop the lab"),
    "danger",
)


@login_required
@require_http_methods(["GET", "POST"])
def prepare(request: SignedInRequest, motion_pk: int) -> HttpResponse:
    """Plan a lab for a motion."""
    require(request.user, "livinglabs.prepare_lab")
    found = Motion.objects.visible_to(request.user).select_related("proposal")
    motion = get_object_or_404(found, pk=motion_pk)
    initial = {
        "title": motion.proposal.title,
        "problem": motion.proposal.problem,
        "district": motion.proposal.district_id,
        "place": motion.proposal.place,
    }
    form = PrepareForm(posted(request), by=request.user, initial=initial)
    if lab := attempt(form, lambda: labs.prepare(motion, by=request.user, **form.cleaned_data)):
        return redirect(lab)
    return ask(request, motion, PREPARE, form)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct the plan."""
    lab = get_allowed(request.user, "livinglabs.change_lab", Lab.objects, pk=pk)
    form = PlanForm(posted(request), instance=lab)
    if attempt(form, lambda: labs.change(lab, by=request.user, **form.cleaned_data)):
        return done(request, lab, _("The plan is saved."))
    return ask(request, lab, CHANGE, form)


@login_required
@require_http_methods(["GET", "POST"])
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    """Start a prepared lab."""
    lab = get_allowed(request.user, "livinglabs.start_lab", Lab.objects.for_page(), pk=pk)
    form = ConfirmForm(posted(request))
    if attempt(form, lambda: labs.start(lab, by=request.user)):
        return done(request, lab, _("The lab has started."))
    return ask(request, lab, START, form)


@login_required
@require_http_methods(["GET", "POST"])
def pass_gate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lead the lab through the gate that the manager saw, and through no other."""
    lab = get_allowed(request.user, "livinglabs.pass_gate_lab", Lab.objects.for_page(), pk=pk)
    form = GateForm(posted(request), initial={"stage": lab.stage.code})
    if attempt(form, lambda: _pass(lab, request, form)):
        return done(request, lab, _("The lab is now in the stage “%s”.") % lab.stage.name)
    return ask(request, lab, GATE, form, needs=gates.needs_of(lab))


def _pass(lab: Lab, request: SignedInRequest, form: GateForm) -> Lab:
    lab.stage = form.cleaned_data["stage"]
    return labs.pass_gate(lab, by=request.user, note=form.cleaned_data["note"])


@login_required
@require_http_methods(["GET", "POST"])
def complete(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a lab at its end."""
    lab = get_allowed(request.user, "livinglabs.complete_lab", Lab.objects.for_page(), pk=pk)
    form = CompleteForm(posted(request))
    if attempt(form, lambda: labs.complete(lab, by=request.user, **form.cleaned_data)):
        return done(request, lab, _("The lab is completed."))
    return ask(request, lab, COMPLETE, form, needs=gates.needs_of(lab))


@login_required
@require_http_methods(["GET", "POST"])
def stop(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a lab early."""
    lab = get_allowed(request.user, "livinglabs.stop_lab", Lab.objects.for_page(), pk=pk)
    form = StopForm(posted(request))
    if attempt(form, lambda: labs.stop(lab, by=request.user, **form.cleaned_data)):
        return done(request, lab, _("The lab has stopped."))
    return ask(request, lab, STOP, form)
