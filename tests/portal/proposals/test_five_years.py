"""The clock of the duty to answer over five years of Korean holidays, each day a start.

The dates are typed from the Regulation on Public Holidays of Government Offices (관공서의
공휴일에 관한 규정) and its substitutes, so that the clock is held against them and not against
the package that it uses.
"""

from datetime import date, timedelta

import pytest

from portal import deadlines

# Lunar days: Seollal (its middle), the Buddha's birthday, Chuseok (its middle).
LUNAR = {
    2023: ((1, 22), (5, 27), (9, 29)),
    2024: ((2, 10), (5, 15), (9, 17)),
    2025: ((1, 29), (5, 5), (10, 6)),
    2026: ((2, 17), (5, 24), (9, 25)),
    2027: ((2, 7), (5, 13), (9, 15)),
    2028: ((1, 27), (5, 2), (10, 3)),
}
# National days, Children's Day and Christmas; Constitution Day and Labour Day since 2026.
FIXED = ((1, 1), (3, 1), (5, 5), (6, 6), (8, 15), (10, 3), (10, 9), (12, 25))
SINCE_2026 = ((5, 1), (7, 17))
# Substitutes under article 3 of the Regulation, and days that the cabinet or an election made.
SUBSTITUTES = """
2023-01-24 2023-05-29
2024-02-12 2024-05-06
2025-03-03 2025-05-06 2025-10-08
2026-03-02 2026-05-25 2026-08-17 2026-10-05
2027-02-09 2027-05-03 2027-07-19 2027-08-16 2027-10-04 2027-10-11 2027-12-27
2028-10-05
"""
PROCLAIMED = """
2023-10-02 2024-04-10 2024-10-01 2025-01-27 2025-06-03 2026-06-03 2028-04-12
"""
FIRST, LAST = date(2023, 1, 1), date(2027, 12, 31)
STARTS = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]


def typed():
    days = {date.fromisoformat(day) for day in (SUBSTITUTES + PROCLAIMED).split()}
    for year, (new_year, buddha, harvest) in LUNAR.items():
        days |= {date(year, *day) for day in FIXED}
        days |= {date(year, *day) for day in SINCE_2026 if year >= 2026}
        days.add(date(year, *buddha))
        for month, day in (new_year, harvest):
            middle = date(year, month, day)
            days |= {middle - timedelta(1), middle, middle + timedelta(1)}
    return days


OFF = typed()


def is_off(day):
    return day.weekday() >= 5 or day in OFF


def naive_civil(start, n):
    """The nth day after the start, or the next on which offices are open."""
    day = start + timedelta(n)
    while is_off(day):
        day += timedelta(1)
    return day


def naive_work(start, n):
    """The nth day on which offices are open, the start counted where it is one."""
    open_days = (start + timedelta(k) for k in range(200))
    return [day for day in open_days if not is_off(day)][n - 1]


@pytest.fixture(scope="module")
def calendar():
    return deadlines.Calendar()


def test_the_calendar_has_the_days_of_the_decree(calendar):
    wrong = [day for day in STARTS if (day in OFF) != (day in calendar) and day.weekday() < 5]

    assert wrong == []


@pytest.mark.parametrize("n", [7, 15, 21, 30, 60])
def test_a_civil_period_ends_on_the_day_that_counting_by_hand_gives(calendar, n):
    for start in STARTS:
        due = deadlines.civil_days(start, n, holidays=calendar)

        assert due == naive_civil(start, n), start
        assert not is_off(due), start
        assert due >= start + timedelta(n), start


@pytest.mark.parametrize("n", [7, 14])
def test_working_days_end_on_the_day_that_counting_by_hand_gives(calendar, n):
    for start in STARTS:
        due = deadlines.work_days(start, n, holidays=calendar)

        assert due == naive_work(start, n), start
        assert not is_off(due), start


def test_a_stop_gives_back_exactly_its_days(calendar):
    """A stop of ``k`` days within the period is a period longer by ``k`` days."""
    for start in STARTS[::7]:
        for first, length in ((1, 1), (3, 5), (10, 21)):
            since = start + timedelta(first)
            stop = deadlines.Pause(since, since + timedelta(length - 1))

            due = deadlines.civil_days(start, 30, holidays=calendar, pauses=[stop])

            assert due == naive_civil(start, 30 + length), start
