"""Staff of the city need a second factor."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

OPEN_TO_ALL = ("/accounts/", "/static/", "/healthz", "/readyz", "/i18n/", "/preferences/")


class StaffSecondFactorMiddleware:
    """Send staff without a second factor to the page where they set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_NEEDS_SECOND_FACTOR and self.lacks_one(request):
            messages.warning(request, _("Your office needs a second factor. Please set one up."))
            return redirect("mfa_index")
        return self.get_response(request)

    def lacks_one(self, request: HttpRequest) -> bool:
        if request.path.startswith(OPEN_TO_ALL) or not request.user.is_authenticated:
            return False
        return (request.user.works_for_city or request.user.is_staff) and not is_mfa_enabled(
            request.user
        )
