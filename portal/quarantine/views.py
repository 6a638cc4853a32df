"""Pages about files that are not taken, for those who look after the portal."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from portal.access import SignedInRequest, get_allowed, require
from portal.audit.domain import log
from portal.paging import page_of
from portal.quarantine.handing import hand_out_apart
from portal.quarantine.models import HeldFile


@login_required
@require_safe
def refused(request: SignedInRequest) -> HttpResponse:
    """The files that are not taken, with the reason, and those that still wait."""
    require(request.user, "quarantine.look_after")
    found = HeldFile.objects.refused().visible_to(request.user)
    page = page_of(found, ["checked_at", "id"], after=request.GET.get("after", ""))
    context = {
        "page": page,
        "waiting": HeldFile.objects.waiting().count(),
        "days": settings.REFUSED_FILE_DAYS,
    }
    return render(request, "quarantine/refused.html", context)


@login_required
@require_GET
def download(request: SignedInRequest, pk: int) -> FileResponse:
    """Hand a refused file out to who looks after the portal, and note who looked at it."""
    held = get_allowed(request.user, "quarantine.look_after", HeldFile.objects.refused(), pk=pk)
    log.record_read(held, by=request.user, purpose="refused file")
    return hand_out_apart(held)
