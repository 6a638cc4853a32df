"""Where sign-in (django-allauth) meets this portal's people."""

from ipaddress import ip_address
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from portal.accounts.models import PersonKey, SignIn, User


def network_of(address: str) -> str:
    """The network part of an address: the last byte of IPv4, the last 80 bits of IPv6 are cut."""
    try:
        ip = ip_address(address)
    except ValueError:
        return ""
    kept = ip.packed[:3] + b"\0" if ip.version == 4 else ip.packed[:6] + b"\0" * 10  # noqa: PLR2004
    return str(ip_address(kept))


def remember(request: HttpRequest, user: User, *, succeeded: bool) -> None:
    """Write one line of the person's sign-in history."""
    SignIn.objects.create(
        user=user,
        succeeded=succeeded,
        network=network_of(request.META.get("REMOTE_ADDR", "")),
        browser=request.META.get("HTTP_USER_AGENT", "")[:120],
    )


class AccountAdapter(DefaultAccountAdapter):
    """E-mail sign-in with a history that the person can see."""

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """There are no user names."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002  allauth's signature
        user = super().save_user(request, user, form, commit=commit)
        if commit:
            PersonKey.objects.get_or_create(user=user)
        return user

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> Any:
        remember(request, user, succeeded=True)
        return super().post_login(request, user, **kwargs)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        tried = User.objects.filter(email__iexact=credentials.get("email") or "").first()
        if tried:
            remember(request, tried, succeeded=False)
