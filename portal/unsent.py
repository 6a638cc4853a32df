"""What was typed into a form that came too late, given back with a button that sends it again.

Whoever writes for a long time may be signed out meanwhile, or hold a form whose token is over.
Nothing is kept on the server: the page that says so carries the fields. It is shown only to
browsers that name a page of ours as the sender, so no other site can lay words into it.
"""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import resolve
from django.utils.cache import add_never_cache_headers

from portal import errors

TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of a field
# Passwords and codes are typed there; they are never written back.
NEVER_FROM = ("/accounts/", "/admin/")
# Several words, or one as long as this, are shown to be read; the rest goes along unseen.
LONG = 20
NUMBER = re.compile(r"(?<=/)[0-9]+/")


class UnsentMiddleware:
    """Where a form with words was sent signed out, give the words back instead of leading away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or not _leads_to_sign_in(response):
            return response
        return give_back(request, sign_in=response["Location"]) or response


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Give back what was typed; where there is nothing to give back, say what went wrong."""
    return give_back(request) or errors.csrf_failed(request, reason)


def give_back(request: HttpRequest, *, sign_in: str = "") -> HttpResponse | None:
    """Show what was sent and a button that sends it again, first leading to ``sign_in``.

    Returns ``None`` where nothing readable was typed, or the form does not come from here.
    """
    if not texts(request):
        return None
    context = {"fields": _fields(request), "files": _files(request), "sign_in": sign_in}
    response = render(request, "unsent.html", context, status=403)
    add_never_cache_headers(response)
    return response


def texts(request: HttpRequest) -> list[str]:
    """The words in a form that was sent from here, for any page that says it was not taken."""
    if not _came_from_here(request):
        return []
    values = (value.strip() for _name, value in _fields(request))
    return [value for value in values if " " in value or len(value) >= LONG]


def page_of_thing(request: HttpRequest) -> str:
    """The page of what a form sent from here was about, to be looked at again; else nothing.

    The page of the step itself may be closed by now, so the address is cut behind the number of
    the thing: of ``/labs/1/gate/`` there remains ``/labs/1/``.
    """
    if not _came_from_here(request):
        return ""
    cuts = [found.end() for found in NUMBER.finditer(request.path)]
    return next((path for cut in reversed(cuts) if _is_page(path := request.path[:cut])), "")


def _is_page(path: str) -> bool:
    return resolve(path).func is not errors.anything_else


def _came_from_here(request: HttpRequest) -> bool:
    """Whether a browser says that the form stood on a page of this site, and shows the answer."""
    if request.method != "POST":
        return False
    try:
        own = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return False
    return (
        request.headers.get("Origin") == own
        and "text/html" in request.headers.get("Accept", "")
        and not request.path.startswith(NEVER_FROM)
    )


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, name by name; nothing where it was too much to be read."""
    try:
        sent = request.POST
    except errors.TOO_LARGE:
        return []
    return [
        (name, value) for name in sent if name != TOKEN for value in map(str, sent.getlist(name))
    ]


def _leads_to_sign_in(response: HttpResponse) -> bool:
    where = response.headers.get("Location", "").partition("?")[0]
    return where == resolve_url(settings.LOGIN_URL)


def _files(request: HttpRequest) -> list[dict[str, Any]]:
    """The fields of files, with the names of what was chosen: a browser must choose it again."""
    return [
        {"name": name, "chosen": ", ".join(str(file.name) for file in files)}
        for name, files in request.FILES.lists()
    ]
