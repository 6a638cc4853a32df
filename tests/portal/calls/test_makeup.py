"""The make-up of a jury: half of it no officials, or judging does not begin."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.calls.domain import calls, entries, jury
from portal.calls.domain.makeup import Makeup
from portal.calls.models import Call, CallState
from portal.notifications.models import Note
from portal.proposals.models import ProposalState
from portal.refusals import Refused
from portal.registry import desk_queues
from portal.writing.models import JointAuthor
from tests.factories.calls import CallFactory, EntryFactory, seat, track_of
from tests.factories.portal import ProposalFactory, UserFactory


def closed_call(ana=None):
    """A call with an entry whose last moment has passed."""
    call = CallFactory(closes_at=timezone.now() - timedelta(hours=1))
    EntryFactory(track=track_of(call), author=ana or UserFactory())
    return call


@pytest.mark.parametrize(
    ("officials", "others", "least", "missing"),
    [
        (0, 0, 50, 1),
        (1, 1, 50, 0),
        (2, 1, 50, 1),
        (3, 0, 50, 3),
        (0, 1, 50, 0),
        (2, 2, 60, 1),
        (1, 2, 100, 1),
        (4, 0, 0, 0),
    ],
)
def test_so_many_who_are_no_officials_are_missing(settings, officials, others, least, missing):
    settings.CALL_JURY_CITIZENS = least

    assert Makeup(officials + others, officials).missing == missing


def test_judging_does_not_begin_before_the_jury_is_made_up(omar, petra, wendy, eric, ana):
    call = closed_call(ana)
    for person in (omar, wendy):
        jury.seat(track_of(call), by=petra, person=person)

    with pytest.raises(Refused, match=r"“Citizens” needs 2 more members .* at least 50 percent"):
        calls.begin_judging(call, by=omar)
    assert calls.judge_due() == calls.judge_due() == 0
    told = Note.objects.filter(kind="call_jury_incomplete")
    assert {note.recipient for note in told} == {omar, petra}
    assert told.count() == 2

    for person in (eric, UserFactory()):
        jury.seat(track_of(call), by=petra, person=person)
    assert calls.judge_due() == 1
    assert Call.objects.get().state == CallState.JUDGING


def test_a_track_without_entries_needs_no_jury(db):
    call = CallFactory(closes_at=timezone.now() - timedelta(hours=1))

    assert calls.begin_judging(call, by=None).state == CallState.JUDGING


def test_judging_does_not_begin_while_entries_are_taken(omar):
    with pytest.raises(Refused, match="still takes entries"):
        calls.begin_judging(CallFactory(), by=omar)


def test_who_became_an_official_counts_as_one(omar, eric, transport):
    call = closed_call()
    juror = seat(track_of(call), omar)
    assert not juror.is_official

    with pytest.raises(Refused, match="needs 1 more member who is no official"):
        calls.begin_judging(call, by=None)


def test_a_jury_that_judges_is_not_made_worse(omar, wendy, eric):
    track = track_of(CallFactory(state=CallState.JUDGING))
    EntryFactory(track=track)
    first = jury.seat(track, by=omar, person=eric)
    jury.seat(track, by=omar, person=wendy)

    with pytest.raises(Refused, match="no official"):
        jury.seat(track, by=omar, person=omar)
    with pytest.raises(Refused, match="no official"):
        jury.unseat(first, by=omar)

    assert track.jurors.count() == 2


def test_a_closed_call_takes_nothing_though_judging_waits(client, ana, zoe, omar):
    call = closed_call(ana)
    client.force_login(zoe)

    with pytest.raises(Refused, match="does not take entries"):
        entries.submit(track_of(call), by=zoe, written={"form": "idea", "title": "늦은 생각"})
    assert not zoe.has_perm("calls.enter_call", call)
    assert not zoe.has_perm("calls.found_team", call)
    text = client.get(call.get_absolute_url()).text
    assert "Closed for entries" in text
    assert "Judging begins when the jury is complete." in text
    assert not Call.objects.open().exists()


def test_officials_complete_the_jury_and_begin(client, omar, wendy, ana, eric):
    call = closed_call()
    assert not any(person.has_perm("calls.judge_call", call) for person in (wendy, ana))
    client.force_login(omar)
    judge = reverse("calls:judge", args=[call.pk])
    waiting = desk_queues["calls-juries"]
    assert [item.title for item in waiting.items(omar, 5)] == [call.title]

    refused = client.post(judge)
    client.post(
        reverse("calls:seat", args=[call.pk]), {"track": track_of(call).pk, "email": eric.email}
    )
    begun = client.post(judge, follow=True)

    assert refused.status_code == 409
    assert "needs 1 more member" in refused.text
    assert "Judging has begun." in begun.text
    assert waiting.count(omar) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_the_jury_shows_the_share_beside_the_rule(
    client, omar, eric, count, django_assert_num_queries
):
    call = CallFactory()
    jury.seat(track_of(call), by=omar, person=omar)
    for _ in range(count):
        seat(track_of(call))
    address = reverse("calls:jury", args=[call.pk])
    client.get(address)

    with django_assert_num_queries(3):
        text = client.get(address).text

    share = {1: "1 of 2 (50%)", 3: "3 of 4 (75%)"}[count]
    assert f"No officials: {share}. The rule asks for at least 50%." in text
    assert "Take off the jury" not in text


def test_joint_authors_of_an_entry_do_not_judge(omar, zoe, ana):
    proposal = ProposalFactory(author=ana, state=ProposalState.SUBMITTED)
    track = track_of(CallFactory(state=CallState.JUDGING))
    EntryFactory(track=track, author=ana, form="proposal", proposal=proposal)
    other = EntryFactory(track=track)
    seat(track, zoe)
    JointAuthor.objects.create(
        proposal=proposal,
        person=zoe,
        share=30,
        accepted=True,
        answered_at=timezone.now() + timedelta(hours=1),
    )

    for entry in (proposal.call_entry, other):
        with pytest.raises(Refused, match="cannot judge"):
            jury.score(entry, by=zoe, points={})
    with pytest.raises(Refused, match="cannot judge"):
        jury.seat(track, by=omar, person=ana)
