"""Months, quarters and years of the scoreboard: how they are written and what came before."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

MONTHS = 12
A_QUARTER = 3
A_DAY = timedelta(days=1)
WRITTEN = re.compile(r"(?P<year>20\d{2})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?")


@dataclass(frozen=True)
class Span:
    """Days from ``start`` until before ``end``; ``key`` is ``2026``, ``2026-Q4`` or ``2026-11``."""

    key: str
    start: date
    end: date

    @property
    def label(self) -> str:
        """The span in words, in the language of the moment."""
        found = WRITTEN.fullmatch(self.key)
        year, quarter, month = found.groups() if found else (self.key, None, None)
        if quarter:
            return _("Quarter {number} of {year}").format(number=quarter, year=year)
        if month:
            return _("Month {number} of {year}").format(number=int(month), year=year)
        return _("The year {year}").format(year=year)

    @property
    def last_day(self) -> date:
        return self.end - A_DAY

    def previous(self) -> "Span":
        day = self.start - A_DAY
        if "Q" in self.key:
            return quarter_of(day)
        return month_of(day) if "-" in self.key else year_of(day)


def parse(text: str) -> Span | None:
    """Read a span as it is written, or give ``None``."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    year, quarter, month = found.groups()
    if quarter:
        return quarter_of(date(int(year), int(quarter) * A_QUARTER, 1))
    return month_of(date(int(year), int(month), 1)) if month else year_of(date(int(year), 1, 1))


def month_of(day: date) -> Span:
    return _span(f"{day:%Y-%m}", day.year, day.month, 1)


def quarter_of(day: date) -> Span:
    number = (day.month - 1) // A_QUARTER
    return _span(f"{day.year}-Q{number + 1}", day.year, number * A_QUARTER + 1, A_QUARTER)


def year_of(day: date) -> Span:
    return _span(str(day.year), day.year, 1, MONTHS)


def back_from(span: Span, many: int) -> Iterator[Span]:
    """``span`` and those before it, ``many`` in all, newest first."""
    for _number in range(many):
        yield span
        span = span.previous()


def _span(key: str, year: int, month: int, months: int) -> Span:
    years, rest = divmod(month - 1 + months, MONTHS)
    return Span(key, date(year, month, 1), date(year + years, rest + 1, 1))
