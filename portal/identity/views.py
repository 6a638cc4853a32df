"""Pages on which people prove who they are, and the operator keeps the register."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.access import SignedInRequest, require
from portal.identity import providers
from portal.identity.domain import codes, levels, register, verifications
from portal.identity.forms import CodeForm, FactsForm, RegisterForm, RevokeForm
from portal.identity.models import RegisterEntry, RegisterLoad, Verification
from portal.identity.rules import in_force, level_of
from portal.refusals import Refused

MOST = 50
NEXT = "identity_next"


@login_required
@require_GET
@never_cache
def overview(request: SignedInRequest) -> HttpResponse:
    """Who the portal takes the person for, what that opens, the ways further and the history."""
    _remember_next(request)
    history = Verification.objects.visible_to(request.user)[:MOST]
    context = {
        "level": level_of(request.user),
        "now": in_force(request.user),
        "table": levels.table(request.user),
        "ways": providers.offered(),
        "history": [(row, providers.NAMES.get(row.provider, row.provider)) for row in history],
    }
    return render(request, "identity/overview.html", context)


def _remember_next(request: SignedInRequest) -> None:
    """Keep where the person came from, to lead back there once they are verified."""
    url = request.GET.get("next", "")
    if url and url_has_allowed_host_and_scheme(url, {request.get_host()}):
        request.session[NEXT] = url


def _verified(request: SignedInRequest) -> HttpResponse:
    messages.success(request, _("You are a verified resident now."))
    return redirect(request.session.pop(NEXT, "identity:overview"))


def _asked(request: SignedInRequest, form: Any, **words: str) -> HttpResponse:
    return render(request, "identity/ask.html", {"form": form, **words})


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def by_register(request: SignedInRequest) -> HttpResponse:
    form = FactsForm(request.POST or None)
    if form.is_valid():
        try:
            verifications.verify_by_register(request.user, by=request.user, facts=form.facts)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _verified(request)
    return _asked(
        request,
        form,
        title=_("Verify by the city's register"),
        lead=_("What you type is compared with the register and not kept."),
        submit=_("Compare with the register"),
    )


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def by_code(request: SignedInRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            codes.redeem(request.user, by=request.user, typed=form.cleaned_data["code"])
        except Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            return _verified(request)
    return _asked(
        request,
        form,
        title=_("Verify by a code"),
        lead=_("The code stands on the slip from the counter or in the letter from the city."),
        submit=_("Use this code"),
    )


@login_required
@require_GET
def external(request: SignedInRequest) -> HttpResponse:
    """Say what the identity service will tell, and lead there."""
    if not settings.IDENTITY_OIDC_ISSUER:
        raise Http404
    name = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["name"]
    return render(request, "identity/external.html", {"service": name})


@login_required
@require_http_methods(["GET", "POST"])
def load_register(request: SignedInRequest) -> HttpResponse:
    """Read a file with the register; say how many lines were taken and which were not."""
    require(request.user, "identity.load_register")
    form = RegisterForm(request.POST or None, request.FILES or None)
    reading = None
    if form.is_valid():
        reading = _read(request, form)
    context = {
        "form": form if reading is None else RegisterForm(),
        "reading": reading,
        "known": RegisterEntry.objects.count(),
        "loads": RegisterLoad.objects.select_related("by")[:MOST],
    }
    return render(request, "identity/register_load.html", context)


def _read(request: SignedInRequest, form: RegisterForm) -> register.Reading | None:
    content = form.cleaned_data["file"].read()
    try:
        return register.load(content, by=request.user, replaces=form.cleaned_data["replaces"])
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return None


@login_required
@require_http_methods(["GET", "POST"])
def revoke(request: SignedInRequest) -> HttpResponse:
    """End somebody's verification, with a reason that they read."""
    require(request.user, "identity.revoke")
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        found = Verification.objects.filter(user=form.cleaned_data["account"], ended_at=None)
        if not found.exists():
            form.add_error("account", _("This account is not verified."))
        else:
            verification = found.get()
            require(request.user, "identity.revoke_verification", verification)
            verifications.revoke(verification, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("The verification has ended."))
            return redirect("identity:revoke")
    return _asked(
        request,
        form,
        title=_("End a verification"),
        lead=_("Supports that were given stay. The person can verify again."),
        submit=_("End the verification"),
    )
