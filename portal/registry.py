"""What the rooms tell the front door.

The portal imports none of the apps above it. Each app says, in its
``AppConfig.ready()``, what it adds to the front page, the search, the thread of
a proposal, the desk, the reports and the notifications.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.utils import timezone


@dataclass(frozen=True)
class Tile:
    """A door on the front page: where it leads and a number that is news."""

    key: str
    title: Any
    text: Any
    url_name: str
    news: Callable[[], str]
    order: int = 100


@dataclass(frozen=True)
class SearchSource:
    """A kind of thing that can be found; only what everyone may see is offered."""

    key: str
    label: Any
    queryset: Callable[[], Any]
    changed_at: str
    to_document: Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class ThreadSource:
    """What an app adds to the thread of a proposal.

    ``subjects(proposal)`` names the audit subjects that descend from the
    proposal: ``{"governance.motion:5": Subject(label, url)}``.
    """

    key: str
    subjects: Callable[[Any], "dict[str, Subject]"]
    upcoming: Callable[[Any], "list[Upcoming]"] = lambda _proposal: []
    order: int = 100
    # The name of the stage of the street that these subjects stand for, where they are one.
    stage: Any = ""
    # Whether that stage is named only where it was come to: not every street leads through it.
    is_by_the_way: bool = False


@dataclass(frozen=True)
class Subject:
    """How a subject of the trail is called on the thread, and where it lives."""

    label: str
    url: str
    # Steps that follow each other in the same group are folded into one.
    group: str = ""


@dataclass(frozen=True)
class Upcoming:
    """What is due next on the thread."""

    title: str
    due: date | None = None
    url: str = ""


@dataclass(frozen=True)
class Onward:
    """A way on from the page of a thing: to what came of it, or to the step that is next."""

    title: str
    url: str
    kind: str = ""
    is_step: bool = False


@dataclass(frozen=True)
class DeskItem:
    """One line of a work list."""

    title: str
    url: str
    due: date | None = None
    note: str = ""
    since: datetime | None = None

    @property
    def days_left(self) -> int | None:
        """Whole days until it is due, negative when late; ``None`` where no date is set."""
        return None if self.due is None else (self.due - timezone.localdate()).days

    @property
    def days_late(self) -> int:
        return max(0, -(self.days_left or 0))


@dataclass(frozen=True)
class DeskQueue:
    """A work list: for whom, how many, and the first of them."""

    key: str
    title: Any
    empty: Any
    concerns: Callable[[Any], bool]
    count: Callable[[Any], int]
    items: Callable[[Any, int], list[DeskItem]]
    order: int = 100


@dataclass(frozen=True)
class ReportKind:
    """A report that is built per period: ``every`` is day, week, month or quarter.

    One ``until_now`` is made only when somebody asks, also of a period that has not ended: it
    tells of what has been done until its making.
    """

    key: str
    title: Any
    every: str
    body: Any
    snapshot: Callable[[date, date], dict[str, Any]]
    recipients: Callable[[], Iterable[Any]] = tuple
    until_now: bool = False


@dataclass(frozen=True)
class NoteKind:
    """A kind of notification: its texts, with ``{placeholders}`` from the note's context."""

    key: str
    subject: Any
    body: Any


@dataclass(frozen=True)
class Verb:
    """A kind of act in the trail, in words that a citizen reads."""

    key: str
    text: Any
    tone: str = "info"
    # Housekeeping: the thread of a proposal folds it away under the step before.
    minor: bool = False


@dataclass(frozen=True)
class OwnData:
    """One kind of row that is kept about a person, for their download.

    ``rows(person)`` yields dictionaries of plain values, complete and oldest first;
    ``files(person)`` pairs of a name and an open-able file; ``columns`` says what a column
    means where its common name does not.
    """

    key: str
    title: Any
    rows: Callable[[Any], Iterable[Mapping[str, Any]]]
    order: int = 100
    files: Callable[[Any], Iterable[tuple[str, Any]]] = lambda _person: ()
    columns: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RetentionRule:
    """How one kind of row ends; the period of the same key, kept as data, says when.

    ``erase(before, most)`` erases at most ``most`` rows that are older than ``before`` and
    gives their number; what a law keeps it leaves.
    """

    key: str
    erase: Callable[[datetime, int], int]
    order: int = 100


@dataclass(frozen=True)
class Column:
    """One column of a public export; ``kind`` is text, integer, number, date, time or yes_no."""

    name: str
    kind: str
    meaning: Any


@dataclass(frozen=True)
class OpenDataExport:
    """A table of public data, written every night as CSV and JSON.

    ``rows()`` streams tuples in the order of ``columns``; nothing personal is among them.
    """

    key: str
    title: Any
    text: Any
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[tuple[Any, ...]]]
    order: int = 100


@dataclass(frozen=True)
class Landmark:
    """A well-known point of the city: its names, and where it is in degrees."""

    name_ko: str
    name_en: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class CallCard:
    """What the rooms beside the calls know of one that proposals answer, by its number."""

    key: str
    title: str
    url: str
    department: int
    opens_on: date
    closes_on: date
    is_public: bool
    # Whether it takes no proposals any more.
    is_over: bool


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
# links to the steps that one may take.
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
