"""What every page shows around its content: the city, the menus, the visitor's display."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.accounts.rules import is_clerk, is_staff_member
from portal.home.display import COOKIE, Display
from portal.notifications.models import Note
from portal.registry import desk_queues


@dataclass(frozen=True)
class City:
    """The city whose portal this is, in the language of the page."""

    name: str
    address: str
    phone: str
    email: str
    is_official: bool
    is_demo: bool


@dataclass(frozen=True)
class MenuItem:
    """A door in a menu; ``path`` is where the visitor stands."""

    title: Any
    url: str
    path: str

    @property
    def is_current(self) -> bool:
        return self.path.startswith(self.url)

    @property
    def is_page(self) -> bool:
        return self.path == self.url


MENU = [
    (_("Proposals"), "/proposals/"),
    (pgettext_lazy("menu", "Calls"), "/calls/"),
    (pgettext_lazy("menu", "Problems"), "/problems/"),
    (_("Councils"), "/councils/"),
    (_("Living labs"), "/labs/"),
    (_("Data"), "/data/"),
    (_("Evaluation"), "/evaluation/"),
    (_("Reports"), "/reports/"),
    (_("Audit trail"), "/audit/"),
]

OWN_PAGES = ("/me/", "/desk/")


def site(request: HttpRequest) -> dict[str, Any]:
    """Give every template the frame's facts; what costs a query is asked only where it is shown."""
    return {
        "city": this_city(),
        "display": Display.from_cookie(request.COOKIES.get(COOKIE, "")),
        "menu": [MenuItem(title, url, request.path) for title, url in MENU],
        "own_menu": own_menu(request),
        "unread_notes": unread_notes(request),
        "on_entrance": request.path.startswith("/accounts/"),
    }


def this_city() -> City:
    language = "en" if (get_language() or "ko").startswith("en") else "ko"
    contact = settings.SITE_CONTACT
    return City(
        name=settings.SITE_NAME[language],
        address=contact[f"address_{language}"],
        phone=contact["phone"],
        email=contact["email"],
        is_official=settings.SITE_IS_OFFICIAL,
        is_demo=settings.SITE_IS_DEMO,
    )


def own_menu(request: HttpRequest) -> Callable[[], list[MenuItem]]:
    """Answer with the doors of a signed-in person: all have their own page, some a desk."""

    def items() -> list[MenuItem]:
        doors = [MenuItem(_("My participation"), "/me/", request.path)]
        if has_desk(request.user, request.path):
            doors.append(MenuItem(_("Desk"), "/desk/", request.path))
        if is_clerk(request.user):
            doors.append(MenuItem(_("Counter"), "/counter/", request.path))
        return doors

    return items


def has_desk(user: Any, path: str) -> bool:
    """Say whether a person holds an office, or something waits for them all the same.

    Whether something waits is asked of every work list, so people without an
    office see the door on their own pages alone.
    """
    return is_staff_member(user) or (
        path.startswith(OWN_PAGES)
        and any(queue.concerns(user) and queue.count(user) for queue in desk_queues)
    )


def unread_notes(request: HttpRequest) -> Callable[[], int]:
    """Answer with the number of notifications that the person has not read."""
    return lambda: Note.objects.for_person(request.user).unread().count()
