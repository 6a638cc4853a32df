"""What the rooms tell the front door.

The portal imports none of the apps above it. Each app says, in its
``AppConfig.ready()``, what it adds to the front page, the search, the thread of
a proposal, the desk, the reports and the notifications.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from portal.registry.things import (
    CallCard,
    Column,
    DeskItem,
    DeskQueue,
    Landmark,
    NoteKind,
    Onward,
    OpenDataExport,
    OwnData,
    ReportKind,
    RetentionRule,
    SearchSource,
    Subject,
    ThreadSource,
    Tile,
    Upcoming,
    Verb,
)

__all__ = [
    "CallCard",
    "Column",
    "DeskItem",
    "DeskQueue",
    "Landmark",
    "NoteKind",
    "Onward",
    "OpenDataExport",
    "OwnData",
    "ReportKind",
    "RetentionRule",
    "SearchSource",
    "Shelf",
    "Subject",
    "ThreadSource",
    "Tile",
    "Upcoming",
    "Verb",
    "after_fold",
    "after_publication",
    "after_verification",
    "bonds",
    "call_cards",
    "call_sections",
    "call_sources",
    "call_steps",
    "dataset_links",
    "demo_loaders",
    "desk_queues",
    "district_names",
    "district_sources",
    "home_sections",
    "joint_works",
    "known_calls",
    "landmark_sources",
    "motion_links",
    "note_kinds",
    "on_closing",
    "open_data_exports",
    "own_data",
    "proposal_asides",
    "proposal_calls",
    "proposal_placeholders",
    "proposal_sections",
    "proposal_steps",
    "public_calls",
    "reference_loaders",
    "report_kinds",
    "retention_rules",
    "search_sources",
    "thread_sources",
    "tiles",
    "verbs",
    "ways_on",
]

Item = TypeVar(
    "Item",
    Tile,
    SearchSource,
    ThreadSource,
    DeskQueue,
    ReportKind,
    NoteKind,
    Verb,
    OwnData,
    OpenDataExport,
    RetentionRule,
)


@dataclass
class Shelf(Generic[Item]):
    """Registered things by key, in the order that they ask for."""

    _items: dict[str, Item] = field(default_factory=dict)

    def add(self, *items: Item) -> None:
        """Put ``items`` on the shelf; the same key again replaces the earlier one."""
        for item in items:
            self._items[item.key] = item

    def get(self, key: str) -> Item | None:
        return self._items.get(key)

    def __getitem__(self, key: str) -> Item:
        return self._items[key]

    def __iter__(self) -> Iterator[Item]:
        return iter(sorted(self._items.values(), key=lambda item: getattr(item, "order", 100)))

    def __contains__(self, key: object) -> bool:
        return key in self._items


tiles: Shelf[Tile] = Shelf()
search_sources: Shelf[SearchSource] = Shelf()
thread_sources: Shelf[ThreadSource] = Shelf()
desk_queues: Shelf[DeskQueue] = Shelf()
report_kinds: Shelf[ReportKind] = Shelf()
note_kinds: Shelf[NoteKind] = Shelf()
verbs: Shelf[Verb] = Shelf()

# Callables(motion, user) and (dataset, user) -> list[Onward]: what rooms above add to their pages.
motion_links: list[Callable[[Any, Any], list[Onward]]] = []
dataset_links: list[Callable[[Any, Any], list[Onward]]] = []
# Callables(request) -> {"template": …, "context": {…}} that the front page shows in order.
home_sections: list[Callable[[Any], dict[str, Any]]] = []
# Callables(request, proposal) -> {"template": …, "context": {…}} or None, shown in order on the
# page of a published proposal: in its main column, in its side column, and (proposal, user) ->
# links to the steps that one may take. A section may name a second template, "beside", for what it
# says next to the button of support.
proposal_sections: list[Callable[[Any, Any], dict[str, Any] | None]] = []
proposal_asides: list[Callable[[Any, Any], dict[str, Any] | None]] = []
proposal_steps: list[Callable[[Any, Any], list[Onward]]] = []
# Callables(request, pk) -> the page that stands in place of a proposal that is not shown, or None.
proposal_placeholders: list[Callable[[Any, int], Any]] = []
# Callables() -> int, run after each fold of supports: what fresh counts set going.
after_fold: list[Callable[[], int]] = []
# Callables(proposal, by) run in the transaction that publishes a proposal.
after_publication: list[Callable[[Any, Any], None]] = []
# Callables(person) run in the transaction that verifies who a person is.
after_verification: list[Callable[[Any], object]] = []
# Callables() -> (code, names…) of every district of the city, the page's language first.
district_sources: list[Callable[[], list[tuple[str, ...]]]] = []
# Callables() -> well-known points of the city, by which people find their way on a map.
landmark_sources: list[Callable[[], list[Landmark]]] = []
# Callables() -> (number, title) of every call that takes or took proposals, the latest first.
call_sources: list[Callable[[], list[tuple[int, str]]]] = []
# Callables(person) -> the numbers of proposals that the person wrote together with others.
joint_works: list[Callable[[Any], Iterable[int]]] = []
# Callables() -> a card of every call that proposals answer, plans too, the latest first.
call_cards: list[Callable[[], list[CallCard]]] = []
# Callables(request, call) -> {"template": …, "context": {…}} or None, shown on the page of a call,
# and (call, user) -> links to the steps that those who run it may take.
call_sections: list[Callable[[Any, Any], dict[str, Any] | None]] = []
call_steps: list[Callable[[Any, Any], list[Onward]]] = []
# Callables(keys of proposals) -> {key: call}: which call each of them answered, where one did.
proposal_calls: list[Callable[[Iterable[int]], dict[int, str]]] = []
# What a person may download of themselves, and public data for everyone.
own_data: Shelf[OwnData] = Shelf()
open_data_exports: Shelf[OpenDataExport] = Shelf()
# How rows end that a period limits; carried out every night.
retention_rules: Shelf[RetentionRule] = Shelf()
# Callables(person) run in the transaction that closes an account: rows to erase or make nameless.
on_closing: list[Callable[[Any], None]] = []
# Callables(person) -> a sentence why the account cannot be closed now, or nothing.
bonds: list[Callable[[Any], str]] = []
# Callables() -> list of created things, run by ``load_demo`` in the order of the storeys.
demo_loaders: list[Callable[[], None]] = []
# Callables() run by ``load_reference``: reference data, idempotent.
reference_loaders: list[Callable[[], None]] = []


def ways_on(
    links: Iterable[Callable[[Any, Any], list[Onward]]], thing: Any, user: Any
) -> list[Onward]:
    """The ways on from the page of ``thing`` that ``user`` may take."""
    return [way for found in links for way in found(thing, user)]


def known_calls() -> list[CallCard]:
    """A card of every call that proposals answer, plans too, the latest first."""
    return [card for source in call_cards for card in source()]


def public_calls() -> set[str]:
    """The keys of the calls that everyone sees, and the empty one of what answers no call."""
    return {"", *(card.key for card in known_calls() if card.is_public)}


def district_names() -> list[tuple[str, ...]]:
    """Code and names of every district of the city, as the rooms tell them."""
    return [row for source in district_sources for row in source()]
