"""What wraps people's requests: the second factor of staff, the list of sessions, the way back."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

OPEN_TO_ALL = (
    "/accounts/",
    "/static/",
    "/healthz",
    "/readyz",
    "/i18n/",
    "/preferences/",
    "/me/notes/unsubscribe/",
)
SEEN_EVERY_SECONDS = 300
# Where a member of staff was going when asked for a second factor; the pages of factors read it.
WANTED_PAGE = "wanted_page"


class StaffSecondFactorMiddleware:
    """Send staff without a second factor to the page where they set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.STAFF_NEEDS_SECOND_FACTOR or not self.lacks_one(request):
            return self.get_response(request)
        sentence = _("Your office needs a second factor. Please set one up.")
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": sentence}, status=403)
        if request.method == "GET":
            request.session[WANTED_PAGE] = request.get_full_path()
        messages.warning(request, sentence)
        return redirect("mfa_index")

    def lacks_one(self, request: HttpRequest) -> bool:
        if request.path.startswith(OPEN_TO_ALL) or not request.user.is_authenticated:
            return False
        return (request.user.works_for_city or request.user.is_staff) and not is_mfa_enabled(
            request.user
        )


class SessionsSeenMiddleware:
    """Keep the person's list of sessions, written once in a while and not at every page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.session.session_key
        if (
            key
            and cache.add(f"seen:{key}", 1, SEEN_EVERY_SECONDS)
            and request.user.is_authenticated
        ):
            UserSession.objects.create_from_request(request)
        return self.get_response(request)


class BackToTheButtonMiddleware:
    """Lead who pressed a button signed out back to its page, whose address can be opened."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and self.leads_to_sign_in(response) and self.page(request):
            response["Location"] = redirect_to_login(self.page(request))["Location"]
        return response

    def leads_to_sign_in(self, response: HttpResponse) -> bool:
        return response.headers.get("Location", "").startswith(
            f"{resolve_url(settings.LOGIN_URL)}?"
        )

    def page(self, request: HttpRequest) -> str:
        """The address in the portal from which the form was sent, or nothing."""
        came_from = request.headers.get("Referer", "")
        if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
            return ""
        return came_from.partition(request.get_host())[2]
