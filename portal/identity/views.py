"""Pages on which people prove who they are, and the operator keeps the register."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.access import SignedInRequest, require
from portal.asking import Ask, ask, attempt, done, form_page, posted
from portal.identity import providers
from portal.identity.domain import codes, levels, register, verifications
from portal.identity.forms import CodeForm, FactsForm, RegisterForm, RevokeForm
from portal.identity.models import RegisterEntry, RegisterLoad, Verification
from portal.identity.rules import in_force, level_of

MOST = 50
NEXT = "identity_next"
BY_REGISTER = Ask(
    _lazy("Verify by the city's register"),
    _lazy("What you type is compared with the register and not kept."),
    _lazy("Compare with the register"),
)
BY_CODE = Ask(
    _lazy("Verify by a code"),
    _lazy("The code stands on the slip from the counter or in the letter from the city."),
    _lazy("Use this code"),
)
REVOKE = Ask(
    _lazy("End a verification"),
    _lazy("Supports that were given stay. The person can verify again."),
    _lazy("End the verification"),
)


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
    to = request.session.pop(NEXT, "identity:overview")
    return done(request, to, _("You are a verified resident now."))


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def by_register(request: SignedInRequest) -> HttpResponse:
    form = FactsForm(posted(request))
    user = request.user
    if attempt(form, lambda: verifications.verify_by_register(user, by=user, facts=form.facts)):
        return _verified(request)
    return ask(request, None, BY_REGISTER, form)


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def by_code(request: SignedInRequest) -> HttpResponse:
    form = CodeForm(posted(request))
    user = request.user
    if attempt(
        form, lambda: codes.redeem(user, by=user, typed=form.cleaned_data["code"]), field="code"
    ):
        return _verified(request)
    return ask(request, None, BY_CODE, form)


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
    form = RegisterForm(posted(request), request.FILES or None)
    reading = attempt(form, lambda: _read(request, form), field="file")
    context = {
        "reading": reading,
        "known": RegisterEntry.objects.count(),
        "loads": RegisterLoad.objects.select_related("by")[:MOST],
    }
    shown = RegisterForm() if reading else form
    return form_page(request, "identity/register_load.html", shown, **context)


def _read(request: SignedInRequest, form: RegisterForm) -> register.Reading:
    content = form.cleaned_data["file"].read()
    return register.load(content, by=request.user, replaces=form.cleaned_data["replaces"])


@login_required
@require_http_methods(["GET", "POST"])
def revoke(request: SignedInRequest) -> HttpResponse:
    """End somebody's verification, with a reason that they read."""
    require(request.user, "identity.revoke")
    form = RevokeForm(posted(request))
    if attempt(form, lambda: _revoke(request, form)):
        return done(request, "identity:revoke", _("The verification has ended."))
    return ask(request, None, REVOKE, form)


def _revoke(request: SignedInRequest, form: RevokeForm) -> Verification:
    verification, reason = form.verification, form.cleaned_data["reason"]
    require(request.user, "identity.revoke_verification", verification)
    return verifications.revoke(verification, by=request.user, reason=reason)
