"""What waits for a person: the registered work lists that concern them."""

from dataclasses import dataclass

from portal import registry
from portal.accounts.models import User
from portal.registry import DeskItem, DeskQueue

MOST = 10


@dataclass(frozen=True)
class WorkList:
    """A work list with its number and its first lines."""

    queue: DeskQueue
    count: int
    items: list[DeskItem]


def of(person: User) -> list[WorkList]:
    """The work lists of ``person``: two queries for each, whatever their length."""
    concerned = [queue for queue in registry.desk_queues if queue.concerns(person)]
    return [WorkList(queue, queue.count(person), queue.items(person, MOST)) for queue in concerned]
