"""Pages about steps and duties."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.access import SignedInRequest, get_allowed
from portal.asking import attempt, done, form_page, posted
from portal.thresholds import scopes
from portal.thresholds.domain import duties, steps
from portal.thresholds.forms import DutyForm, ScopeForm
from portal.thresholds.models import Duty, RuleChange

SHOWN = 50
CHANGES = 10
DUTY = Duty.objects.select_related("proposal", "step", "department")


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The steps that hold today, and what the city owes because of them."""
    found = DUTY.visible_to(request.user).titled_for(request.user)
    changes = list(RuleChange.objects.visible_to(request.user)[:CHANGES])
    context = {
        "held": steps.held_today(),
        "changes": list(zip(scopes.of_each(changes), changes, strict=True)),
        "open": found.open()[:SHOWN],
        "open_total": found.open().count(),
        "done": found.exclude(done_at=None).order_by("-done_at")[:SHOWN],
    }
    if request.user.has_perm("thresholds.simulate"):
        context["chooser"] = ScopeForm(scopes=scopes.offered_to(request.user))
    return render(request, "thresholds/step_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def fulfil(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what was done to meet a duty."""
    found = DUTY.titled_for(request.user)
    duty = get_allowed(request.user, "thresholds.fulfil_duty", found, pk=pk)
    form = DutyForm(posted(request))
    if attempt(form, lambda: duties.fulfil(duty, by=request.user, **form.cleaned_data)):
        return done(request, duty.proposal, _("The duty is done, and everyone can read how."))
    return form_page(request, "thresholds/duty_fulfil.html", form, duty=duty)
