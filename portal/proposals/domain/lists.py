"""Which proposals a list shows, and in which order: one statement for a page, by keyset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext

from portal.accounts.names import shown
from portal.paging import Page, cursor_at, place_in
from portal.prepared import MOST, Statement
from portal.proposals.domain import places
from portal.proposals.domain.choices import PUBLIC_STATES, Choice
from portal.proposals.models import WAITING_STATES, ProposalState
from portal.search.domain.matches import Matches, matching
from portal.written import date_writer

__all__ = ["PUBLIC_STATES", "Card", "Choice", "cards", "conditions", "matches_of"]

PAGE_SIZE = 20
# What stands in a row of ``CARDS``, by which each order finds its place again.
ORDERS = {
    "newest": ("stat.published_at", "stat.proposal_id"),
    "supported": ("stat.support_count", "stat.proposal_id"),
    "due": ("proposal.due_on", "proposal.id"),
    "answered": ("proposal.decided_at", "proposal.id"),
}
ASCENDING = frozenset({"due"})
# Word for word as the partial indexes of these two orders say it.
ONLY = {
    "due": "proposal.state IN ('answer_due', 'prelim_review', 'dept_review')",
    "answered": "proposal.decided_at IS NOT NULL",
}
CONDITIONS = {
    "state": "stat.state = %(state)s",
    "area": "stat.area_id = %(area)s",
    "district": "stat.district_id = %(district)s",
    "department": "proposal.department_id = %(department)s",
    "call": "proposal.call_id = %(call)s",
    "since": "stat.published_at >= %(since)s",
    "until": "stat.published_at < %(until)s",
}
# The names of areas and districts are known already, so three tables are enough.
CARDS = """
SELECT proposal.id, proposal.title, stat.state, stat.area_id, stat.district_id,
       stat.published_at, stat.support_count, proposal.due_on, author.name, author.shows_name,
       proposal.decided_at
  FROM proposals_proposalstat stat
  JOIN proposals_proposal proposal ON proposal.id = stat.proposal_id
  JOIN accounts_user author ON author.id = proposal.author_id
 WHERE {conditions}
 ORDER BY {order} LIMIT {size}
"""
BY_RANK = "array_position(%(ranked)s::bigint[], stat.proposal_id)"


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """A proposal as lists show it, in the words of the page's language.

    Cards are told apart by being the same object, so that what is written of one can be kept.
    """

    pk: int
    url: str
    title: str
    state: str
    state_label: str
    area: str
    district: str
    published_at: datetime
    published: str
    support_count: int
    supports: str
    due_on: date | None
    due: str
    days_late: int
    decided_at: datetime | None
    answered: str
    author: str


RUNNING_STATES = frozenset(WAITING_STATES) - {ProposalState.SUPPLEMENT}


def matches_of(choice: Choice) -> Matches | None:
    """What the words of ``choice`` match, in proposals or in what is said about them.

    ``None`` where nothing is asked.
    """
    if not choice.q:
        return None
    return matching(choice.q, kind="proposal", parts=["comment"])


def conditions(
    choice: Choice, matches: Matches | None = None, *, but: str = ""
) -> tuple[list[str], dict[str, Any]]:
    """Return what rows must meet, and the values; the choice called ``but`` is left out."""
    since, until = choice.moments
    values: dict[str, Any] = dict(zip(("state", "area", "district"), choice.key, strict=True))
    values |= {"department": choice.department and choice.department.pk}
    values |= {"call": choice.call and choice.call.pk}
    values |= {"since": since, "until": until, but: None}
    wanted = ["stat.visible", *(CONDITIONS[name] for name in CONDITIONS if values[name])]
    if matches is not None:
        condition, sought = matches.condition("stat.proposal_id")
        return [*wanted, condition], values | sought
    return wanted, values


def cards(choice: Choice, *, after: str = "", matches: Matches | None = None) -> Page:
    """One page of public proposals, by keyset on the narrow table of counts.

    ``matches`` is what ``matches_of(choice)`` found. Raises ``BadRequest`` where ``after`` was
    not made here for this order.
    """
    ranked = matches.ranked() if matches is not None and choice.order == "best" else None
    if ranked is not None:
        return _ranked_page(choice, ranked, after)
    order = choice.order if choice.order in ORDERS else "newest"
    wanted, values = conditions(choice, matches)
    wanted += [ONLY[order]] if order in ONLY else []
    if after:
        values["last"], values["last_id"] = place_in(after, ORDERS[order])
        sign = ">" if order in ASCENDING else "<"
        wanted.append(f"({', '.join(ORDERS[order])}) {sign} (%(last)s, %(last_id)s)")
    by = sorting(order)
    rows = _rows(wanted, by, values) if matches is None else _sought(wanted, by, values)
    return _page(rows, order)


def sorting(order: str) -> str:
    """The columns of an order as SQL sorts by them."""
    direction = "ASC" if order in ASCENDING else "DESC"
    return ", ".join(f"{name} {direction}" for name in ORDERS[order])


def newest(choice: Choice, most: int, *, matches: Matches | None = None) -> list[int]:
    """The numbers of the newest proposals that fit, ``most`` of them at most."""
    wanted, values = conditions(choice, matches)
    return [row[0] for row in _sought(wanted, sorting("newest"), values, size=most)]


def _ranked_page(choice: Choice, ranked: Sequence[int], after: str) -> Page:
    """A page of what matches best: the candidates are few, so their rank is their place."""
    [passed] = place_in(after, ("best",)) if after else [0]
    left = list(ranked[passed:])
    wanted, values = conditions(choice)
    wanted.append("stat.proposal_id = ANY(%(ranked)s::bigint[])")
    made = _cards(_sought(wanted, BY_RANK, values | {"ranked": left}))
    if len(made) <= PAGE_SIZE:
        return Page(made, "")
    made = made[:PAGE_SIZE]
    return Page(made, cursor_at([passed + left.index(made[-1].pk) + 1], ("best",)))


@lru_cache(maxsize=MOST)
def statement(wanted: tuple[str, ...], order: str, size: int = PAGE_SIZE + 1) -> Statement:
    """The statement of one kind of list: its conditions, its order, and how many rows."""
    return Statement(CARDS.format(conditions=" AND ".join(wanted), order=order, size=size))


def _rows(wanted: Sequence[str], order: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of a list of which there are few kinds, so that its statement is prepared."""
    with connection.cursor() as cursor:
        statement(tuple(wanted), order).run(cursor, values)
        return cursor.fetchall()


def _sought(
    wanted: Sequence[str], order: str, values: Mapping[str, Any], size: int = PAGE_SIZE + 1
) -> list[tuple[Any, ...]]:
    """The rows of a list whose best plan depends on what was asked for."""
    with connection.cursor() as cursor:
        cursor.execute(statement(tuple(wanted), order, size).text, values)
        return cursor.fetchall()


def _page(rows: list[tuple[Any, ...]], order: str) -> Page:
    made = _cards(rows)
    if len(made) <= PAGE_SIZE:
        return Page(made, "")
    made = made[:PAGE_SIZE]
    last = made[-1]
    first = {
        "newest": last.published_at,
        "supported": last.support_count,
        "due": last.due_on,
        "answered": last.decided_at,
    }
    return Page(made, cursor_at([first[order], last.pk], ORDERS[order]))


def _cards(rows: list[tuple[Any, ...]]) -> list[Card]:
    areas, districts = places.areas(), places.districts()
    language, today = get_language(), timezone.localdate()
    return [_card(row, areas.get(row[3]), districts.get(row[4]), language, today) for row in rows]


@lru_cache(maxsize=2_000)
def _card(
    row: tuple[Any, ...],
    area: places.Place | None,
    district: places.Place | None,
    _language: str | None,
    today: date,
) -> Card:
    """Write one card; the same row of the same day and language is written once."""
    pk, title, state, _area, _district, published_at, count, due_on, name, shows, decided_at = row
    runs, write = due_on and state in RUNNING_STATES, date_writer()
    return Card(
        pk=pk,
        url=reverse("proposals:detail", args=[pk]),
        title=title,
        state=state,
        state_label=str(ProposalState(state).label),
        area=area.name if area else "",
        district=district.name if district else "",
        published_at=published_at,
        published=write(published_at),
        support_count=count,
        supports=ngettext("%(n)s support", "%(n)s supports", count) % {"n": count},
        due_on=due_on,
        due=write(due_on) if runs else "",
        days_late=max(0, (today - due_on).days) if runs else 0,
        decided_at=decided_at,
        answered=write(decided_at) if decided_at else "",
        author=shown(name, in_full=shows),
    )
