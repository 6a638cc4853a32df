"""What waits for a person: the registered work lists that concern them."""

from dataclasses import dataclass

from django.core.exceptions import BadRequest

from portal import registry
from portal.accounts.models import User
from portal.paging import Page
from portal.registry import DeskItem, DeskQueue

MOST = 10
A_PAGE = 50
# Nobody reads on beyond a thousand; what waits longest stands first.
FURTHEST = 1000


@dataclass(frozen=True)
class WorkList:
    """A work list with its number and its first lines."""

    queue: DeskQueue
    count: int
    items: list[DeskItem]

    @property
    def goes_on(self) -> bool:
        """Whether more waits than is shown here."""
        return self.count > len(self.items)


def of(person: User) -> list[WorkList]:
    """The work lists of ``person``: two queries for each, whatever their length."""
    return [
        WorkList(queue, queue.count(person), queue.items(person, MOST)) for queue in _lists(person)
    ]


def named(key: str, person: User) -> DeskQueue | None:
    """The work list ``key`` of ``person``, where it is one of theirs."""
    return next((queue for queue in _lists(person) if queue.key == key), None)


def page_of(queue: DeskQueue, person: User, *, after: str = "") -> Page:
    """A page of a work list, behind the first ``after`` lines.

    Raises ``BadRequest`` where ``after`` is no such number.
    """
    if after and not (after.isascii() and after.isdigit() and len(after) <= len(str(FURTHEST))):
        raise BadRequest
    start = min(int(after or 0), FURTHEST - A_PAGE)
    lines = queue.items(person, start + A_PAGE + 1)[start:]
    following = start + A_PAGE
    more = len(lines) > A_PAGE and following < FURTHEST
    return Page(lines[:A_PAGE], str(following) if more else "")


def _lists(person: User) -> list[DeskQueue]:
    return [queue for queue in registry.desk_queues if queue.concerns(person)]
