"""Which level an action asks for, and stopping where it is not reached."""

from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.identity.models import Action, Level
from portal.identity.rules import has_reached, level_for, level_of, levels_for
from portal.refusals import Refused

__all__ = ["has_reached", "level_for", "level_of", "levels_for", "require", "table"]


class Asked(NamedTuple):
    """What an action asks for, and whether a person has reached it."""

    action: Action
    level: Level
    is_reached: bool


def require(user: User | AnonymousUser, action: str) -> None:
    """Stop unless ``user`` has reached the level that ``action`` asks for.

    Raises ``Refused`` with the way to get there.
    """
    if not has_reached(user, action):
        raise Refused(way_to(action))


def way_to(action: str) -> str:
    """A sentence: what is missing for ``action``, and where to get it."""
    if level_for(action) == Level.RESIDENT:
        return _(
            "Only verified residents do this. Open “My participation”, then “Who I am”, and verify "
            "that you live here: it takes a minute and is done once in two years."
        )
    return _("Please sign in with a confirmed e-mail address first.")


def table(user: User | AnonymousUser) -> list[Asked]:
    """Every action with its level, and whether ``user`` has reached it."""
    return [
        Asked(action, level_for(action), is_reached=has_reached(user, action)) for action in Action
    ]
