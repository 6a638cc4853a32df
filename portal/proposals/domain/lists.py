"""Which proposals a list shows, in which order, and how many there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.names import shown
from portal.keeping import kept
from portal.paging import Page, cursor_at, place_in
from portal.proposals.domain import places
from portal.proposals.domain.places import Place
from portal.proposals.models import WAITING_STATES, ProposalCount, ProposalState
from portal.written import date_writer

PAGE_SIZE = 20
# A number that stands on a list may be this old; the rows themselves are always of this moment.
COUNT_SECONDS = 5
ORDERS = {
    "newest": ("stat.published_at", "stat.proposal_id"),
    "supported": ("stat.support_count", "stat.proposal_id"),
}
CONDITIONS = {
    "state": "stat.state = %(state)s",
    "area": "stat.area_id = %(area)s",
    "district": "stat.district_id = %(district)s",
}
# The names of areas and districts are known already, so three tables are enough.
CARDS = """
SELECT proposal.id, proposal.title, stat.state, stat.area_id, stat.district_id,
       stat.published_at, stat.support_count, proposal.due_on, author.name, author.shows_name
  FROM proposals_proposalstat stat
  JOIN proposals_proposal proposal ON proposal.id = stat.proposal_id
  JOIN accounts_user author ON author.id = proposal.author_id
 WHERE {conditions}
 ORDER BY {order} LIMIT %(size)s
"""


@dataclass(frozen=True)
class Choice:
    """What a visitor chose in the list. What is not known is passed over, not refused."""

    state: ProposalState | None = None
    area: Place | None = None
    district: Place | None = None
    order: str = "newest"

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Choice":
        """Read the choices that are sound from the address."""
        state = query.get("state", "")
        return cls(
            state=ProposalState(state) if state in PUBLIC_STATES else None,
            area=_by_code(places.areas(), query.get("area", "")),
            district=_by_code(places.districts(), query.get("district", "")),
            order=query["order"] if query.get("order") in ORDERS else "newest",
        )

    @property
    def is_any(self) -> bool:
        """Whether anything was chosen at all."""
        return self != Choice()

    @property
    def key(self) -> tuple[str, int, int]:
        """What the numbers of this choice depend on."""
        return (
            self.state or "",
            self.area.pk if self.area else 0,
            self.district.pk if self.district else 0,
        )


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal as lists show it, in the words of the page's language."""

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
    due: str
    days_late: int
    author: str


RUNNING_STATES = frozenset(WAITING_STATES) - {ProposalState.SUPPLEMENT}
PUBLIC_STATES = frozenset(ProposalState.values) - {ProposalState.DRAFT.value}


def cards(choice: Choice, *, after: str = "") -> Page:
    """One page of public proposals, by keyset on the narrow table of counts.

    Raises ``BadRequest`` where ``after`` was not made here for this order.
    """
    columns = ORDERS[choice.order]
    facts: dict[str, Any] = dict(zip(("state", "area", "district"), choice.key, strict=True))
    conditions = ["stat.visible"]
    conditions += [CONDITIONS[name] for name, value in facts.items() if value]
    if after:
        facts["last"] = tuple(place_in(after, columns))
        conditions.append(f"({', '.join(columns)}) < %(last)s")
    statement = CARDS.format(
        conditions=" AND ".join(conditions),
        order=", ".join(f"{column} DESC" for column in columns),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, facts | {"size": PAGE_SIZE + 1})
        rows = cursor.fetchall()
    return _page(_cards(rows), choice.order)


def _page(rows: list[Card], order: str) -> Page:
    if len(rows) <= PAGE_SIZE:
        return Page(rows, "")
    rows = rows[:PAGE_SIZE]
    first = rows[-1].published_at if order == "newest" else rows[-1].support_count
    return Page(rows, cursor_at([first, rows[-1].pk], ORDERS[order]))


def _cards(rows: list[tuple[Any, ...]]) -> list[Card]:
    """Write the cards; what is the same on many of them is asked once."""
    areas = {pk: area.name for pk, area in places.areas().items()}
    districts = {pk: district.name for pk, district in places.districts().items()}
    states = {state.value: str(state.label) for state in ProposalState}
    one, many = (ngettext("%(n)s support", "%(n)s supports", n) for n in (1, 2))
    url, write, today = reverse("proposals:detail", args=[0]), date_writer(), timezone.localdate()
    made = []
    for pk, title, state, area, district, published_at, count, due_on, name, shows in rows:
        runs = due_on and state in RUNNING_STATES
        made.append(
            Card(
                pk=pk,
                url=url.replace("0", str(pk)),
                title=title,
                state=state,
                state_label=states[state],
                area=areas.get(area, ""),
                district=districts.get(district, ""),
                published_at=published_at,
                published=write(published_at),
                support_count=count,
                supports=(one if count == 1 else many) % {"n": count},
                due=write(due_on) if runs else "",
                days_late=max(0, (today - due_on).days) if runs else 0,
                author=shown(name, in_full=shows),
            )
        )
    return made


@kept(COUNT_SECONDS, by=lambda choice: choice.key)
def total(choice: Choice) -> int:
    """How many there are, from the maintained counts."""
    return ProposalCount.objects.filter(_wanted(choice)).aggregate(n=Sum("n"))["n"] or 0


@kept(COUNT_SECONDS, by=lambda choice: choice.key)
def facets(choice: Choice) -> dict[str, dict[Any, int]]:
    """Numbers per state, area and district, each under the other choices."""
    columns = {"state": "state", "area": "area_id", "district": "district_id"}
    return {
        name: dict(
            ProposalCount.objects.filter(_wanted(choice, but=name))
            .values_list(column)
            .annotate(n=Sum("n"))
            .filter(n__gt=0)
        )
        for name, column in columns.items()
    }


def options(choice: Choice) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen, each value with its words and how many proposals it would show."""
    numbers = facets(choice)
    return {
        "state": [
            ("", _("All states")),
            *(
                (state.value, _with_number(state.label, numbers["state"].get(state.value, 0)))
                for state in ProposalState
                if state in PUBLIC_STATES
            ),
        ],
        "area": [("", _("All areas")), *_place_options(places.areas(), numbers["area"])],
        "district": [
            ("", _("All districts")),
            *_place_options(places.districts(), numbers["district"]),
        ],
        "order": [("newest", _("Newest first")), ("supported", _("Most supported first"))],
    }


def _place_options(known: Mapping[int, Place], numbers: Mapping[int, int]) -> list[tuple[str, str]]:
    return [
        (place.code, _with_number(place.name, numbers.get(place.pk, 0))) for place in known.values()
    ]


def _with_number(words: Any, number: int) -> str:
    return f"{words} ({number:,})"


def _wanted(choice: Choice, *, but: str = "") -> Q:
    state, area, district = choice.key
    wanted = {"state": state, "area": area, "district": district} | {but: None}
    columns = {"state": "state", "area": "area_id", "district": "district_id"}
    return Q(**{columns[name]: value for name, value in wanted.items() if value})


def _by_code(known: Mapping[int, Place], code: str) -> Place | None:
    return next((place for place in known.values() if place.code == code), None)
