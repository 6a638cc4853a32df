"""Keeping a lab's records: evidence, money, events, conflicts, data."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods

from livinglabs.domain import budgets, conflicts, events, evidence
from livinglabs.forms.records import (
    AmountsForm,
    BudgetForm,
    ConflictForm,
    EventForm,
    EvidenceForm,
    ReasonForm,
    SettleForm,
)
from livinglabs.models import Conflict, ConflictState, Evidence, Lab
from portal.access import SignedInRequest, get_allowed
from portal.asking import Ask, ask, attempt, done, posted

ADD_EVIDENCE = Ask(
    _lazy("Add evidence"),
    _lazy("Everyone can read it. It cannot be changed afterwards, only withdrawn with a reason."),
    _lazy("Add the evidence"),
)
WITHDRAW = Ask(
    _lazy("Withdraw evidence"),
    _lazy("It stays readable, marked as withdrawn, and no longer counts for the gate."),
    _lazy("Withdraw the evidence"),
    "danger",
)
ADD_LINE = Ask(
    _lazy("Add a budget line"), _lazy("Amounts are in won and public."), _lazy("Add the line")
)
CHANGE_LINE = Ask(
    _lazy("Correct a budget line"),
    _lazy("The public trail keeps that it was corrected."),
    _lazy("Save the amounts"),
)
ADD_EVENT = Ask(
    _lazy("Enter an event"),
    _lazy("Only the number of people is kept, never their names."),
    _lazy("Enter the event"),
)
ADD_CONFLICT = Ask(
    _lazy("Name a conflict"),
    _lazy("Conflicts that are named can be talked about. Name the matter, not the people."),
    _lazy("Name the conflict"),
)
SETTLE = Ask(
    _lazy("What became of the conflict"),
    _lazy("Everyone can read what was done."),
    _lazy("Save what was done"),
)
SETTLEMENTS = {
    ConflictState.OPEN: conflicts.reopen,
    ConflictState.MEDIATED: conflicts.mediate,
    ConflictState.RESOLVED: conflicts.resolve,
}


def _lab_to_record(request: SignedInRequest, pk: int) -> Lab:
    return get_allowed(request.user, "livinglabs.record_lab", Lab.objects.for_page(), pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def add_evidence(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lay evidence on the table."""
    lab = _lab_to_record(request, pk)
    form = EvidenceForm(posted(request), request.FILES or None)
    if attempt(form, lambda: evidence.add(lab, by=request.user, **form.cleaned_data)):
        return done(request, lab, _("The evidence is added."))
    return ask(request, lab, ADD_EVIDENCE, form)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw_evidence(request: SignedInRequest, pk: int, evidence_pk: int) -> HttpResponse:
    """Take evidence back."""
    lab = _lab_to_record(request, pk)
    row = get_object_or_404(Evidence.objects.select_related("lab"), pk=evidence_pk, lab=lab)
    form = ReasonForm(posted(request))
    if attempt(
        form, lambda: evidence.withdraw(row, by=request.user, reason=form.cleaned_data["reason"])
    ):
        return done(request, lab, _("The evidence is withdrawn."))
    return ask(request, lab, WITHDRAW, form, about=row.title)


@login_required
@require_http_methods(["GET", "POST"])
def add_line(request: SignedInRequest, pk: int) -> HttpResponse:
    """Enter a budget line."""
    lab = _lab_to_record(request, pk)
    form = BudgetForm(posted(request), request.FILES or None)
    if attempt(form, lambda: budgets.plan(lab, by=request.user, **form.cleaned_data)):
        return done(request, lab, _("The budget line is added."))
    return ask(request, lab, ADD_LINE, form)


@login_required
@require_http_methods(["GET", "POST"])
def change_line(request: SignedInRequest, pk: int, line_pk: int) -> HttpResponse:
    """Correct the amounts of a line."""
    lab = _lab_to_record(request, pk)
    line = get_object_or_404(lab.budget_lines, pk=line_pk)
    form = AmountsForm(posted(request), initial={"planned": line.planned, "spent": line.spent})
    if attempt(form, lambda: budgets.revise(line, by=request.user, **form.cleaned_data)):
        return done(request, lab, _("The amounts are saved."))
    return ask(request, lab, CHANGE_LINE, form, about=line.title)


@login_required
@require_http_methods(["GET", "POST"])
def add_event(request: SignedInRequest, pk: int) -> HttpResponse:
    """Enter an event."""
    lab = _lab_to_record(request, pk)
    form = EventForm(posted(request))
    if attempt(form, lambda: events.hold(lab, by=request.user, **form.cleaned_data)):
        return done(request, lab, _("The event is entered."))
    return ask(request, lab, ADD_EVENT, form)


@login_required
@require_http_methods(["GET", "POST"])
def add_conflict(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name a conflict."""
    lab = _lab_to_record(request, pk)
    form = ConflictForm(posted(request))
    if attempt(form, lambda: conflicts.name(lab, by=request.user, **form.cleaned_data)):
        return done(request, lab, _("The conflict is entered."))
    return ask(request, lab, ADD_CONFLICT, form)


@login_required
@require_http_methods(["GET", "POST"])
def settle_conflict(request: SignedInRequest, pk: int, conflict_pk: int) -> HttpResponse:
    """Say what became of a conflict."""
    lab = _lab_to_record(request, pk)
    conflict = get_object_or_404(lab.conflicts.select_related("lab"), pk=conflict_pk)
    form = SettleForm(posted(request), conflict=conflict)
    if attempt(form, lambda: _settle(conflict, request, form)):
        return done(request, lab, _("It is saved what became of the conflict."))
    return ask(request, lab, SETTLE, form, about=conflict.description)


def _settle(conflict: Conflict, request: SignedInRequest, form: SettleForm) -> Conflict:
    act = SETTLEMENTS[ConflictState(form.cleaned_data["state"])]
    return act(conflict, by=request.user, done=form.cleaned_data["done"])
