"""Pages on which a rule is tried out, proposed, and approved by someone else."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.access import SignedInRequest, get_allowed, require
from portal.accounts.models import Department, User
from portal.asking import attempt, done, form_page, posted
from portal.thresholds import scopes
from portal.thresholds.domain import changes, simulator
from portal.thresholds.domain.simulator import Pool, Rule
from portal.thresholds.domain.steps import Rulebook
from portal.thresholds.forms import ChangeForm, DecisionForm, RuleForms, ScopeForm, TryForm
from portal.thresholds.models import Effect, RuleChange
from portal.thresholds.scopes import Scope

CHANGE = RuleChange.objects.select_related("proposed_by", "decided_by")


@login_required
@require_GET
def simulate(request: SignedInRequest) -> HttpResponse:
    """Try out other steps on the proposals of a year; nothing is kept."""
    require(request.user, "thresholds.simulate")
    scope = _scope(request)
    held = simulator.in_force(scope)
    rules, period = _asked(request, scope, held)
    has_own = bool(scope.key and Rulebook.read().own_of(scope))
    offered = ScopeForm(scopes=scopes.offered_to(request.user), initial={"scope": scope.key})
    context: dict[str, Any] = {
        "rules": rules,
        "period": period,
        "scope": scope,
        "chooser": offered,
        "has_own": has_own,
    }
    if rules.is_valid() and period.is_valid():
        subject: Any = scope
        may = request.user.has_perm("thresholds.propose_change", subject) and not scope.is_over
        context["found"] = simulator.compare(rules.rules, scope=scope, **period.cleaned_data)
        context["may_propose"] = may and rules.rules != held and (rules.rules or has_own)
        context["query"] = request.GET.urlencode()
    return form_page(request, "thresholds/simulator.html", period, **context)


def _scope(request: SignedInRequest) -> Scope:
    """The proposals that the address names. Raises ``Http404`` for a call that is not seen."""
    scope = scopes.find(request.GET.get("scope", ""), request.user)
    if scope is None:
        raise Http404
    return scope


def _asked(request: HttpRequest, scope: Scope, held: list[Rule]) -> tuple[RuleForms, TryForm]:
    """The steps and the period of the address, or those in force and the last year."""
    since, until = simulator.last_year()
    pools = simulator.pools_of(scope)
    if "form-TOTAL_FORMS" in request.GET:
        return RuleForms(request.GET), TryForm(request.GET, pools=pools)
    pool = simulator.nearest_pool(scope, since=since, until=until)
    data = {"since": since.isoformat(), "until": until.isoformat(), "pool": str(pool)}
    return RuleForms(RuleForms.data_of(held)), TryForm(data, pools=pools)


@login_required
@require_http_methods(["GET", "POST"])
def propose(request: SignedInRequest) -> HttpResponse:
    """Propose the steps of the address from a day on."""
    scope = _scope(request)
    require(request.user, "thresholds.propose_change", scope)
    rules = RuleForms(request.GET)
    if not rules.is_valid():
        return redirect("thresholds:simulate")
    tomorrow = timezone.localdate() + timedelta(days=1)
    form = ChangeForm(posted(request), initial={"valid_from": tomorrow})
    act = partial(changes.propose, scope, by=request.user, steps=rules.rules)
    if change := attempt(form, lambda: act(**form.cleaned_data)):
        return done(request, change, _("The change is proposed. Somebody else must approve it."))
    context = {
        "rules": _told(rule.as_dict() for rule in rules.rules),
        "scope": scope,
        "query": request.GET.urlencode(),
    }
    return form_page(request, "thresholds/change_propose.html", form, **context)


def _told(rules: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Steps with what follows and who owes it in words."""
    owners = {department.pk: department.name for department in Department.objects.all()}
    return [
        {**rule, "label": Effect(rule["effect"]).label, "owner": owners.get(rule["department"])}
        for rule in rules
    ]


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    change = get_object_or_404(CHANGE.visible_to(request.user), pk=pk)
    context = {
        "change": change,
        "steps": _told(change.steps),
        "scope": scopes.of(change),
        "pool": Pool(change.figures.get("pool", Pool.ALL)).label,
    }
    return render(request, "thresholds/change_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Approve or reject what somebody else proposed."""
    change = get_allowed(request.user, "thresholds.decide_change", CHANGE, pk=pk)
    form = DecisionForm(posted(request))
    if attempt(form, lambda: _decide(change, by=request.user, **form.cleaned_data)):
        return done(request, change, _("The decision is kept."))
    context = {"change": change, "scope": scopes.of(change)}
    return form_page(request, "thresholds/change_decide.html", form, **context)


def _decide(change: RuleChange, *, by: User, act: str, reason: str) -> RuleChange:
    decide_so = {"approve": changes.approve, "reject": changes.reject}[act]
    return decide_so(change, by=by, reason=reason)
