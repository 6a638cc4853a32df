"""Who may do what, in which state."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from portal.calls.models import CallState, ProblemState
from tests.factories.calls import (
    CallFactory,
    EntryFactory,
    ProblemFactory,
    seat,
    team_of,
    track_of,
)

ALL = list(CallState)
EVERY = list(ProblemState)
OPEN = ["shared", "handled"]
# Who × act → the states in which it is allowed; all others are refused.
CALLS = [
    ("omar", "revise_call", ["draft"]),
    ("omar", "announce_call", ["draft"]),
    ("omar", "redate_call", ["announced", "open"]),
    ("omar", "cancel_call", ["announced", "open", "judging"]),
    ("omar", "seat_juror", ["draft", "announced", "open", "judging"]),
    ("omar", "publish_call", ["judging"]),
    ("omar", "close_call", ["published"]),
    ("omar", "enter_call", []),
    ("omar", "found_team", []),
    ("petra", "announce_call", ["draft"]),
    ("wendy", "revise_call", []),
    ("wendy", "publish_call", []),
    ("wendy", "cancel_call", []),
    ("wendy", "enter_call", ["open"]),
    ("zoe", "enter_call", ["open"]),
    ("zoe", "found_team", ["announced", "open"]),
    ("zoe", "seat_juror", []),
    ("zoe", "publish_call", []),
    ("olga", "cancel_call", []),
    ("nobody", "enter_call", []),
    ("nobody", "found_team", []),
    ("nobody", "revise_call", []),
]
ENTRIES = [
    ("ana", "revise_entry", ["open"]),
    ("ana", "withdraw_entry", ["open"]),
    ("ana", "score_entry", []),
    ("ana", "use_entry", []),
    ("eric", "score_entry", ["judging"]),
    ("eric", "revise_entry", []),
    ("zoe", "score_entry", []),
    ("zoe", "withdraw_entry", []),
    ("omar", "use_entry", ["judging"]),
    ("omar", "score_entry", []),
    ("omar", "withdraw_entry", []),
    ("wendy", "use_entry", []),
    ("nobody", "revise_entry", []),
    ("nobody", "score_entry", []),
    ("nobody", "use_entry", []),
]
PROBLEMS = [
    ("ana", "back_problem", []),
    ("ana", "weigh_problem", OPEN),
    ("ana", "propose_problem", [*OPEN, "not_solved"]),
    ("ana", "share_problem", []),
    ("zoe", "back_problem", OPEN),
    ("zoe", "weigh_problem", OPEN),
    ("zoe", "offer_solution", OPEN),
    ("zoe", "solve_problem", []),
    ("omar", "share_problem", ["received"]),
    ("omar", "handle_problem", ["shared", "not_solved"]),
    ("omar", "solve_problem", ["shared", "handled"]),
    ("omar", "drop_problem", ["received", "shared", "handled"]),
    ("omar", "offer_solution", []),
    ("wendy", "share_problem", ["received"]),
    ("wendy", "handle_problem", []),
    ("wendy", "solve_problem", []),
    ("wendy", "drop_problem", ["received"]),
    ("nobody", "back_problem", []),
    ("nobody", "weigh_problem", []),
    ("nobody", "offer_solution", []),
    ("nobody", "propose_problem", []),
    ("nobody", "share_problem", []),
]


@pytest.fixture
def cast(ana, zoe, omar, petra, wendy, eric, olga):
    people = {"ana": ana, "zoe": zoe, "omar": omar, "petra": petra, "wendy": wendy}
    return SimpleNamespace(**people, eric=eric, olga=olga, nobody=AnonymousUser())


def allowed(person, act, things):
    return [str(state) for state, thing in things if person.has_perm(f"calls.{act}", thing)]


def test_calls_are_run_by_their_department_and_entered_by_others(cast):
    things = [(state, CallFactory(state=state)) for state in ALL]

    found = [(who, act, allowed(getattr(cast, who), act, things)) for who, act, _states in CALLS]

    assert found == CALLS


def test_entries_are_changed_by_authors_scored_by_jurors_and_used_by_the_city(cast):
    things = []
    for state in ALL:
        track = track_of(CallFactory(state=state))
        seat(track, cast.eric)
        things.append((state, EntryFactory(track=track, author=cast.ana)))

    found = [(who, act, allowed(getattr(cast, who), act, things)) for who, act, _s in ENTRIES]

    assert found == ENTRIES


def test_problems_are_backed_by_others_and_handled_by_their_department(cast, transport):
    things = [
        (state, ProblemFactory(state=state, reporter=cast.ana, department=transport))
        for state in EVERY
    ]

    found = [(who, act, allowed(getattr(cast, who), act, things)) for who, act, _s in PROBLEMS]

    # The department of a problem that is only received cares for it already.
    assert found == PROBLEMS


@pytest.mark.parametrize(
    ("who", "act", "is_allowed"),
    [
        ("ana", "invite_team", True),
        ("ana", "share_team", True),
        ("ana", "leave_team", False),
        ("zoe", "invite_team", False),
        ("zoe", "leave_team", True),
        ("nobody", "invite_team", False),
    ],
)
def test_teams_are_led_by_their_founder(cast, who, act, is_allowed):
    team = team_of(track_of(CallFactory()), cast.ana)

    assert getattr(cast, who).has_perm(f"calls.{act}", team) is is_allowed


@pytest.mark.parametrize(
    ("who", "act", "is_allowed"),
    [
        ("omar", "plan_call", True),
        ("petra", "plan_call", True),
        ("ana", "plan_call", False),
        ("olga", "plan_call", False),
        ("nobody", "plan_call", False),
        ("ana", "report_problem", True),
        ("nobody", "report_problem", False),
    ],
)
def test_anyone_reports_and_officials_plan(cast, who, act, is_allowed):
    assert getattr(cast, who).has_perm(f"calls.{act}") is is_allowed
