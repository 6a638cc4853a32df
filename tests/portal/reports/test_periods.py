from datetime import date

import pytest
from django.utils import translation

from portal.refusals import Refused
from portal.reports import periods


@pytest.mark.parametrize(
    ("text", "every", "start", "end"),
    [
        ("2026-12-31", "day", date(2026, 12, 31), date(2027, 1, 1)),
        ("2026-W47", "week", date(2026, 11, 16), date(2026, 11, 23)),
        ("2026-W53", "week", date(2026, 12, 28), date(2027, 1, 4)),
        ("2020-W01", "week", date(2019, 12, 30), date(2020, 1, 6)),
        ("2026-10", "month", date(2026, 10, 1), date(2026, 11, 1)),
        ("2026-12", "month", date(2026, 12, 1), date(2027, 1, 1)),
        ("2026-Q4", "quarter", date(2026, 10, 1), date(2027, 1, 1)),
        (" 2026-Q1 ", "quarter", date(2026, 1, 1), date(2026, 4, 1)),
    ],
)
def test_parse_gives_the_first_day_and_the_first_day_after(text, every, start, end):
    period = periods.parse(text, every)

    assert (period.start, period.end, period.key) == (start, end, text.strip())


@pytest.mark.parametrize(
    ("text", "every"),
    [
        ("2026-02-30", "day"), ("2026-2-3", "day"), ("9999-12-31", "day"),
        ("2026-W54", "week"), ("2025-W53", "week"), ("2026-W00", "week"), ("2026-13", "month"),
        ("2026-00", "month"), ("0000-01", "month"), ("2026-Q5", "quarter"), ("2026-10", "quarter"),
        ("", "month"), ("2026-10-01", "month"), ("２０２６-10", "week"), ("9999-12", "month"),
        ("9999-W52", "week"), ("9999-Q4", "quarter"), ("{0}", "month"),
    ],
)  # fmt: skip
def test_parse_refuses_what_is_no_period(text, every):
    with pytest.raises(Refused, match="is no period of this report"):
        periods.parse(text, every)


@pytest.mark.parametrize("every", ["day", "week", "month", "quarter"])
def test_periods_follow_each_other_without_gaps(every):
    period = periods.containing(date(2019, 12, 31), every)

    for _step in range(60):
        assert period.next().start == period.end
        assert period.next().previous() == period
        assert periods.parse(period.key, every) == period
        period = period.next()


def test_ended_since_begins_with_the_period_of_the_first_day():
    found = periods.ended_since(date(2026, 8, 15), date(2026, 11, 1), "month")

    assert [period.key for period in found] == ["2026-08", "2026-09", "2026-10"]


def test_last_ended_is_the_period_before_today():
    assert periods.last_ended(date(2026, 11, 1), "month").key == "2026-10"
    assert periods.last_ended(date(2026, 10, 31), "month").key == "2026-09"


def test_require_ended_refuses_until_the_first_day_after():
    october = periods.parse("2026-10", "month")

    assert periods.require_ended(october, date(2026, 11, 1)) == october
    with pytest.raises(Refused, match=r"has not ended yet.*2026-11-01"):
        periods.require_ended(october, date(2026, 10, 31))


def test_label_is_in_the_language_of_the_moment():
    with translation.override("en"):
        assert periods.parse("2026-W47", "week").label == "Week 47 of 2026"
    with translation.override("ko"):
        assert periods.parse("2026-W47", "week").label == "2026년 47주"
