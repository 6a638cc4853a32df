"""Pages on which a department keeps its words for common answers, and uses them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.access import SignedInRequest, get_allowed, require
from portal.asking import attempt, done, form_page, posted
from portal.delivery.domain import wordings
from portal.delivery.forms.desk import UseForm, WordingForm
from portal.delivery.models import Wording
from portal.proposals.models import Proposal

TOOLS = "delivery.see_desk_tools"
MOST = 200
PROPOSALS = Proposal.objects.select_related("department", "author")


@login_required
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    require(request.user, TOOLS)
    found = Wording.objects.visible_to(request.user).select_related("department", "changed_by")
    return render(request, "delivery/wording_list.html", {"wordings": found[:MOST]})


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    require(request.user, TOOLS)
    form = WordingForm(posted(request), person=request.user)
    return _keep(request, None, form)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_allowed(request.user, "delivery.keep_wording", Wording.objects, pk=pk)
    form = WordingForm(posted(request), instance=found, person=request.user)
    return _keep(request, found, form)


def _keep(request: SignedInRequest, wording: Wording | None, form: Any) -> HttpResponse:
    if attempt(form, lambda: wordings.keep(wording, by=request.user, **form.cleaned_data)):
        return done(request, "delivery:wordings", _("The template is kept."))
    return form_page(request, "delivery/wording_keep.html", form, wording=wording)


@login_required
@require_POST
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_allowed(request.user, "delivery.keep_wording", Wording.objects, pk=pk)
    wordings.remove(found, by=request.user)
    return done(request, "delivery:wordings", _("The template is gone."))


@login_required
@require_http_methods(["GET", "POST"])
def use(request: SignedInRequest, proposal: int) -> HttpResponse:
    """Choose the words with which the answer to a proposal begins."""
    found = get_allowed(request.user, "proposals.draft_answer", PROPOSALS, pk=proposal)
    form = UseForm(posted(request), department=found.department)
    if attempt(form, lambda: wordings.use(form.cleaned_data["wording"], found, by=request.user)):
        said = _("The words stand in the draft. Fit them to this proposal.")
        return done(request, "proposals:answer", said, pk=found.pk)
    offered = wordings.for_department(found.department)[:MOST]
    context = {
        "proposal": found,
        "filled": [(w.title, wordings.fill(w.text, found, by=request.user)) for w in offered],
    }
    return form_page(request, "delivery/wording_use.html", form, **context)
