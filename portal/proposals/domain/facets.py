"""How many proposals there are: in all, and for each choice under the other choices.

The database keeps the numbers of the whole city by itself, so a list costs no count. What is
sought by words or in a period is counted once in a while, and no further than it is bounded.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db import connection
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from portal.keeping import kept
from portal.proposals.domain import places
from portal.proposals.domain.choices import PUBLIC_STATES, Choice
from portal.proposals.domain.lists import conditions
from portal.proposals.domain.places import Place
from portal.proposals.models import ProposalCount, ProposalState
from portal.search.domain.matches import Matches

# A number that stands on a list may be this old; the rows themselves are always of this moment.
COUNT_SECONDS = 5
# What has to be counted anew, because no number of it is kept.
LIVE_SECONDS = 60
COLUMNS = {"state": "state", "area": "area_id", "district": "district_id"}
FACETS = ("state", "area", "district", "department", "call")
Numbers = dict[str, dict[Any, int]]

LIVE = """
SELECT stat.state, stat.area_id, stat.district_id, proposal.department_id, proposal.call_id,
       count(*)
  FROM proposals_proposalstat stat
  JOIN proposals_proposal proposal ON proposal.id = stat.proposal_id
 WHERE {conditions} GROUP BY 1, 2, 3, 4, 5
"""
OF_DEPARTMENTS = """
SELECT state, nullif(area_id, 0), nullif(district_id, 0), department_id, NULL, n
  FROM proposals_departmentcount WHERE n > 0
"""
OF_CALLS = """
SELECT state, nullif(area_id, 0), nullif(district_id, 0), nullif(department_id, 0), call_id, n
  FROM proposals_callcount WHERE n > 0
"""


def total(choice: Choice, matches: Matches | None = None) -> int:
    """How many there are."""
    if matches is None and _is_plain(choice):
        return _kept_total(choice)
    return sum(n for *_cell, n in _fitting(_cells(choice, matches), choice))


@kept(COUNT_SECONDS, by=lambda choice: choice.key)
def _kept_total(choice: Choice) -> int:
    return ProposalCount.objects.filter(_wanted(choice)).aggregate(n=Sum("n"))["n"] or 0


def facets(choice: Choice, matches: Matches | None = None) -> Numbers:
    """Numbers per state, area, district, department and call, each under the other choices."""
    if matches is None and _is_plain(choice):
        return _kept_facets(choice)
    cells = _cells(choice, matches)
    numbers = {name: _per(cells, choice, name) for name in FACETS}
    if matches is None and not choice.has_period:
        numbers["call"] = _per(_of_calls(), choice, "call")
    return numbers


def _is_plain(choice: Choice) -> bool:
    """Whether only state, area and district are chosen, by which the city's numbers are kept."""
    return not (choice.has_period or choice.department or choice.call)


@kept(COUNT_SECONDS, by=lambda choice: choice.key)
def _kept_facets(choice: Choice) -> Numbers:
    numbers: Numbers = {
        name: dict(
            ProposalCount.objects.filter(_wanted(choice, but=name))
            .values_list(column)
            .annotate(n=Sum("n"))
            .filter(n__gt=0)
        )
        for name, column in COLUMNS.items()
    }
    return numbers | {
        "department": _per(_of_departments(), choice, "department"),
        "call": _per(_of_calls(), choice, "call"),
    }


def _cells(choice: Choice, matches: Matches | None) -> list[tuple[Any, ...]]:
    """Count per facet, under the period and the words alone.

    What the database keeps leaves out proposals without a department, or outside of calls: those
    that a chosen department or call leaves out too.
    """
    if matches is None and not choice.has_period:
        return _of_calls() if choice.call else _of_departments()
    if matches is not None and matches.is_capped:
        return _of_matches(choice, matches)
    wide = replace(choice, state=None, area=None, district=None, department=None, call=None)
    if matches is None:
        return _live_in_period(replace(wide, order="newest", view="list"))
    return _live(wide, matches)


@kept(LIVE_SECONDS, by=lambda choice: (choice, choice.first_day))
def _live_in_period(choice: Choice) -> list[tuple[Any, ...]]:
    return _live(choice, None)


def _live(choice: Choice, matches: Matches | None) -> list[tuple[Any, ...]]:
    wanted, values = conditions(choice, matches)
    return _rows(LIVE.format(conditions=" AND ".join(wanted)), values)


@kept(COUNT_SECONDS, by=lambda choice, matches: (choice.q, choice.moments))
def _of_matches(choice: Choice, matches: Matches) -> list[tuple[Any, ...]]:
    """What the index counts of common words; it follows the proposals within a minute."""
    since, until = choice.moments
    return [
        (state, *(int(part) if part else None for part in parts), n)
        for (state, *parts), n in matches.numbers(since, until).items()
    ]


@kept(COUNT_SECONDS, by=lambda: "departments")
def _of_departments() -> list[tuple[Any, ...]]:
    return _rows(OF_DEPARTMENTS, {})


@kept(COUNT_SECONDS, by=lambda: "calls")
def _of_calls() -> list[tuple[Any, ...]]:
    return _rows(OF_CALLS, {})


def _rows(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _per(cells: Iterable[tuple[Any, ...]], choice: Choice, name: str) -> dict[Any, int]:
    place, found = FACETS.index(name), Counter[Any]()
    for cell in _fitting(cells, choice, but=name):
        found[cell[place]] += cell[-1]
    return dict(found)


def _fitting(
    cells: Iterable[tuple[Any, ...]], choice: Choice, *, but: str = ""
) -> Iterable[tuple[Any, ...]]:
    """Keep the cells that meet the choices, leaving out the one called ``but``."""
    wanted = [
        (place, value if name == "state" else value.pk)
        for place, name in enumerate(FACETS)
        if name != but and (value := getattr(choice, name))
    ]
    return (cell for cell in cells if all(cell[place] == value for place, value in wanted))


def _wanted(choice: Choice, *, but: str = "") -> Q:
    wanted = dict(zip(COLUMNS, choice.key, strict=True)) | {but: None}
    return Q(**{COLUMNS[name]: value for name, value in wanted.items() if value})


def options(choice: Choice, matches: Matches | None = None) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen, each value with its words and how many proposals it would show."""
    numbers = facets(choice, matches)
    departments = _with_some(places.departments(), choice.department, numbers, "department")
    some = any(numbers["call"]) or choice.call
    calls = _with_some(places.calls() if some else {}, choice.call, numbers, "call")
    return {
        "state": [("", _("All states")), *_state_options(numbers)],
        "area": [("", _("All areas")), *_places("area", places.areas(), numbers)],
        "district": [("", _("All districts")), *_places("district", places.districts(), numbers)],
        "department": [
            ("", _("All departments")),
            *_places("department", departments, numbers),
        ],
        "call": [("", _("All calls")), *_places("call", calls, numbers)],
        "period": [
            ("", _("Any time, or your own dates")),
            ("month", _("The last month")),
            ("quarter", _("The last three months")),
            ("year", _("The last year")),
        ],
        "order": [*([("best", _("Best match first"))] if choice.q else []), *_orders()],
    }


def _orders() -> list[tuple[str, str]]:
    return [
        ("newest", _("Newest first")),
        ("supported", _("Most supported first")),
        ("due", _("Nearly due first")),
        ("answered", _("Recently answered first")),
    ]


def _state_options(numbers: Numbers) -> list[tuple[str, str]]:
    return [
        (state.value, _with_number(state.label, numbers, "state", state.value))
        for state in ProposalState
        if state in PUBLIC_STATES
    ]


def _with_some(
    known: Mapping[int, Place], chosen: Place | None, numbers: Numbers, name: str
) -> Mapping[int, Place]:
    """Those that have proposals: a city has many departments, and most answer for none."""
    return {pk: place for pk, place in known.items() if pk in numbers[name] or place == chosen}


def _places(name: str, known: Mapping[int, Place], numbers: Numbers) -> list[tuple[str, str]]:
    return [
        (place.code, _with_number(place.name, numbers, name, place.pk)) for place in known.values()
    ]


def _with_number(words: Any, numbers: Numbers, facet: str, key: Any) -> str:
    return f"{words} ({numbers[facet].get(key, 0):,})"
