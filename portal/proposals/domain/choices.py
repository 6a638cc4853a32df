"""What a visitor chose of the proposals: read from an address, and written into one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.utils import timezone

from portal.proposals.domain import places
from portal.proposals.domain.places import Place
from portal.proposals.models import ProposalState

LONGEST_QUESTION = 200
ORDERS = ("best", "newest", "supported", "due", "answered")
VIEWS = ("list", "cards", "map")
# What is chosen by a code: places in the city, in its administration, and among its calls.
PLACES = ("area", "district", "department", "call")
PERIODS = {"month": 30, "quarter": 91, "year": 365}
PUBLIC_STATES = frozenset(ProposalState.values) - {ProposalState.DRAFT.value}


@dataclass(frozen=True)
class Choice:
    """What a visitor chose in the list. What is not known is passed over, not refused.

    ``since`` and ``until`` are the first and the last day on which a proposal was published.
    """

    q: str = ""
    state: ProposalState | None = None
    area: Place | None = None
    district: Place | None = None
    department: Place | None = None
    call: Place | None = None
    period: str = ""
    since: date | None = None
    until: date | None = None
    order: str = "newest"
    view: str = "list"

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Choice":
        """Read the choices that are sound from the address."""
        state, period = query.get("state", ""), query.get("period", "")
        q = " ".join(query.get("q", "").replace("\0", "").split())[:LONGEST_QUESTION]
        own = period not in PERIODS
        return cls(
            q=q,
            state=ProposalState(state) if state in PUBLIC_STATES else None,
            area=_by_code(places.areas, query.get("area", "")),
            district=_by_code(places.districts, query.get("district", "")),
            department=_by_code(places.departments, query.get("department", "")),
            call=_by_code(places.calls, query.get("call", "")),
            period="" if own else period,
            since=_day(query.get("since", "")) if own else None,
            until=_day(query.get("until", "")) if own else None,
            order=_order(query.get("order", ""), q),
            view=query["view"] if query.get("view") in VIEWS else "list",
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words was chosen, apart from how it is shown."""
        return self.as_query(view=None, q=None, order=None) != ""

    @property
    def key(self) -> tuple[str, int, int]:
        """State, area and district, by which the database keeps numbers."""
        return (
            self.state or "",
            self.area.pk if self.area else 0,
            self.district.pk if self.district else 0,
        )

    @property
    def first_day(self) -> date | None:
        """The first day of the period, whether it was named or counted back from today."""
        days = PERIODS.get(self.period)
        return timezone.localdate() - timedelta(days=days) if days else self.since

    @property
    def has_period(self) -> bool:
        return bool(self.first_day or self.until)

    @property
    def moments(self) -> tuple[datetime | None, datetime | None]:
        """From when, and until before when, in the city's time."""
        after = self.until + timedelta(days=1) if self.until else None
        return _midnight(self.first_day), _midnight(after)

    def as_query(self, **changes: str | None) -> str:
        """Write the choice as the query of an address, without what is usual."""
        usual = "best" if self.q else "newest"
        chosen = {
            "q": self.q,
            "state": self.state or "",
            **{name: place.code for name in PLACES if (place := getattr(self, name))},
            "period": self.period,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "order": "" if self.order == usual else self.order,
            "view": "" if self.view == "list" else self.view,
        }
        return urlencode({name: value for name, value in (chosen | changes).items() if value})


def _order(asked: str, q: str) -> str:
    if asked in ORDERS and (q or asked != "best"):
        return asked
    return "best" if q else "newest"


def _by_code(known: Callable[[], Mapping[int, Place]], code: str) -> Place | None:
    return next((place for place in known().values() if place.code == code), None) if code else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 < day.year < 2200 else None  # noqa: PLR2004  what calendars of people hold


def _midnight(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
