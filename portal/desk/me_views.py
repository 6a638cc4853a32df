"""A person's own page: what they take part in, how they are shown, who signed in."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.access import SignedInRequest
from portal.accounts.forms import ClosingForm, ProfileForm
from portal.asking import form_page, posted
from portal.desk.domain import closing

MOST = 20


@login_required
@require_GET
def me(request: SignedInRequest) -> HttpResponse:
    person = request.user
    context = {
        "proposals": person.proposals.select_related("stat").order_by("-created_at")[:MOST],
        "supported": person.supports.select_related("proposal__stat").order_by("-created_at")[
            :MOST
        ],
        "notes": person.notes.all()[:5],
        "appointments": person.current_appointments,
    }
    return render(request, "accounts/me.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    is_verified = request.user.verifications.in_force().exists()
    form = ProfileForm(posted(request), instance=request.user, name_is_verified=is_verified)
    if form.is_valid():
        form.save()
        messages.success(request, _("Your details are kept."))
        return redirect("accounts:me")
    return form_page(request, "accounts/profile.html", form, is_verified=is_verified)


@login_required
@require_GET
def sign_ins(request: SignedInRequest) -> HttpResponse:
    return render(request, "accounts/sign_ins.html", {"sign_ins": request.user.sign_ins.all()[:50]})


@login_required
@reauthentication_required
@require_http_methods(["GET", "POST"])
def close(request: SignedInRequest) -> HttpResponse:
    """Ask once more, then close the account and sign out."""
    form = ClosingForm(posted(request))
    if form.is_valid():
        closing.close(request.user)
        logout(request)
        messages.success(request, _("Your account is closed. Thank you for taking part."))
        return redirect("home:front")
    return form_page(request, "accounts/close.html", form)
