"""Requests about one's own data: made by people, answered by operators."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.access import SignedInRequest, get_allowed, require
from portal.asking import attempt, done, form_page, posted
from portal.paging import page_of
from portal.rights.domain import requests
from portal.rights.forms import AnswerForm, AskForm, SureForm
from portal.rights.models import DataRequest

ORDER = ["received_on", "id"]


@login_required
@never_cache
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    own = DataRequest.objects.filter(person=request.user)
    page = page_of(own, ORDER, after=request.GET.get("after", ""))
    return render(request, "rights/request_list.html", {"page": page})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: SignedInRequest) -> HttpResponse:
    require(request.user, "rights.ask_datarequest")
    wanted = {name: request.GET.get(name, "") for name in ("kind", "about")}
    form = AskForm(posted(request), initial=wanted)
    if received := attempt(form, lambda: requests.receive(request.user, asked=form.cleaned_data)):
        return done(request, received, _("Your request has been received."))
    return form_page(request, "rights/request_ask.html", form)


@login_required
@never_cache
@require_GET
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    return render(request, "rights/request_detail.html", {"found": found})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_allowed(request.user, "rights.withdraw_datarequest", DataRequest.objects, pk=pk)
    form = SureForm(posted(request))
    if attempt(form, lambda: requests.withdraw(found, by=request.user)):
        return done(request, found, _("You have taken the request back."))
    return form_page(request, "rights/request_withdraw.html", form, found=found)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_allowed(
        request.user,
        "rights.answer_datarequest",
        DataRequest.objects.select_related("person"),
        pk=pk,
    )
    requests.note_read(found, by=request.user)
    form = AnswerForm(posted(request))
    if attempt(form, lambda: requests.answer(found, by=request.user, **form.cleaned_data)):
        return done(request, "rights:waiting", _("The answer is given."))
    return form_page(request, "rights/request_answer.html", form, found=found)


@login_required
@never_cache
@require_GET
def waiting(request: SignedInRequest) -> HttpResponse:
    """List what waits for an answer, soonest due first, without names."""
    require(request.user, "rights.see_waiting")
    found = DataRequest.objects.visible_to(request.user).open().soonest_due()[:200]
    return render(request, "rights/request_waiting.html", {"found": found})


def _seen(request: SignedInRequest, pk: int) -> DataRequest:
    """Fetch a request; an operator's look at somebody else's is remembered."""
    found: DataRequest = get_allowed(
        request.user,
        "rights.see_datarequest",
        DataRequest.objects.select_related("person", "answered_by"),
        pk=pk,
    )
    requests.note_read(found, by=request.user)
    return found
