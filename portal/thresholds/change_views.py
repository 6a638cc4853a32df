"""Pages on which a rule is tried out, proposed, and approved by someone else."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.access import SignedInRequest, get_allowed, require
from portal.thresholds.domain import changes, simulator
from portal.thresholds.forms import ChangeForm, DecisionForm, RuleForms, TryForm
from portal.thresholds.models import Effect, RuleChange

CHANGE = RuleChange.objects.select_related("proposed_by", "decided_by")


@login_required
@require_GET
def simulate(request: SignedInRequest) -> HttpResponse:
    """Try out other steps on the proposals of a year; nothing is kept."""
    require(request.user, "thresholds.simulate")
    rules, period = _asked(request)
    context: dict[str, Any] = {"rules": rules, "period": period, "in_force": simulator.in_force()}
    if rules.is_valid() and period.is_valid():
        context["found"] = simulator.compare(rules.rules, **period.cleaned_data)
        context["query"] = request.GET.urlencode()
        context["is_changed"] = rules.rules != context["in_force"]
    return render(request, "thresholds/simulator.html", context)


def _asked(request: HttpRequest) -> tuple[RuleForms, TryForm]:
    """The steps and the period of the address, or those in force and the last year."""
    since, until = simulator.last_year()
    if "form-TOTAL_FORMS" in request.GET:
        return RuleForms(request.GET), TryForm(request.GET)
    given = RuleForms.data_of(simulator.in_force())
    return RuleForms(given), TryForm({"since": since.isoformat(), "until": until.isoformat()})


@login_required
@require_http_methods(["GET", "POST"])
def propose(request: SignedInRequest) -> HttpResponse:
    """Propose the steps of the address from a day on."""
    require(request.user, "thresholds.propose_change")
    rules = RuleForms(request.GET)
    if not rules.is_valid():
        return redirect("thresholds:simulate")
    form = ChangeForm(request.POST or None)
    if form.is_valid():
        change = changes.propose(rules.rules, by=request.user, **form.cleaned_data)
        messages.success(request, _("The change is proposed. Somebody else must approve it."))
        return redirect(change)
    context = {"form": form, "rules": rules.rules, "query": request.GET.urlencode()}
    return render(request, "thresholds/change_propose.html", context)


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    change = get_object_or_404(CHANGE.visible_to(request.user), pk=pk)
    labels = {effect.value: effect.label for effect in Effect}
    steps = [{**step, "label": labels[step["effect"]]} for step in change.steps]
    return render(request, "thresholds/change_detail.html", {"change": change, "steps": steps})


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Approve or reject what somebody else proposed."""
    change = get_allowed(request.user, "thresholds.decide_change", CHANGE, pk=pk)
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        act = {"approve": changes.approve, "reject": changes.reject}[form.cleaned_data["act"]]
        act(change, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The decision is kept."))
        return redirect(change)
    return render(request, "thresholds/change_decide.html", {"change": change, "form": form})
