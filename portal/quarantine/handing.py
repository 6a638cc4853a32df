"""Handing files out: what has passed to whoever may see it, the rest to its owner at most."""

from typing import Any

from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _

from portal.quarantine.models import HeldFile, HeldState
from portal.refusals import Refused

APART = "application/octet-stream"


def hand_out(
    request: HttpRequest, file: FieldFile, *, name: str, content_type: str
) -> FileResponse:
    """Send ``file`` as a download that is never run in the page.

    The caller has made sure that the person may see what it belongs to. Files that were kept
    before content was checked have no row and are sent. Raises ``Refused`` while a file of
    somebody else is being checked, and for one that is not taken.
    """
    held = HeldFile.objects.filter(path=file.name).first()
    if held and held.state == HeldState.WAITING and held.owner_id == request.user.pk:
        return hand_out_apart(held)
    _refuse_unless_passed(held)
    return _download(file.open("rb"), name, content_type)


def show(file: FieldFile, *, content_type: str) -> FileResponse:
    """Send a picture that stands in a page.

    The caller has made sure that the person may see it. Raises ``Refused`` until it has passed
    its check: a page shows no picture then, to its owner neither.
    """
    _refuse_unless_passed(HeldFile.objects.filter(path=file.name).first())
    return FileResponse(file.open("rb"), content_type=content_type)


def _refuse_unless_passed(held: HeldFile | None) -> None:
    if held is None or held.state == HeldState.PASSED:
        return
    if held.state == HeldState.WAITING:
        raise Refused(_("This file is being checked. Please come back in a minute."))
    raise Refused(
        _("This file is not handed out. {reason}").format(reason=held.get_finding_display())
    )


def hand_out_apart(held: HeldFile) -> FileResponse:
    """Send a file that has not passed, as bytes without a kind."""
    return _download(default_storage.open(held.apart), held.name, APART)


def _download(opened: Any, name: str, content_type: str) -> FileResponse:
    response = FileResponse(opened, as_attachment=True, filename=name)
    response["Content-Type"] = content_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
