"""The ways to become a verified resident, as a person chooses among them.

A way is a page and a question whether this city has it. Others are added by registering them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.identity.models import RegisterEntry
from portal.registry import Shelf


@dataclass(frozen=True)
class Provider:
    """A way to be verified: what it is called, what one needs, and where it begins."""

    key: str
    title: Any
    text: Any
    button: Any
    url_name: str
    is_offered: Callable[[], bool] = lambda: True
    order: int = 100


shelf: Shelf[Any] = Shelf()
shelf.add(
    Provider(
        "register",
        _("By the city's register"),
        _("Type your name, birth date and district. They are compared and not kept."),
        _("Type my details"),
        "identity:register",
        is_offered=RegisterEntry.objects.exists,
        order=10,
    ),
    Provider(
        "code",
        _("By a code"),
        _(
            "A clerk at the counter gives you a code when you show your identity card, or sends it "
            "to your address by post."
        ),
        _("Enter my code"),
        "identity:code",
        order=20,
    ),
    Provider(
        "external",
        _("By another authority"),
        _("Sign in with the identity service that the city works with."),
        _("Go to the identity service"),
        "identity:external",
        is_offered=lambda: bool(settings.IDENTITY_OIDC_ISSUER),
        order=30,
    ),
)
NAMES = {
    "register": _("the city's register"),
    "code": _("a code from the counter or by post"),
    "counter": _("a clerk at the counter"),
    "paper": _("a signature on paper"),
    "external": _("another authority"),
    "demo": _("the demo city"),
}


def offered() -> list[Provider]:
    """The ways that this city has, in their order."""
    return [provider for provider in shelf if provider.is_offered()]
