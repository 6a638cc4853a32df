"""Pages that say what went wrong and what to do next."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from rest_framework.response import Response
from rest_framework.views import exception_handler

from portal.logs import request_id
from portal.refusals import Refused

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def page(request: HttpRequest, status: int, reason: str = "") -> HttpResponse:
    """Render ``<status>.html``; a program that asked for JSON gets JSON."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": reason or HTTPStatus(status).phrase}, status=status)
    context = {"reason": reason, "request_id": request_id.get()}
    return render(request, f"{status}.html", context, status=status)


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    return page(request, 409, reason)


def too_large(request: HttpRequest) -> HttpResponse:
    return page(request, 413)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what cannot be read; what was too much to read has a page of its own."""
    return page(request, 413 if isinstance(exception, TOO_LARGE) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 403, str(exception or ""))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 404)


def anything_else(request: HttpRequest, path: str) -> HttpResponse:
    """Answer an address that leads nowhere, in development too."""
    return not_found(request)


def server_error(request: HttpRequest) -> HttpResponse:
    return page(request, 500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(
        request, 403, _("This form has been open for too long. Go back, reload and send it again.")
    )


def too_many_requests(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return page(request, 429)


def answer_exception(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Answer programs: a refusal is 409, the rest is the framework's."""
    if isinstance(exc, Refused):
        return Response({"detail": str(exc)}, status=409)
    return exception_handler(exc, context)
