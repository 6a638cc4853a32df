"""The scoreboard: every figure by its rule, no share of few, no ranking."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Department
from portal.delivery import exports
from portal.delivery.domain import scoreboard, spans, tallies
from portal.delivery.models import Mark
from portal.proposals.models import ProposalState, Reexamination
from portal.registry import open_data_exports
from tests.factories.portal import ProposalFactory, UserFactory

S = ProposalState
OCTOBER = spans.parse("2026-10")


def on(day):
    """Noon in Korea of a day in October 2026."""
    return datetime(2026, 10, day, 3, tzinfo=UTC)


def decided(state=S.ADOPTED, *, began=1, due=20, answered=15, department="traffic", **fields):
    return ProposalFactory(
        state=state,
        department=Department.objects.get(code=department),
        clock_started_on=date(2026, 10, began),
        due_on=date(2026, 10, due),
        decided_at=on(answered),
        **fields,
    )


def lines(span=OCTOBER):
    """The scoreboard once the worker has counted what moved."""
    tallies.follow()
    return scoreboard.of(span)


def october(code="traffic"):
    return next(line.now for line in lines() if line.now.code == code)


@pytest.mark.parametrize(
    ("key", "start", "end", "before"),
    [
        ("2026-01", date(2026, 1, 1), date(2026, 2, 1), "2025-12"),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1), "2026-11"),
        ("2026-Q1", date(2026, 1, 1), date(2026, 4, 1), "2025-Q4"),
        ("2026-Q4", date(2026, 10, 1), date(2027, 1, 1), "2026-Q3"),
        ("2026", date(2026, 1, 1), date(2027, 1, 1), "2025"),
    ],
)
def test_spans_begin_end_and_follow(key, start, end, before):
    span = spans.parse(key)

    assert (span.start, span.end, span.previous().key) == (start, end, before)


@pytest.mark.parametrize("text", ["2026-13", "2026-Q5", "1999", "now", "", "2026-11'--"])
def test_what_is_no_span_is_none(text):
    assert spans.parse(text) is None


def test_answers_count_by_due_date_and_by_day_of_the_answer(db):
    decided(answered=15)
    decided(answered=20)
    decided(S.NOT_ADOPTED, answered=25)
    decided(due=30, answered=31)

    row = october()

    assert (row.due, row.came_due, row.in_time_count) == (4, 4, 2)
    assert (row.answered, row.decided, row.accepted_count) == (4, 4, 3)


def test_what_is_late_and_owed_counts_against_the_department(db):
    ProposalFactory(state=S.ANSWER_DUE, due_on=date(2026, 10, 9))
    decided(answered=15)

    row = october()

    assert (row.open, row.overdue) == (1, 1)
    assert (row.in_time_count, row.came_due) == (1, 2)


def test_what_is_not_due_yet_does_not_count_against_anyone(db):
    today = timezone.localdate()
    span = spans.year_of(today + timedelta(days=400))
    ProposalFactory(state=S.ANSWER_DUE, due_on=span.start)

    row = lines(span)[0].now

    assert (row.open, row.overdue, row.due, row.came_due) == (1, 0, 1, 0)


def test_a_paused_clock_is_not_overdue(db):
    ProposalFactory(state=S.SUPPLEMENT, due_on=date(2026, 10, 9))

    row = october()

    assert (row.open, row.overdue) == (1, 0)


def test_a_referral_is_an_answer_that_decides_nothing(db):
    ProposalFactory(
        state=S.REFERRED,
        clock_started_on=date(2026, 10, 1),
        due_on=date(2026, 10, 20),
        state_since=on(12),
    )

    row = october()

    assert (row.answered, row.decided, row.in_time_count) == (1, 0, 1)


@pytest.mark.parametrize("state", [S.WITHDRAWN, S.CONVERTED, S.LAPSED, S.MERGED])
def test_what_left_the_street_does_not_count(db, state):
    ProposalFactory(
        state=state,
        department=Department.objects.get(code="traffic"),
        due_on=date(2026, 10, 9),
        clock_started_on=date(2026, 10, 1),
    )

    assert lines() == []


def test_hidden_proposals_do_not_count(db):
    decided(visibility="hidden")

    assert lines() == []


def test_no_share_median_or_mean_of_few(db):
    found = [decided(answered=day) for day in (3, 5, 9, 21)]
    few = october()
    found.append(decided(answered=25))

    enough = october()

    assert (few.in_time.percent, few.median_days, few.accepted.percent) == (None, None, None)
    assert (enough.in_time.percent, enough.median_days) == (60, 8.0)
    assert enough.accepted.percent == 100


def test_ratings_count_with_their_people(db):
    proposal = decided()
    for score in (5, 4, 4, 3, 1):
        Mark.objects.create(proposal=proposal, person=UserFactory(), kind="answer", score=score)
    Mark.objects.create(proposal=proposal, person=UserFactory(), kind="result", score=1)

    row = october()

    assert (row.marks, row.satisfaction) == (5, 3.4)


def test_reexaminations_count_in_the_period_in_which_they_were_asked(db):
    proposal = decided(S.NOT_ADOPTED)
    Reexamination.objects.create(
        proposal=proposal,
        kind="refused",
        reason="다시",
        round=1,
        answer_before="아니오",
        asked_at=on(18),
    )

    assert october().reopened == 1


def test_departments_stand_in_the_order_of_their_codes_and_the_city_last(db):
    for _ in range(3):
        decided(department="welfare")
    decided(department="traffic", answered=25)

    codes = [line.now.code for line in lines()]

    assert codes == ["traffic", "welfare", ""]
    assert october("").answered == 4


def test_the_period_before_stands_beside(db):
    decided()

    line = lines(spans.parse("2026-11"))[0]

    assert (line.now.answered, line.before.answered) == (0, 1)


def test_the_page_names_denominators_and_rules(client, db):
    for day in (3, 5, 9, 21, 25):
        decided(answered=day)
    tallies.follow()

    page = client.get(reverse("delivery:scoreboard"), {"period": "2026-10"}).text

    assert "3 of 5, 60%" in page
    assert "What each column counts" in page
    assert "this is no ranking" in page


@pytest.mark.parametrize("period", ["2026-99", "x", "'; DROP TABLE", "1", "2026-10" * 50])
def test_a_period_that_is_none_is_said_and_the_quarter_shown(client, db, period):
    response = client.get(reverse("delivery:scoreboard"), {"period": period})

    assert response.status_code == 200
    assert "Select a valid choice" in response.text


@pytest.mark.parametrize("departments", [1, 3])
def test_the_scoreboard_is_one_query(client, db, django_assert_max_num_queries, departments):
    for code in ("traffic", "welfare", "smart-city")[:departments]:
        decided(department=code)
    tallies.follow()

    with django_assert_max_num_queries(1):
        scoreboard.of(OCTOBER)


def test_csv_and_json_say_the_same(client, db):
    decided()
    tallies.follow()

    as_csv = client.get(reverse("delivery:scoreboard_csv"), {"period": "2026-10"})
    as_json = client.get(reverse("delivery:scoreboard_json"), {"period": "2026-10"}).json()

    lines = as_csv.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("period,department_code")
    assert lines[1].startswith("2026-10,traffic,")
    assert as_json["rows"][0]["answered"] == 1
    assert set(as_json["columns"]) == set(lines[0].split(","))


def test_programs_read_plans_and_the_scoreboard(client, db):
    decided()
    tallies.follow()

    found = client.get("/api/v1/scoreboard/", {"period": "2026-10"})
    wrong = client.get("/api/v1/scoreboard/", {"period": "soon"})

    assert found.json()["rows"][0]["department_code"] == "traffic"
    assert wrong.status_code == 400
    assert client.get("/api/v1/plans/").json()["results"] == []


def test_the_open_data_has_a_row_for_each_department_and_month(db):
    decided()
    tallies.follow()

    rows = list(exports.rows())

    assert open_data_exports["scoreboard"] is exports.EXPORT
    assert {len(row) for row in rows} == {len(exports.COLUMNS)}
    assert ("2026-10", "traffic") in {row[:2] for row in rows}
    assert json.dumps(rows, default=str)
