"""The tools of an official's desk: the table of matters, who has how many, and notes."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.access import SignedInRequest, get_allowed, require
from portal.asking import attempt, done, form_page, posted
from portal.delivery.domain import matters, remarks
from portal.delivery.forms.desk import FilterNameForm, GiveForm, MattersForm, RemarkForm
from portal.delivery.models import Remark, SavedFilter
from portal.proposals.models import Proposal

TOOLS = "delivery.see_desk_tools"
LONGEST_QUERY = 500
MOST_FILTERS = 50
KEY = re.compile(r"[0-9]{1,18}")


@login_required
@require_GET
def table(request: SignedInRequest) -> HttpResponse:
    """What the departments of the official owe, to be filtered and given away."""
    require(request.user, TOOLS)
    form = MattersForm(request.GET)
    found = matters.of(request.user, form.wanted)
    context = {
        "form": form,
        "matters": found[: matters.MOST],
        "total": found.count(),
        "most": matters.MOST,
        "give": GiveForm(person=request.user),
        "all": request.GET.get("all") == "yes",
        "saved": SavedFilter.objects.filter(person=request.user)[:MOST_FILTERS],
        "naming": FilterNameForm(),
        "query": _query(request.GET.dict()),
    }
    return render(request, "delivery/matter_list.html", context)


@login_required
@require_POST
def give(request: SignedInRequest) -> HttpResponse:
    """Give the chosen matters to an official, and say of each refused one why."""
    require(request.user, TOOLS)
    form = GiveForm(request.POST, person=request.user)
    chosen = [n for n in request.POST.getlist("matter") if KEY.fullmatch(n)]
    if not chosen or not form.is_valid():
        messages.error(request, _("Choose at least one proposal, and an official."))
        return _back(request)
    seen = Proposal.objects.visible_to(request.user).select_related("department", "author")
    found = seen.filter(pk__in=chosen[: matters.MOST]).order_by("due_on", "pk")
    official = form.cleaned_data["official"]
    given, refused = matters.give(found, by=request.user, official=official)
    if given:
        words = ngettext(
            "{n} proposal is now with {name}.", "{n} proposals are now with {name}.", len(given)
        )
        messages.success(request, words.format(n=len(given), name=official.name))
    for refusal in refused:
        messages.error(request, f"{refusal.proposal.title}: {refusal.why}")
    return _back(request)


@login_required
@require_POST
def save(request: SignedInRequest) -> HttpResponse:
    """Keep the filter that is shown under a name."""
    require(request.user, TOOLS)
    form = FilterNameForm(posted(request))
    if form.is_valid():
        query = _query(MattersForm(_given(request)).data)
        matters.save(by=request.user, name=form.cleaned_data["name"], query=query)
        messages.success(request, _("The filter is kept."))
    else:
        messages.error(request, _("The filter is not kept. Give it a name of at most 60 letters."))
    return _back(request)


@login_required
@require_POST
def forget(request: SignedInRequest, pk: int) -> HttpResponse:
    """Drop one of one's own filters."""
    matters.forget(get_object_or_404(SavedFilter, pk=pk, person=request.user), by=request.user)
    return done(request, "delivery:matters", _("The filter is gone."))


@login_required
@require_GET
def workload(request: SignedInRequest) -> HttpResponse:
    require(request.user, TOOLS)
    loads = matters.workload(request.user)
    return render(request, "delivery/workload.html", {"loads": loads})


@login_required
@require_http_methods(["GET", "POST"])
def notes(request: SignedInRequest, proposal: int) -> HttpResponse:
    """The notes of officials on a proposal, and one more."""
    found = get_allowed(request.user, "delivery.read_remarks", Proposal.objects, pk=proposal)
    form = RemarkForm(posted(request))
    if attempt(form, lambda: _write(found, request, form)):
        return done(request, "delivery:remarks", _("The note is kept."), proposal=found.pk)
    context = {
        "proposal": found,
        "remarks": found.remarks.select_related("author")[: matters.MOST],
    }
    return form_page(request, "delivery/remark_list.html", form, **context)


def _write(found: Proposal, request: SignedInRequest, form: RemarkForm) -> Remark:
    require(request.user, "delivery.write_remark", found)
    return remarks.write(found, by=request.user, text=form.cleaned_data["text"])


@login_required
@require_POST
def remove_note(request: SignedInRequest, proposal: int, pk: int) -> HttpResponse:
    found = get_allowed(request.user, "delivery.write_remark", Proposal.objects, pk=proposal)
    remarks.remove(get_object_or_404(found.remarks, pk=pk), by=request.user)
    return done(request, "delivery:remarks", _("The note is gone."), proposal=found.pk)


def _given(request: SignedInRequest) -> dict[str, str]:
    """The filter that stood above the list, as the form on the page sends it along."""
    return {name: request.POST.get(f"filter-{name}", "") for name in MattersForm.base_fields}


def _query(given: Mapping[str, Any]) -> str:
    known = {name: given[name] for name in MattersForm.base_fields if given.get(name)}
    return urlencode(known)[:LONGEST_QUERY]


def _back(request: SignedInRequest) -> HttpResponse:
    query = _query(_given(request))
    return redirect(reverse("delivery:matters") + (f"?{query}" if query else ""))
