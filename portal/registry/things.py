"""What a room can tell the front door: one class for each kind of thing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

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
