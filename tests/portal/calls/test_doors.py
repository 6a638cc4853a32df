"""What calls and problems show elsewhere: the API, the desk, the search, exports, own data."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal import registry
from portal.accounts.domain import cast
from portal.calls import people
from portal.calls.domain import demo, jury, problems, teams
from portal.calls.models import Call, CallState, Criterion, Invitation, Problem, ProblemState
from portal.proposals.domain import thread
from tests.factories.calls import (
    CallFactory,
    EntryFactory,
    ProblemFactory,
    seat,
    team_of,
    track_of,
)
from tests.factories.portal import ProposalFactory


def waiting(key, person):
    queue = registry.desk_queues[key]
    items = queue.items(person, 10)
    assert queue.count(person) == len(items)
    return [item.title for item in items]


def test_the_api_lists_public_calls_and_filters_them(client, db):
    call = CallFactory(state=CallState.JUDGING, applicants=["company"])
    CallFactory(state=CallState.DRAFT, applicants=["company"])
    CallFactory()

    found = client.get("/api/v1/calls/", {"state": "judging", "applicant": "company"}).json()

    assert [row["id"] for row in found["results"]] == [call.pk]
    assert found["results"][0]["weights"] == dict.fromkeys(Criterion.values, 20)
    assert found["results"][0]["department"] == "traffic"
    assert client.get("/api/v1/calls/", {"state": "draft"}).status_code == 400


def test_the_api_gives_entries_only_with_the_results(client, db):
    running, done = CallFactory(state=CallState.JUDGING), CallFactory(state=CallState.PUBLISHED)
    for call in (running, done):
        EntryFactory(track=track_of(call))

    assert client.get(f"/api/v1/calls/{running.pk}/").json()["entries"] == []
    assert len(client.get(f"/api/v1/calls/{done.pk}/").json()["entries"]) == 1


def test_the_api_lists_shared_problems_without_their_reporters(client, db):
    problem = ProblemFactory()
    ProblemFactory(state=ProblemState.RECEIVED)

    found = client.get("/api/v1/problems/", {"district": "wonmi"}).json()["results"]

    assert [row["id"] for row in found] == [problem.pk]
    assert "reporter" not in found[0]
    assert client.post("/api/v1/problems/", {}).status_code in {403, 405}


@pytest.mark.parametrize("address", ["/api/v1/calls/", "/api/v1/problems/"])
def test_the_api_costs_the_same_for_any_number(client, db, address):
    costs = []
    for count in (1, 3):
        for _ in range(count):
            CallFactory(applicants=["citizen", "company"])
            ProblemFactory()
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        costs.append(len(captured))

    assert costs[0] == costs[1]


def test_desks_show_what_waits(omar, wendy, eric, ana):
    call = CallFactory(state=CallState.JUDGING)
    seat(track_of(call), eric)
    entry = EntryFactory(track=track_of(call))
    fresh, open_one = ProblemFactory(state=ProblemState.RECEIVED), ProblemFactory()

    assert waiting("calls-to-run", omar) == [call.title]
    assert waiting("calls-to-run", wendy) == []
    assert waiting("calls-to-score", eric) == [entry.title]
    assert waiting("problems-received", wendy) == [fresh.title]
    assert waiting("problems-open", omar) == [open_one.title]
    assert registry.desk_queues["calls-to-score"].concerns(eric)
    assert not registry.desk_queues["calls-to-score"].concerns(ana)


def test_scored_entries_leave_the_desk(eric):
    track = track_of(CallFactory(state=CallState.JUDGING))
    seat(track, eric)
    scored, conflict = EntryFactory(track=track), EntryFactory(track=track)
    EntryFactory(track=track, title="남은 것")
    jury.score(scored, by=eric, points=dict.fromkeys(Criterion.values, 5))
    jury.stand_back(conflict, by=eric, reason="가족입니다.")

    assert waiting("calls-to-score", eric) == ["남은 것"]


def test_the_desk_warns_when_no_call_was_open_for_long(omar):
    assert waiting("calls-alert", omar) == ["There was no call yet"]
    past = timezone.now() - timedelta(days=120)
    CallFactory(state=CallState.CLOSED, opens_at=past - timedelta(days=5), closes_at=past)
    assert waiting("calls-alert", omar) == ["No call was open for 120 days"]
    CallFactory()
    assert waiting("calls-alert", omar) == []


def test_the_search_finds_public_calls_and_problems_alone(db):
    call, problem = CallFactory(), ProblemFactory()
    CallFactory(state=CallState.DRAFT)
    ProblemFactory(state=ProblemState.RECEIVED)

    found = {
        key: [registry.search_sources[key].to_document(row)["title"] for row in rows]
        for key in ("call", "problem")
        for rows in [registry.search_sources[key].queryset()]
    }

    assert found == {"call": [call.title], "problem": [problem.title]}


def test_exports_have_a_value_for_each_column(db):
    EntryFactory(track=track_of(CallFactory(state=CallState.PUBLISHED)), use="used", used_in="여기")
    EntryFactory()
    ProblemFactory(latitude=37.5, longitude=126.7)
    ProblemFactory(state=ProblemState.RECEIVED)

    sizes = {}
    for key in ("calls", "call-entries", "problems"):
        export = registry.open_data_exports[key]
        rows = list(export.rows())
        assert {len(row) for row in rows} == {len(export.columns)}
        sizes[key] = len(rows)

    assert sizes == {"calls": 2, "call-entries": 1, "problems": 1}


def test_people_get_all_that_is_kept_of_them(ana, zoe):
    call = CallFactory()
    team = team_of(track_of(call), ana)
    teams.invite(team, by=ana, email=zoe.email)
    EntryFactory(track=track_of(call), author=ana)
    problem = ProblemFactory(reporter=ana)
    other = ProblemFactory()
    problems.back(other, by=ana)
    problems.weigh(problem, by=ana)
    problems.offer(other, by=ana, written={"company": "길", "text": "합니다.", "link": ""})
    seat(track_of(CallFactory()), ana)

    counts = {own.key: len(list(own.rows(ana))) for own in people.OWN}

    assert counts == {
        "call-entries": 1,
        "call-teams": 1,
        "call-invitations": 1,
        "call-juries": 1,
        "problems": 1,
        "problem-votes": 2,
        "problem-solutions": 1,
    }
    assert [len(list(own.rows(zoe))) for own in people.OWN] == [0, 0, 1, 0, 0, 0, 0]


def test_a_closed_account_leaves_no_address_behind(ana, zoe):
    team = team_of(track_of(CallFactory()), ana)
    teams.invite(team, by=ana, email=zoe.email)

    people.forget(zoe)

    assert Invitation.objects.get().email == ""
    assert not Invitation.objects.usable().exists()


def test_the_thread_of_a_proposal_tells_of_its_problem_and_call(ana, omar, transport):
    problem = ProblemFactory(state=ProblemState.RECEIVED, reporter=ana)
    problems.share(problem, by=omar, department=transport, reason="살핍니다.")
    proposal = ProposalFactory(author=ana)
    problem.proposal_links.create(proposal=proposal, added_by=ana)

    told = [step.entry.text for step in thread.of(proposal).steps]

    assert "The problem was shared with everyone" in told


def test_the_demo_shows_each_stage_and_can_be_loaded_twice(db, settings):
    cast.load()

    demo.load()
    demo.load()

    states = sorted(Call.objects.values_list("state", flat=True))
    assert states == ["judging", "open", "published"]
    assert Problem.objects.count() == 5
    assert not Call.objects.filter(is_sample=False).exists()
