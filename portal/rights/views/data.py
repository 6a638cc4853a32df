"""My data as a download: asked for here, and handed to its owner alone."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal import registry
from portal.access import SignedInRequest, get_allowed
from portal.asking import done
from portal.refusals import Refused
from portal.rights.domain import downloads
from portal.rights.models import Download, Period
from portal.rights.tasks import make_download

SHOWN = 10


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def data(request: SignedInRequest) -> HttpResponse:
    """Show what would be in the file, and let the worker make one."""
    if request.method == "POST":
        download = downloads.ask(request.user)
        make_download.delay_on_commit(download.pk)
        said = _("Your file is being made. You are told when it is ready.")
        return done(request, "rights:data", said)
    return _page(request)


def _page(request: SignedInRequest, status: int = 200) -> HttpResponse:
    own = Download.objects.visible_to(request.user)[:SHOWN]
    context = {
        "downloads": own,
        "is_waiting": any(download.state == Download.S.WAITING for download in own),
        "kinds": [entry.title for entry in registry.own_data],
        "period": Period.objects.filter(code=downloads.KIND).first(),
    }
    return render(request, "rights/download_list.html", context, status=status)


@login_required
@reauthentication_required
@require_GET
def file(request: SignedInRequest, uuid: str) -> Any:
    """Hand the file to its owner, who has just shown the password again; nobody keeps a copy."""
    download = get_allowed(request.user, "rights.fetch_download", Download.objects, uuid=uuid)
    try:
        downloads.fetch(download, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return _page(request, status=409)
    name = f"hamkke-{timezone.localdate(download.ready_at):%Y%m%d}.zip"
    response = FileResponse(download.file.open("rb"), as_attachment=True, filename=name)
    response["Content-Type"] = "application/zip"
    response["Cache-Control"] = "no-store, private"
    return response
