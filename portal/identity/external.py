"""Where another authority's word (OpenID Connect, through django-allauth) meets verification.

The other side only says who somebody is who has signed in here already. Nobody signs in or signs
up with it, and nothing that it tells is kept but the keyed hash.
"""

from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.identity.domain import verifications
from portal.refusals import Refused


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Turns what the identity service tells into a verification, and stops there."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> NoReturn:
        """Verify the person who is signed in by the claims, and lead back to their page."""
        user: Any = request.user
        if not user.is_authenticated:
            messages.error(request, _("Sign in first, then verify who you are."))
            raise ImmediateHttpResponse(redirect("account_login"))
        told = sociallogin.account.extra_data
        try:
            verifications.verify_by_claims(user, by=user, claims=told.get("userinfo") or told)
        except Refused as refusal:
            messages.error(request, str(refusal))
            raise ImmediateHttpResponse(redirect("identity:overview")) from refusal
        messages.success(request, _("You are a verified resident now."))
        raise ImmediateHttpResponse(redirect("identity:overview"))

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> NoReturn:
        messages.error(
            request, _("The identity service did not tell who you are. Nothing has changed.")
        )
        raise ImmediateHttpResponse(redirect("identity:overview"))
