"""Pages about files that are not taken, for those who look after the portal."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve
from django.utils.translation import gettext as _
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


@login_required
@require_GET
def origin(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lead to the page of what a refused file was handed in for, if the person may see it."""
    held = get_allowed(request.user, "quarantine.look_after", HeldFile.objects.refused(), pk=pk)
    if not _opens(request, held.url):
        sentence = _("That page is a draft or not public yet. Who wrote it has been told.")
        messages.info(request, sentence)
        return redirect("quarantine:refused")
    return redirect(held.url)


def _opens(request: SignedInRequest, url: str) -> bool:
    """Whether a page of this portal shows itself to the person; only the page itself knows."""
    try:
        page = resolve(url)
        page.func(request, *page.args, **page.kwargs)
    except (Http404, PermissionDenied):
        return False
    return True
