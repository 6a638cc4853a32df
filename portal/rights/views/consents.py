"""Consent by purpose, on the person's own page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.access import SignedInRequest
from portal.asking import done, posted
from portal.rights.domain import consents
from portal.rights.forms import ConsentForm
from portal.rights.models import Consent

PAST = 50


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def own(request: SignedInRequest) -> HttpResponse:
    standings = consents.standings(request.user)
    form = ConsentForm(posted(request), standings=standings)
    if form.is_valid():
        changed = consents.decide(request.user, form.chosen())
        return done(
            request,
            "rights:consents",
            _("Your decision is kept.") if changed else _("Nothing changed."),
        )
    past = Consent.objects.visible_to(request.user).select_related("wording")
    context = {
        "by_law": consents.by_law(),
        "offered": [(standing, form[standing.purpose.code]) for standing in standings],
        "past": past.order_by("-given_at", "-pk")[:PAST],
    }
    return render(request, "rights/consents.html", context)
