"""The history of sign-ins: written for its holder, erased after a year."""

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from portal.accounts.models import SignIn, User
from portal.accounts.networks import network_of

KEPT = timedelta(days=365)


def remember(user: User, request: HttpRequest, *, address: str, succeeded: bool) -> SignIn:
    """Write one line of the person's history; ``address`` is kept without its last part."""
    return SignIn.objects.create(
        user=user,
        succeeded=succeeded,
        network=network_of(address),
        browser=request.headers.get("User-Agent", "").replace("\0", "")[:120],
    )


def forget_old() -> int:
    """Erase the lines that are older than a year; return how many."""
    return SignIn.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
