"""Reading, where a city asks for a level of identity even for that."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode

from portal.identity.domain import levels
from portal.identity.models import Action

# Where one signs in, proves who one is, or asks whether the portal is up; and the plain rights.
ALWAYS_OPEN = (
    "/accounts/",
    "/me/",
    "/i18n/",
    "/static/",
    "/healthz",
    "/readyz",
    "/about/",
    "/preferences/",
    "/privacy/",
    "/terms/",
    "/accessibility/",
    "/help/",
    "/receipts/",
)


class ReadingLevelMiddleware:
    """Lead whoever may not read yet to where they can; without such a setting it is not there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if settings.IDENTITY_LEVELS[Action.READ] == "none":
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(ALWAYS_OPEN) or levels.has_reached(request.user, Action.READ):
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": levels.way_to(Action.READ)}, status=403)
        if request.user.is_authenticated:
            return redirect("identity:overview")
        asked = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{resolve_url('account_login')}?{asked}")
