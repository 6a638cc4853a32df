"""Pages about panels drawn by lot."""

import csv
from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal import errors
from portal.access import SignedInRequest, get_allowed, require
from portal.asking import attempt, done, form_page, posted
from portal.thresholds.domain import invitations, panels, sortition
from portal.thresholds.forms import AnnounceForm, DrawForm, MarkForm
from portal.thresholds.models import Candidate, Panel, PanelConsent

SHOWN = 24
PROGRAM = Path(sortition.__file__)


@require_GET
def list_panels(request: HttpRequest) -> HttpResponse:
    """All panels, how they work, and whether one may be drawn for the next."""
    consented = (
        request.user.is_authenticated
        and PanelConsent.objects.filter(person_id=request.user.pk).exists()
    )
    found = Panel.objects.visible_to(request.user)[:SHOWN]
    return render(request, "thresholds/panel_list.html", {"panels": found, "consented": consented})


@login_required
@require_POST
def consent(request: SignedInRequest) -> HttpResponse:
    require(request.user, "thresholds.consent_to_panels")
    if request.POST.get("consent") == "no":
        panels.withdraw_consent(by=request.user)
        return done(request, "thresholds:panels", _("You are no longer drawn for panels."))
    panels.consent(by=request.user)
    return done(request, "thresholds:panels", _("You may be drawn for one of the next panels."))


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One panel: how it was drawn and can be drawn again, how many took part, what was lifted."""
    panel = get_object_or_404(Panel.objects.visible_to(request.user), pk=pk)
    counts = dict(panel.candidates.values_list("state").annotate(n=Count("pk")))
    seat = None
    if request.user.is_authenticated:
        seat = invitations.member_of(panel, request.user)
    context = {
        "panel": panel,
        "pool": sum(counts.values()),
        "seats": [(label, counts.get(state, 0)) for state, label in Candidate.State.choices],
        "items": panel.items.select_related("proposal", "duty__step").annotate(n=Count("marks")),
        "seat": seat,
    }
    return render(request, "thresholds/panel_detail.html", context)


@require_GET
def pool(request: HttpRequest, pk: int) -> HttpResponse:
    """The candidates by code and stratum, for whoever draws again."""
    panel = get_object_or_404(Panel.objects.visible_to(request.user), pk=pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="panel-{panel}.csv"'
    rows = csv.writer(response)
    rows.writerow(["code", "stratum", "state"])
    rows.writerows(panel.candidates.values_list("code", "stratum", "state"))
    return response


@require_GET
def program(_request: HttpRequest) -> HttpResponse:
    """The program that checks a draw: it needs Python and nothing else."""
    response = HttpResponse(PROGRAM.read_bytes(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{PROGRAM.name}"'
    return response


@login_required
@require_http_methods(["GET", "POST"])
def announce(request: SignedInRequest) -> HttpResponse:
    require(request.user, "thresholds.announce_panel")
    usual = {"month": timezone.localdate(), "source": AnnounceForm.USUAL_SOURCE}
    form = AnnounceForm(posted(request), initial=usual)
    if panel := attempt(form, lambda: panels.announce(by=request.user, **form.cleaned_data)):
        return done(request, panel, _("The panel is announced with its commitment."))
    return form_page(request, "thresholds/panel_announce.html", form)


@login_required
@require_http_methods(["GET", "POST"])
def draw(request: SignedInRequest, pk: int) -> HttpResponse:
    panel = get_allowed(request.user, "thresholds.draw_panel", Panel.objects, pk=pk)
    form = DrawForm(posted(request))
    if attempt(form, lambda: panels.draw(panel, by=request.user, **form.cleaned_data)):
        return done(request, panel, _("The panel is drawn and invited."))
    return form_page(request, "thresholds/panel_draw.html", form, panel=panel)


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept or decline a seat with one click; the signed link is enough."""
    try:
        candidate = invitations.of_token(token)
    except (BadSignature, Candidate.DoesNotExist):
        return errors.broken_link(request)
    if request.method == "POST":
        invitations.answer(candidate, accepts=request.POST.get("answer") == "yes")
        return done(request, candidate.panel, _("Thank you for your answer."))
    context = {"candidate": candidate, "is_open": invitations.is_open(candidate)}
    response = render(request, "thresholds/panel_invitation.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def mark(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a member mark the proposals that should be lifted."""
    found = Panel.objects.prefetch_related("items__proposal")
    panel = get_allowed(request.user, "thresholds.mark_items", found, pk=pk)
    form = MarkForm(posted(request), panel=panel, by=request.user)
    if attempt(form, lambda: invitations.mark(panel, by=request.user, **form.cleaned_data)):
        said = _("Your marks are kept. You may change them until the end.")
        return done(request, panel, said)
    return form_page(request, "thresholds/panel_mark.html", form, panel=panel)
