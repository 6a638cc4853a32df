"""Pages that say what went wrong and what to do next."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from portal.logs import request_id
from portal.refusals import Refused

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
# Limits beside those of the API count by the minute; the few longer ones name their own time.
A_MINUTE = 60
# What a program is told where nobody gave a reason: the headings of the pages.
HEADINGS = {
    400: _lazy("The address or the form could not be read"),
    403: _lazy("You may not open this page"),
    404: _lazy("There is no page at this address"),
    405: _lazy("This address takes no such request"),
    413: _lazy("This is too large"),
    429: _lazy("Too many requests in a short time"),
    500: _lazy("The request could not be completed; the error has been recorded"),
}


def page(request: HttpRequest, status: int, reason: str = "") -> HttpResponse:
    """Render ``<status>.html``; a program that asked for JSON gets JSON."""
    if request.path.startswith("/api/"):
        detail = reason or HEADINGS.get(status) or HTTPStatus(status).phrase
        name = {"request": request_id.get()} if status == HTTPStatus.INTERNAL_SERVER_ERROR else {}
        return JsonResponse({"detail": str(detail)} | name, status=status)
    context = {"reason": reason, "request_id": request_id.get()}
    return render(request, f"{status}.html", context, status=status)


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    return page(request, 409, reason)


def too_large(request: HttpRequest) -> HttpResponse:
    return page(request, 413)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what cannot be read; what was too much to read has a page of its own."""
    if isinstance(exception, TOO_LARGE):
        return page(request, 413)
    return page(request, 400, long_name(exception))


def long_name(error: BaseException | None) -> str:
    """What to do where a file's name is too long for a form to be read; else nothing.

    Django reads at most 1,024 bytes of what stands before a file, and nothing after that.
    """
    if not isinstance(error, MultiPartParserError) or "header size" not in str(error):
        return ""
    return _("The name of a file is too long to be read. Give the file a shorter name.")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 403, str(exception or ""))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 404)


def broken_link(request: HttpRequest) -> HttpResponse:
    """Answer a signed link of a letter that is not whole, or whose matter is gone."""
    context = {"is_letter": True, "request_id": request_id.get()}
    return render(request, "404.html", context, status=404)


def anything_else(request: HttpRequest, path: str) -> HttpResponse:
    """Answer an address that leads nowhere, in development too."""
    return not_found(request)


def server_error(request: HttpRequest) -> HttpResponse:
    return page(request, 500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form has lost its token, which says nothing about what its sender may do."""
    sentence = _("This form has been open for too long. Go back, reload and send it again.")
    if request.path.startswith("/api/"):
        return page(request, 403, sentence)
    context = {"reason": sentence, "request_id": request_id.get()}
    return render(request, "403_csrf.html", context, status=403)


def not_taken(request: HttpRequest, refusal: HttpResponse) -> HttpResponse:
    """Put a page where a view answered a method that it does not take with nothing."""
    answer = page(request, 405)
    answer["Allow"] = refusal["Allow"]
    return answer


def too_many_requests(
    request: HttpRequest, exception: Any = None, *, reason: str = "", seconds: int = A_MINUTE
) -> HttpResponse:
    """Say when to come back: in words on the page, in ``seconds`` in its head."""
    answer = page(request, 429, reason)
    answer["Retry-After"] = str(seconds)
    return answer


def answer_exception(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Answer programs: a refusal is 409, the unseen has no name, the rest is the framework's."""
    if isinstance(exc, Refused):
        return Response({"detail": str(exc)}, status=409)
    if isinstance(exc, Http404):
        exc = NotFound(HEADINGS[404])
    if reason := long_name(exc.__context__):
        exc = ParseError(reason)
    return exception_handler(exc, context)
