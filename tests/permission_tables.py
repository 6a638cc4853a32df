"""Permission tables: who may do what to a thing in which state.

Only what is allowed is written down, act by act; every other cell of act, person and state must
be refused. The people are the same in all tables, and a table adds those who stand in a relation
to its thing. The states are those of the model, so that a new one stands in the table at once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import reduce
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from portal.accounts.models import Department, Role, User
from tests.factories.portal import UserFactory, appoint

Who = frozenset[str]
Cells = Iterable[Any]
People = Mapping[str, User | AnonymousUser]


def who(*names: str) -> Who:
    return frozenset(names)


ANONYMOUS = who("anonymous")
NEWCOMER = who("newcomer")
CITIZEN = who("citizen")
AUTHOR = who("author")
OFFICIAL = who("official")
APPROVER = who("approver")
OTHER_OFFICIAL = who("other official")
OTHER_APPROVER = who("other approver")
FORMER = who("former official")
CLERK = who("clerk")
SECRETARY = who("secretary")
AUDITOR = who("auditor")
EXPERT = who("expert")
MODERATOR = who("moderator")
OPERATOR = who("operator")

# The thing is of the department of traffic; the others are of the department of welfare.
DEPARTMENT = OFFICIAL | APPROVER
OFFICIALS = OFFICIAL | OTHER_OFFICIAL
APPROVERS = APPROVER | OTHER_APPROVER
CITY = OFFICIALS | APPROVERS
MODERATORS = MODERATOR | OPERATOR
SIGNED_IN = (
    CITY | MODERATORS | NEWCOMER | CITIZEN | AUTHOR | FORMER | CLERK | SECRETARY | AUDITOR | EXPERT
)
# A session that outlives its account opens what is open to all, and nothing else.
CLOSED = who("closed account")
EVERYONE = SIGNED_IN | ANONYMOUS | CLOSED
# Known to live here: what the newcomer, with an address alone, is not.
KNOWN = SIGNED_IN - NEWCOMER

HERE, ELSEWHERE = "traffic", "welfare"
OFFICES = {
    "official": (Role.OFFICIAL, HERE),
    "approver": (Role.APPROVER, HERE),
    "other official": (Role.OFFICIAL, ELSEWHERE),
    "other approver": (Role.APPROVER, ELSEWHERE),
    "clerk": (Role.CLERK, None),
    "secretary": (Role.SECRETARY, None),
    "auditor": (Role.AUDITOR, None),
    "expert": (Role.EXPERT, None),
    "moderator": (Role.MODERATOR, None),
    "operator": (Role.OPERATOR, None),
}


def cast() -> dict[str, User | AnonymousUser]:
    """Everybody who stands in every table; the author is the one whose the thing is."""
    yesterday = timezone.localdate() - timedelta(days=1)
    term = {"starts_on": yesterday - timedelta(days=365), "ends_on": yesterday}
    return {
        "anonymous": AnonymousUser(),
        "newcomer": UserFactory(resident=False),
        "citizen": UserFactory(),
        "author": UserFactory(),
        "former official": official_of(HERE, **term),
        "closed account": with_every_office(UserFactory(is_active=False)),
        **{name: official_of(at, role) for name, (role, at) in OFFICES.items()},
    }


def official_of(code: str | None, role: Role = Role.OFFICIAL, **term: Any) -> User:
    """Somebody new with an office, in the department of ``code`` where it has one."""
    return appoint(UserFactory(), role, code and Department.objects.get(code=code), **term)


def with_every_office(person: User) -> User:
    """Appoint ``person`` to all there is."""
    for role, at in OFFICES.values():
        appoint(person, role, at and Department.objects.get(code=at))
    return person


def either(*states: Any) -> frozenset[Any]:
    return frozenset(states)


def crossed(*axes: Iterable[Any]) -> frozenset[tuple[Any, ...]]:
    """The cells of a table with several axes in which each is at one of the values given."""
    return frozenset(product(*axes))


@dataclass(frozen=True)
class Table:
    """Who may do what to ``thing``, and when.

    ``given(people)`` makes the thing and names who else is related to it. ``axes`` are columns of
    the thing or of what it belongs to (``"track.call.state"``): all their choices are gone
    through, or the values given with ``others`` for a column that has none. A cell is the value
    of the first axis, or a tuple of the values of the first ones; axes left out stand for all
    of their values.
    """

    model: type
    given: Callable[[People], tuple[Any, People]]
    allowed: Mapping[str, Mapping[Who, Cells]]
    axes: tuple[str, ...] = ("state",)
    others: Mapping[str, Iterable[Any]] = field(default_factory=dict)
    # Whether the thing is the author's; some are the city's or nobody's.
    is_owned: bool = True

    def __str__(self) -> str:
        return "-".join([self.given.__name__, *self.axes])

    def choices(self, axis: str) -> list[Any]:
        """All values that the column ``axis`` can have."""
        if axis in self.others:
            return list(self.others[axis])
        *way, name = axis.split(".")
        model = reduce(lambda m, step: m._meta.get_field(step).related_model, way, self.model)
        return [value for value, _label in model._meta.get_field(name).choices]

    def cells(self) -> Iterator[tuple[Any, ...]]:
        return product(*(self.choices(axis) for axis in self.axes))

    def written(self) -> set[str]:
        """What the table allows, a sentence each."""
        return {
            sentence(act, name, cell)
            for act, grants in self.allowed.items()
            for names, starts in grants.items()
            for cell in self.cells()
            if any(cell[: len(start)] == start for start in map(as_tuple, starts))
            for name in names
        }

    def found(self, people: People, only: str = "") -> set[str]:
        """What the rules allow, a sentence each; to ``only`` one of the people where named."""
        thing, related = self.given(people)
        return {
            sentence(act, name, cell)
            for cell in self.cells()
            if put(thing, self.axes, cell)
            for act in self.allowed
            for name, person in {**people, **related}.items()
            if only in {"", name} and person.has_perm(act, thing)
        }


def as_tuple(cell: Any) -> tuple[Any, ...]:
    return cell if isinstance(cell, tuple) else (cell,)


def sentence(act: str, name: str, cell: tuple[Any, ...]) -> str:
    return f"{act} by {name} at {', '.join(map(str, cell)) or 'any time'}"


def put(thing: Any, axes: Iterable[str], values: Iterable[Any]) -> bool:
    """Bring the thing into a state, in memory alone."""
    for axis, value in zip(axes, values, strict=True):
        *way, name = axis.split(".")
        setattr(reduce(getattr, way, thing), name, value)
    return True


# All of every axis, where a table has one or none.
ALWAYS: Cells = ((),)


def all_tables() -> list[Table]:
    """The tables of all apps, each beside the tests of its app."""
    here = Path(__file__).parent
    names = (
        ".".join(path.relative_to(here.parent).with_suffix("").parts)
        for path in sorted(here.rglob("permissions.py"))
    )
    return [table for name in names for table in import_module(name).TABLES]
