"""Days, weeks, months, quarters: how they are written, where they begin, end, what came before.

A period begins on ``start`` and ends before ``end``: the day ``end`` is the first that does not
belong to it. Weeks are those of ISO 8601 (Monday to Sunday).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from portal.bilingual import day as in_words
from portal.refusals import Refused

DAY, WEEK, MONTH, QUARTER = "day", "week", "month", "quarter"
A_WEEK = timedelta(days=7)
A_DAY = timedelta(days=1)
MONTHS_IN_QUARTER = 3
FORMS = {
    DAY: re.compile(r"(\d{4})-(\d{2})-(\d{2})"),
    WEEK: re.compile(r"(\d{4})-W(\d{2})"),
    MONTH: re.compile(r"(\d{4})-(\d{2})"),
    QUARTER: re.compile(r"(\d{4})-Q([1-4])"),
}


@dataclass(frozen=True, order=True)
class Period:
    """A span of days; ``key`` is how it is written: ``2026-11-23`` or ``2026-W47``."""

    start: date
    end: date
    every: str
    key: str

    def __str__(self) -> str:
        return self.label

    @property
    def last_day(self) -> date:
        return self.end - A_DAY

    @property
    def label(self) -> str:
        """The period in words, in the language of the moment."""
        if self.every == DAY:
            return in_words(self.start)
        year, number = (int(part) for part in re.findall(r"\d+", self.key))
        words = {
            WEEK: _("Week {number} of {year}"),
            MONTH: _("Month {number} of {year}"),
            QUARTER: _("Quarter {number} of {year}"),
        }
        return words[self.every].format(year=year, number=number)

    def previous(self) -> "Period":
        return containing(self.start - A_DAY, self.every)

    def next(self) -> "Period":
        return containing(self.end, self.every)


def parse(text: str, every: str) -> Period:
    """Read a period as it is written. Raises ``Refused`` where it is none."""
    found = FORMS[every].fullmatch(text.strip())
    try:
        return MAKERS[every](*map(int, found.groups()))  # type: ignore[union-attr]
    except (AttributeError, TypeError, ValueError, OverflowError):
        examples = {DAY: "2026-11-23", WEEK: "2026-W47", MONTH: "2026-10", QUARTER: "2026-Q3"}
        raise Refused(
            _("“{text}” is no period of this report. Write it like {example}.").format(
                text=text[:40], example=examples[every]
            )
        ) from None


def containing(day: date, every: str) -> Period:
    """Find the period in which ``day`` lies."""
    if every == DAY:
        return _day(day.year, day.month, day.day)
    if every == WEEK:
        year, week, _weekday = day.isocalendar()
        return _week(year, week)
    if every == MONTH:
        return _month(day.year, day.month)
    return _quarter(day.year, (day.month - 1) // MONTHS_IN_QUARTER + 1)


def last_ended(today: date, every: str) -> Period:
    """Find the newest period that has ended by the beginning of ``today``."""
    return containing(today, every).previous()


def ended_since(first_day: date, today: date, every: str) -> Iterator[Period]:
    """Yield the periods from that of ``first_day`` on that have ended, oldest first."""
    period = containing(first_day, every)
    while period.end <= today:
        yield period
        period = period.next()


def require_ended(period: Period, today: date) -> Period:
    """Refuse a period whose figures may still change."""
    if period.end > today:
        raise Refused(
            _("{period} has not ended yet. Its report can be made from {day} on.").format(
                period=period.label, day=period.end.isoformat()
            )
        )
    return period


def _day(year: int, month: int, number: int) -> Period:
    start = date(year, month, number)
    return Period(start, start + A_DAY, DAY, start.isoformat())


def _week(year: int, number: int) -> Period:
    monday = date.fromisocalendar(year, number, 1)
    return Period(monday, monday + A_WEEK, WEEK, f"{year:04}-W{number:02}")


def _month(year: int, number: int) -> Period:
    first = date(year, number, 1)
    return Period(first, _first_after(first, 1), MONTH, f"{year:04}-{number:02}")


def _quarter(year: int, number: int) -> Period:
    first = date(year, (number - 1) * MONTHS_IN_QUARTER + 1, 1)
    return Period(first, _first_after(first, MONTHS_IN_QUARTER), QUARTER, f"{year:04}-Q{number}")


def _first_after(first: date, months: int) -> date:
    year, month = divmod(first.month - 1 + months, 12)
    return date(first.year + year, month + 1, 1)


MAKERS: dict[str, Callable[..., Period]] = {
    DAY: _day,
    WEEK: _week,
    MONTH: _month,
    QUARTER: _quarter,
}
