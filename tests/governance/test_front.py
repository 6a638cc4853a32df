"""What councils tell the front door: the thread, the desk, the search, programs."""

import pytest

from governance import desk, search, thread
from governance.domain import demo, divisions
from governance.models import Council, MeetingState, Motion, MotionState
from portal import registry
from portal.accounts.domain import cast
from portal.identity.domain import demo as identity_demo
from portal.proposals.domain import demo as proposals_demo
from portal.proposals.domain import thread as proposals_thread
from portal.proposals.models import Proposal, ProposalState
from tests.factories.governance import CouncilFactory, MeetingFactory, MotionFactory, session
from tests.factories.portal import ProposalFactory


def test_thread_names_the_motion_and_its_meeting(members):
    motion, meeting, _seats = session(members)

    subjects = thread.subjects(motion.proposal)

    assert set(subjects) == {f"governance.motion:{motion.pk}", f"governance.meeting:{meeting.pk}"}


def test_thread_announces_the_next_meeting(db):
    motion = MotionFactory()
    meeting = MeetingFactory(council=motion.council, state=MeetingState.NOTICED)
    meeting.items.create(order=1, title="It", motion=motion)

    upcoming = thread.upcoming(motion.proposal)

    assert [entry.url for entry in upcoming] == [meeting.get_absolute_url()]


def test_thread_says_that_a_meeting_is_awaited(db):
    motion = MotionFactory()

    upcoming = thread.upcoming(motion.proposal)

    assert [(entry.due, entry.url) for entry in upcoming] == [(None, motion.get_absolute_url())]


def test_desk_of_a_member_has_the_open_votes_until_voted(members):
    motion, _meeting, _seats = session(members)

    before = desk.votes(members[0], 10)
    divisions.vote(motion, by=members[0], choice="yes")

    assert [item.title for item in before] == [motion.title]
    assert not desk.votes(members[0], 10)
    assert desk.to_vote(members[1]).count() == 1


def test_desk_of_the_secretary_has_what_is_due(sam):
    planned, closed = MeetingFactory(), MeetingFactory(state=MeetingState.CLOSED)
    untabled = ProposalFactory(state=ProposalState.REFERRED)
    tabled = MotionFactory()

    lists = {queue.key: queue for queue in desk.QUEUES}
    found = {key: [i.title for i in queue.items(sam, 10)] for key, queue in lists.items()}

    assert found == {
        "governance-votes": [],
        "governance-proposals": [untabled.title],
        "governance-motions": [tabled.title],
        "governance-notices": [planned.title],
        "governance-minutes": [closed.title],
        "governance-signatures": [],
    }
    assert [lists[key].count(sam) for key in found] == [0, 1, 1, 1, 1, 0]
    assert lists["governance-notices"].concerns(sam)


def test_desk_of_a_citizen_has_none_of_it(ana):
    assert not any(queue.concerns(ana) for queue in desk.QUEUES)


def test_search_finds_what_everyone_may_see(db):
    MeetingFactory()
    shown = MeetingFactory(state=MeetingState.NOTICED)
    motion = MotionFactory(council=shown.council)
    shown.items.create(order=1, title="Parking", motion=motion)

    found = {source.key: list(source.queryset()) for source in search.SOURCES}

    assert found["meeting"] == [shown]
    assert found["meeting"][0].changed_at == shown.state_since
    assert "Parking" in search.meeting(found["meeting"][0])["body"]
    assert search.motion(motion)["url"] == motion.get_absolute_url()
    assert search.council(shown.council)["title"] == shown.council.name_ko


@pytest.mark.parametrize("state", [*MotionState, *MeetingState])
def test_every_state_has_a_verb(state):
    label = "motion" if state in list(MotionState) else "meeting"

    assert f"governance.{label}:{state}" in registry.verbs


def test_programs_read_councils_meetings_and_motions(client, members, sam):
    motion, meeting, _seats = session(members)
    for member in members:
        divisions.vote(motion, by=member, choice="yes")

    during = client.get(f"/api/v1/motions/{motion.pk}/").json()
    divisions.close(motion, by=sam)
    after = client.get(f"/api/v1/motions/{motion.pk}/").json()
    council = client.get(f"/api/v1/councils/{motion.council.code}/").json()
    listed = client.get("/api/v1/meetings/", {"council": motion.council.code}).json()

    assert during["votes"] == []
    assert [vote["choice"] for vote in after["votes"]] == ["yes"] * 3
    assert len(council["seats"]) == 3
    assert [row["id"] for row in listed["results"]] == [meeting.pk]
    assert client.post("/api/v1/motions/", {}).status_code in {401, 403, 405}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("councils", 3), ("meetings", 2), ("motions", 2)])
def test_programs_read_lists_at_one_price(
    client, db, name, queries, count, django_assert_num_queries
):
    for _ in range(count):
        MotionFactory(council=CouncilFactory())
        MeetingFactory(state=MeetingState.NOTICED)

    with django_assert_num_queries(queries):
        response = client.get(f"/api/v1/{name}/")

    assert response.status_code == 200


def test_demo_carries_the_motion_on_shared_parking(db):
    cast.load()
    identity_demo.load()
    proposals_demo.load()

    demo.load()
    demo.load()

    parking = Proposal.objects.get(title=proposals_demo.PARKING_TITLE)
    motion = parking.motions.get()
    assert parking.state == ProposalState.ADOPTED
    assert motion.outcome["counts"] == {
        "seated": 9,
        "present": 8,
        "yes": 6,
        "no": 1,
        "abstain": 1,
        "recused": 1,
        "chair_vote": None,
    }
    assert Council.objects.filter(code=demo.CODE).count() == 1
    assert Motion.objects.open().count() == 1
    assert "governance.motion:carried" in {
        step.entry.verb for step in proposals_thread.of(parking).steps
    }
