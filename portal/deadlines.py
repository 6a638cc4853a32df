"""Until when an answer is due: the four clocks of Korean administrative law.

Which clock runs depends on the kind of request, never on taste:

``civil_days``   calendar days, the first not counted (민법 §157, §161; citizens' proposals)
``work_days``    working days, the first counted (민원처리법 §19(2); complaints given six days)
``work_hours``   working hours from the minute of receipt (민원처리법 §19(1); up to five days)
``weeks``, ``months``, ``years``   by the calendar (민법 §159-161; 민원처리법 §19(3))

Every clock is asked with ``holidays``, anything that can say whether a date is ``in`` it, and
stands still on the days of its ``pauses``. A deadline is a day that ends at midnight, Korean time,
except that of ``work_hours``, which is a minute.
"""

from calendar import monthrange
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from holidays import PUBLIC, country_holidays

KST = ZoneInfo("Asia/Seoul")
DAY = timedelta(days=1)
SATURDAY = 5
MONTHS_A_YEAR = 12

# 지방공무원 복무규정: nine to six with an hour for lunch, so that a working day has eight hours.
WORKING_HOURS = ((time(9), time(12)), (time(13), time(18)))

WorkingHours = tuple[tuple[time, time], ...]
Answer = TypeVar("Answer", date, datetime)


class Calendar:
    """The days on which offices are closed by decree, and those added by cabinet or ordinance."""

    def __init__(self, extra: Iterable[date] = ()) -> None:
        """Know the public holidays of every year and the ``extra`` dates (임시·지방공휴일)."""
        self._decreed = country_holidays("KR", categories=(PUBLIC,))
        self._extra = frozenset(extra)

    def __contains__(self, day: object) -> bool:
        """Whether ``day`` is a public holiday; Saturdays and plain Sundays are not in it."""
        return day in self._extra or day in self._decreed

    def is_off(self, day: date) -> bool:
        """Whether offices are closed on ``day``, for a holiday or a weekend."""
        return is_off(day, self)


def calendar_from(dates: Iterable[date]) -> Calendar:
    """Return the Korean calendar with these dates added, for instance those of a table."""
    return Calendar(extra=dates)


@dataclass(frozen=True)
class Pause:
    """Days that do not count: from the request for more until its arrival, both included.

    The source is 행정절차법 시행령 §11. A pause that has not ended has no deadline behind it,
    so it has no place here.
    """

    from_date: date
    to_date: date

    def __post_init__(self) -> None:
        """Refuse a pause that ends before it begins."""
        if self.to_date < self.from_date:
            raise ValueError(f"The pause ends on {self.to_date}, before its start.")

    def __contains__(self, day: date) -> bool:
        """Whether the clock stands still on ``day``."""
        return self.from_date <= day <= self.to_date


def is_off(day: date, holidays: Container[date]) -> bool:
    """Whether ``day`` is a Saturday, a Sunday or a holiday."""
    return day.weekday() >= SATURDAY or day in holidays


def civil_days(
    start: date, n: int, *, holidays: Container[date], pauses: Iterable[Pause] = ()
) -> date:
    """Return the last of ``n`` calendar days after ``start``, moved on to a working day."""
    _at_least_one(n)
    paused = _paused(pauses)
    last = _run(start, n, lambda day: not paused(day))
    return _next_open(last, holidays, paused)


def work_days(
    start: date, n: int, *, holidays: Container[date], pauses: Iterable[Pause] = ()
) -> date:
    """Return the ``n``-th working day, ``start`` being the first where it is one."""
    _at_least_one(n)
    paused = _paused(pauses)
    return _run(start - DAY, n, lambda day: not (is_off(day, holidays) or paused(day)))


def work_hours(
    at: datetime,
    hours: int,
    *,
    holidays: Container[date],
    pauses: Iterable[Pause] = (),
    working_hours: WorkingHours = WORKING_HOURS,
) -> datetime:
    """Return the minute at which ``hours`` working hours have passed since ``at``.

    ``at`` must know its time zone; the answer is in Korean time. A time that is reached at
    closing falls on closing, not on the next morning.
    """
    _at_least_one(hours)
    if at.tzinfo is None:
        raise ValueError("The time of receipt must know its time zone.")
    left, since, paused = timedelta(hours=hours), at.astimezone(KST), _paused(pauses)
    for day in _days_from(since.date()):
        if is_off(day, holidays) or paused(day):
            continue
        for opens, closes in _stretches(day, working_hours):
            worked = max(closes - max(opens, since), timedelta(0))
            if worked >= left:
                return max(opens, since) + left
            left -= worked
    raise OverflowError("The calendar has come to its end.")


def weeks(first: date, n: int, *, holidays: Container[date], pauses: Iterable[Pause] = ()) -> date:
    """Return the last day of ``n`` weeks of which ``first`` is the first day counted."""
    _at_least_one(n)
    return _after_pauses(first, first + n * 7 * DAY - DAY, holidays, pauses)


def months(first: date, n: int, *, holidays: Container[date], pauses: Iterable[Pause] = ()) -> date:
    """Return the last day of ``n`` months of which ``first`` is the first day counted.

    They end on the day before the like-numbered one; where that month is too short, on its
    last day (민법 §160). Give the day after the event where the first day does not count (§157).
    """
    _at_least_one(n)
    year, month = divmod(first.year * MONTHS_A_YEAR + first.month - 1 + n, MONTHS_A_YEAR)
    length = monthrange(year, month + 1)[1]
    too_short = first.day > length
    like = date(year, month + 1, min(first.day, length))
    return _after_pauses(first, like if too_short else like - DAY, holidays, pauses)


def years(first: date, n: int, *, holidays: Container[date], pauses: Iterable[Pause] = ()) -> date:
    """Return the last day of ``n`` years of which ``first`` is the first day counted."""
    return months(first, n * MONTHS_A_YEAR, holidays=holidays, pauses=pauses)


def with_pauses(rule: Callable[..., Answer], pauses: Iterable[Pause]) -> Callable[..., Answer]:
    """Return the same clock, standing still on the days of ``pauses``."""
    return partial(rule, pauses=tuple(pauses))


def _at_least_one(n: int) -> None:
    if n < 1:
        raise ValueError(f"A period has at least one unit, not {n}.")


def _paused(pauses: Iterable[Pause]) -> Callable[[date], bool]:
    known = tuple(pauses)
    return lambda day: any(day in pause for pause in known)


def _days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += DAY


def _run(start: date, n: int, counts: Callable[[date], bool]) -> date:
    """Return the ``n``-th day after ``start`` that ``counts``; ``start`` itself for none."""
    day = start
    while n:
        day += DAY
        n -= counts(day)
    return day


def _next_open(day: date, holidays: Container[date], paused: Callable[[date], bool]) -> date:
    """Return ``day`` or the next one on which offices are open and the clock runs (§161)."""
    while is_off(day, holidays) or paused(day):
        day += DAY
    return day


def _after_pauses(
    first: date, last: date, holidays: Container[date], pauses: Iterable[Pause]
) -> date:
    """Return ``last`` pushed by the paused days of ``first`` to then, on a working day."""
    paused = _paused(pauses)
    last = _run(first - DAY, (last - first).days + 1, lambda day: not paused(day))
    return _next_open(last, holidays, paused)


def _stretches(day: date, working_hours: WorkingHours) -> Iterator[tuple[datetime, datetime]]:
    for opens, closes in working_hours:
        yield datetime.combine(day, opens, KST), datetime.combine(day, closes, KST)
