"""The four clocks against dates worked out from the law, and against every other date."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.deadlines import (
    KST,
    WORKING_HOURS,
    Calendar,
    Pause,
    calendar_from,
    civil_days,
    is_off,
    months,
    weeks,
    with_pauses,
    work_days,
    work_hours,
    years,
)

KOREA = Calendar()
NO_HOLIDAYS = frozenset()
DAY = timedelta(days=1)
days = st.dates(min_value=date(2023, 1, 1), max_value=date(2048, 12, 31))
periods = st.integers(min_value=1, max_value=120)


def on(text):
    return date.fromisoformat(text)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=KST)


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-09-01", 30, "2026-10-01"),
        ("2026-08-26", 30, "2026-09-28"),  # would end on 추석
        ("2026-11-27", 30, "2026-12-28"),
        ("2027-01-08", 30, "2027-02-10"),  # would end on 설날; 9 February stands in for it
        ("2026-12-10", 15, "2026-12-28"),
        ("2026-11-22", 90, "2027-02-22"),
    ],
)
def test_civil_days_leave_the_first_out_and_end_on_an_open_day(start, n, due):
    assert civil_days(on(start), n, holidays=KOREA) == on(due)


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-09-18", 7, "2026-09-30"),
        ("2026-09-18", 14, "2026-10-13"),
        ("2026-11-23", 14, "2026-12-10"),
        ("2026-11-20", 10, "2026-12-03"),
        ("2027-02-03", 10, "2027-02-18"),
        ("2026-04-28", 7, "2026-05-08"),
    ],
)
def test_work_days_count_the_first_and_only_open_days(start, n, due):
    assert work_days(on(start), n, holidays=KOREA) == on(due)


@pytest.mark.parametrize(
    ("received", "hours", "due"),
    [
        ("2026-11-20T17:00", 8, "2026-11-23T17:00"),
        ("2026-09-23T16:30", 8, "2026-09-28T16:30"),
        ("2026-11-22T22:00", 8, "2026-11-23T18:00"),
        ("2026-11-20T16:00", 3, "2026-11-23T10:00"),
        ("2026-11-20T11:30", 40, "2026-11-27T11:30"),
    ],
)
def test_work_hours_run_from_the_minute_of_receipt(received, hours, due):
    assert work_hours(at(received), hours, holidays=KOREA) == at(due)


@pytest.mark.parametrize(
    "day",
    [
        "2026-03-02",
        "2026-05-25",
        "2026-08-17",
        "2026-10-05",
        "2027-02-09",
        "2027-05-03",
        "2027-07-19",
        "2027-08-16",
        "2027-10-11",
        "2027-12-27",
        "2028-10-05",
    ],
)
def test_the_calendar_knows_substitute_holidays(day):
    assert on(day) in KOREA


@pytest.mark.parametrize("day", ["2026-09-28", "2026-06-08", "2028-01-03"])
def test_the_calendar_adds_no_substitute_where_the_decree_has_none(day):
    assert on(day) not in KOREA
    assert not KOREA.is_off(on(day))


@pytest.mark.parametrize("day", ["2026-07-17", "2026-05-01", "2024-10-01", "2025-01-27"])
def test_the_calendar_knows_recent_and_extraordinary_holidays(day):
    assert on(day) in KOREA


def test_the_calendar_takes_extra_dates():
    calendar = calendar_from([on("2026-12-01")])

    assert calendar.is_off(on("2026-12-01"))
    assert work_days(on("2026-11-30"), 2, holidays=calendar) == on("2026-12-02")
    assert civil_days(on("2026-11-30"), 1, holidays=calendar) == on("2026-12-02")


def test_saturdays_are_off_though_not_holidays():
    assert on("2026-11-21") not in KOREA
    assert KOREA.is_off(on("2026-11-21"))


@pytest.mark.parametrize(
    ("first", "n", "due"),
    [
        ("2026-03-01", 1, "2026-03-31"),
        ("2026-03-10", 1, "2026-04-09"),
        ("2025-01-31", 1, "2025-02-28"),  # no 31st: the last day of the month
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-12-15", 1, "2027-01-14"),
        ("2026-11-01", 2, "2026-12-31"),
        ("2026-03-17", 1, "2026-04-16"),
        ("2026-02-14", 6, "2026-08-13"),
        ("2025-12-26", 9, "2026-09-28"),  # would end on 추석
    ],
)
def test_months_end_on_the_day_before_the_like_numbered_one(first, n, due):
    assert months(on(first), n, holidays=KOREA) == on(due)


def test_weeks_end_on_the_day_before_the_same_weekday():
    assert weeks(on("2026-11-24"), 3, holidays=KOREA) == on("2026-12-14")


def test_years_of_a_leap_day_end_with_february():
    assert years(on("2028-02-29"), 3, holidays=NO_HOLIDAYS) == on("2031-02-28")
    assert years(on("2026-01-01"), 3, holidays=NO_HOLIDAYS) == on("2028-12-31") + DAY


def test_a_pause_counts_the_day_of_the_request_and_of_the_arrival():
    pauses = [Pause(on("2026-09-03"), on("2026-09-04"))]

    due = with_pauses(civil_days, pauses)(on("2026-09-01"), 28, holidays=KOREA)

    assert due == on("2026-10-01")


def test_a_pause_pushes_working_days_by_working_days_only():
    pauses = [Pause(on("2026-11-27"), on("2026-11-30"))]  # Friday to Monday

    due = with_pauses(work_days, pauses)(on("2026-11-23"), 14, holidays=KOREA)

    assert due == on("2026-12-14")


def test_a_pause_pushes_working_hours():
    pauses = [Pause(on("2026-11-23"), on("2026-11-24"))]

    due = with_pauses(work_hours, pauses)(at("2026-11-20T17:00"), 8, holidays=KOREA)

    assert due == at("2026-11-25T17:00")


def test_a_pause_pushes_months_by_its_days():
    pauses = [Pause(on("2026-03-11"), on("2026-03-15"))]

    due = with_pauses(months, pauses)(on("2026-03-10"), 1, holidays=KOREA)

    assert due == on("2026-04-14")


def test_overlapping_pauses_count_once():
    one = [Pause(on("2026-09-03"), on("2026-09-08"))]
    two = [Pause(on("2026-09-03"), on("2026-09-06")), Pause(on("2026-09-05"), on("2026-09-08"))]

    assert civil_days(on("2026-09-01"), 30, holidays=KOREA, pauses=one) == civil_days(
        on("2026-09-01"), 30, holidays=KOREA, pauses=two
    )


def test_a_pause_within_the_pushed_period_counts_too():
    pauses = [Pause(on("2026-09-02"), on("2026-09-11")), Pause(on("2026-10-05"), on("2026-10-06"))]

    due = civil_days(on("2026-09-01"), 30, holidays=NO_HOLIDAYS, pauses=pauses)

    assert due == on("2026-10-13")


def test_a_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="before its start"):
        Pause(on("2026-09-04"), on("2026-09-03"))


@pytest.mark.parametrize("rule", [civil_days, work_days, weeks, months, years])
def test_a_period_of_nothing_is_refused(rule):
    with pytest.raises(ValueError, match="at least one"):
        rule(on("2026-09-01"), 0, holidays=KOREA)


def test_work_hours_refuse_a_time_without_its_zone():
    with pytest.raises(ValueError, match="time zone"):
        work_hours(datetime(2026, 9, 1, 9), 3, holidays=KOREA)  # noqa: DTZ001  the point of it


def test_work_hours_answer_in_korean_time():
    assert work_hours(datetime(2026, 11, 20, 8, tzinfo=UTC), 8, holidays=KOREA) == at(
        "2026-11-23T17:00"
    )


def test_work_hours_follow_other_hours():
    half_days = ((time(9), time(13)),)

    due = work_hours(at("2026-11-20T10:00"), 8, holidays=KOREA, working_hours=half_days)

    assert due == at("2026-11-24T10:00")


@given(days, periods)
def test_no_clock_ends_on_a_day_off(start, n):
    for rule in (civil_days, work_days, weeks):
        assert not is_off(rule(start, n, holidays=KOREA), KOREA)
    assert not is_off(months(start, n % 12 + 1, holidays=KOREA), KOREA)


@given(days, periods)
def test_more_days_never_end_sooner(start, n):
    for rule in (civil_days, work_days, weeks, months):
        assert rule(start, n, holidays=NO_HOLIDAYS) <= rule(start, n + 1, holidays=NO_HOLIDAYS)
    assert work_days(start, n, holidays=KOREA) < work_days(start, n + 1, holidays=KOREA)


@given(days, periods)
def test_a_later_start_never_ends_sooner(start, n):
    for rule in (civil_days, work_days, weeks, months):
        assert rule(start, n, holidays=KOREA) <= rule(start + DAY, n, holidays=KOREA)


@given(days, periods)
def test_civil_days_wait_no_longer_than_the_days_off_last(start, n):
    due = civil_days(start, n, holidays=KOREA)

    assert all(is_off(start + k * DAY, KOREA) for k in range(n, (due - start).days))


@given(days, periods)
def test_work_days_are_as_many_as_asked(start, n):
    due = work_days(start, n, holidays=KOREA)
    span = (start + k * DAY for k in range((due - start).days + 1))

    assert sum(not is_off(day, KOREA) for day in span) == n


@given(st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1)), st.integers(1, 60))  # noqa: DTZ001
def test_work_hours_end_within_working_hours(received, hours):
    due = work_hours(received.replace(tzinfo=KST), hours, holidays=KOREA)

    assert not is_off(due.date(), KOREA)
    assert any(opens < due.time() <= closes for opens, closes in WORKING_HOURS)


@given(st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1)), st.integers(1, 60))  # noqa: DTZ001
def test_more_work_hours_end_later(received, hours):
    received = received.replace(tzinfo=KST)

    due, later = (work_hours(received, h, holidays=KOREA) for h in (hours, hours + 1))

    assert later - due >= timedelta(hours=1)


@given(days, periods, st.integers(0, 60), st.integers(0, 30))
def test_a_pause_never_brings_a_deadline_forward(start, n, after, length):
    pause = Pause(start + after * DAY, start + (after + length) * DAY)

    for rule in (civil_days, work_days, weeks):
        paused = with_pauses(rule, [pause])(start, n, holidays=KOREA)
        assert paused >= rule(start, n, holidays=KOREA)
        assert paused not in pause
