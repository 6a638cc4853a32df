"""The history of sign-ins: written for its holder, and kept for the period of its kind."""

from django.http import HttpRequest

from portal.accounts.models import SignIn, User
from portal.accounts.networks import network_of


def remember(user: User, request: HttpRequest, *, address: str, succeeded: bool) -> SignIn:
    """Write one line of the person's history; ``address`` is kept without its last part."""
    return SignIn.objects.create(
        user=user,
        succeeded=succeeded,
        network=network_of(address),
        browser=request.headers.get("User-Agent", "").replace("\0", "")[:120],
    )
