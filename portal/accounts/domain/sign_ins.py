"""The history of sign-ins: written for its holder, and kept for the period of its kind."""

from django.http import HttpRequest

from portal.accounts.browsers import known_as
from portal.accounts.models import SignIn, User
from portal.accounts.networks import network_of


def remember(user: User, request: HttpRequest, *, address: str, succeeded: bool) -> SignIn:
    """Write one line of the person's history: no more of address and browser than it takes."""
    return SignIn.objects.create(
        user=user,
        succeeded=succeeded,
        network=network_of(address),
        browser=known_as(request.headers.get("User-Agent", "").replace("\0", ""))[:120],
    )
