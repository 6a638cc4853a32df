"""What wraps every request: its id, the answer to a refusal, and to who knows it already."""

import re
import uuid
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware

from portal import errors
from portal.logs import request_id
from portal.refusals import Refused, TooOften

KNOWN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestContextMiddleware:
    """Give each request an id: the proxy's, if it sent a sound one, else a new one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        name = given if KNOWN_ID.fullmatch(given) else uuid.uuid4().hex[:16]
        token = request_id.set(name)
        request.META["portal.request_id"] = name
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = name
        return response


class RefusalMiddleware:
    """Answer what is refused, unseen, too large or not taken with a page that says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return errors.not_taken(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return errors.refused(request, str(exception))
        if isinstance(exception, TooOften):
            return errors.too_many_requests(
                request, reason=str(exception), seconds=exception.seconds
            )
        if isinstance(exception, Http404):
            return errors.not_found(request, exception)
        if isinstance(exception, errors.TOO_LARGE):
            return errors.too_large(request)
        return None


class ConditionalApiMiddleware(ConditionalGetMiddleware):
    """Answer a program that has the answer already with 304 and nothing more.

    Pages hold a token for each visitor, so their tags would never be the same twice.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not request.path_info.startswith("/api/"):
            return response
        return super().process_response(request, response)
