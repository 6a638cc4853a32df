"""What is handed in to a call."""

import pytest
from django.core.files.base import ContentFile

from portal.calls.domain import entries
from portal.calls.models import CallKind, CallState, EntryForm, EntryState
from portal.proposals.models import Area, Channel, Proposal, ProposalState
from portal.quarantine.domain import files
from portal.refusals import Refused
from portal.thresholds.domain import crossings
from portal.thresholds.domain.steps import Rulebook
from portal.thresholds.models import Duty, Effect
from portal.uploads import Checked
from tests.factories.calls import CallFactory, EntryFactory, seat, team_of, track_of
from tests.factories.portal import support_by
from tests.factories.thresholds import make_step

IDEA = {"form": EntryForm.IDEA, "title": "빈 주차면 나누기", "text": "이웃과 씁니다."}


def proposal_words():
    return {
        "title": "골목 주차를 나누어요",
        "problem": "댈 곳이 없습니다.",
        "solution": "나누어 씁니다.",
        "area": Area.objects.get(code="housing-transport"),
    }


@pytest.fixture
def track(db):
    return track_of(CallFactory())


def test_a_citizen_takes_part_with_a_proposal(ana, track):
    entry = entries.propose(track, by=ana, written=proposal_words())

    assert entry.form == EntryForm.PROPOSAL
    assert entry.proposal.channel == Channel.CALL
    assert entry.proposal.state == ProposalState.SUBMITTED


def test_a_proposal_to_a_call_follows_its_steps_until_it_leaves(ana, track):
    own = make_step(2, Effect.ANSWER, call=str(track.call_id))
    entry = entries.propose(track, by=ana, written=proposal_words())

    in_the_call = Rulebook.read().of_proposal(entry.proposal)
    support_by(entry.proposal, 2)
    crossings.follow()

    assert in_the_call == [own]
    assert Duty.objects.get().step == own
    entries.withdraw(entry, by=ana)
    assert own not in Rulebook.read().of_proposal(entry.proposal)
    assert Proposal.objects.get().call_id is None


def test_an_idea_keeps_its_file(ana, track):
    checked = Checked("그림.pdf", "application/pdf", 4, "0" * 64)

    entry = entries.submit(
        track, by=ana, written=IDEA, file=(ContentFile(b"%PDF", name="x.pdf"), checked)
    )

    files.check_waiting()
    with entry.file.storage.open(entry.file.name) as kept:
        assert (entry.file_name, kept.read()) == ("그림.pdf", b"%PDF")


def test_a_second_entry_is_refused(ana, track):
    entries.submit(track, by=ana, written=IDEA)

    with pytest.raises(Refused, match="already"):
        entries.submit(track, by=ana, written=IDEA)
    with pytest.raises(Refused, match="already"):
        entries.propose(track, by=ana, written=proposal_words())


def test_entering_is_refused_to_organisers_and_jurors_and_when_closed(omar, eric, ana, track):
    seat(track, eric)

    with pytest.raises(Refused, match="runs this call"):
        entries.submit(track, by=omar, written=IDEA)
    with pytest.raises(Refused, match="judges"):
        entries.submit(track, by=eric, written=IDEA)
    for state in (CallState.ANNOUNCED, CallState.JUDGING, CallState.CANCELLED):
        with pytest.raises(Refused, match="does not take entries"):
            entries.submit(track_of(CallFactory(state=state)), by=ana, written=IDEA)


def test_the_founder_hands_in_for_the_team(ana, zoe, track):
    team = team_of(track, ana)
    team.memberships.create(call=track.call, person=zoe)

    with pytest.raises(Refused, match="founded the team"):
        entries.submit(track, by=zoe, written=IDEA)
    entry = entries.submit(track, by=ana, written=IDEA)

    assert entry.team == team
    assert entry.by_line == "골목친구"


def test_an_entry_is_changed_and_withdrawn_while_the_call_is_open(ana, track):
    entry = entries.submit(track, by=ana, written=IDEA)

    entries.revise(entry, by=ana, written={**IDEA, "title": "고친 제목"})
    entries.withdraw(entry, by=ana)
    again = entries.submit(track, by=ana, written=IDEA)

    assert (entry.title, entry.state) == ("고친 제목", EntryState.WITHDRAWN)
    assert again.state == EntryState.SUBMITTED


def test_an_entry_stays_once_the_call_has_closed(ana):
    entry = EntryFactory(track=track_of(CallFactory(state=CallState.JUDGING)), author=ana)

    with pytest.raises(Refused):
        entries.revise(entry, by=ana, written=IDEA)
    with pytest.raises(Refused):
        entries.withdraw(entry, by=ana)


def test_the_use_of_an_entry_needs_words_and_its_time(omar):
    judged = EntryFactory(track=track_of(CallFactory(state=CallState.JUDGING)))

    with pytest.raises(Refused, match="in words"):
        entries.say_use(judged, by=omar, use="used", used_in=" ")
    with pytest.raises(Refused, match="in words"):
        entries.say_use(judged, by=omar, use="nonsense", used_in="여기")
    with pytest.raises(Refused, match="while the call is judged"):
        entries.say_use(EntryFactory(), by=omar, use="used", used_in="여기")


def test_citizens_tracks_take_proposals_outside_of_events(db):
    from datetime import timedelta

    from django.utils import timezone

    day = timezone.localdate() + timedelta(days=3)
    event = CallFactory(
        kind=CallKind.HACKATHON, event_on=day, event_ends_on=day, applicants=["citizen", "company"]
    )

    assert entries.takes_proposals(track_of(CallFactory()))
    assert not entries.takes_proposals(track_of(event))
    assert not entries.takes_proposals(track_of(event, "company"))
