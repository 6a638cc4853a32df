"""The jury: seats, conflicts, blind scores, ranks, prizes and their parts."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from portal.calls.domain import jury, teams
from portal.calls.models import CallState, Criterion, Entry
from portal.refusals import Refused
from tests.factories.calls import CallFactory, EntryFactory, prize, seat, team_of, track_of
from tests.factories.portal import UserFactory


def points(value):
    return dict.fromkeys(Criterion.values, value)


@pytest.fixture
def track(db):
    return track_of(CallFactory(state=CallState.JUDGING))


def test_seat_is_refused_for_who_takes_part(omar, ana, zoe):
    track = track_of(CallFactory())
    EntryFactory(track=track, author=ana)
    team_of(track, zoe)

    for person in (ana, zoe):
        with pytest.raises(Refused, match="cannot judge"):
            jury.seat(track, by=omar, person=person)


def test_seat_is_refused_twice(omar, eric):
    track = track_of(CallFactory())
    jury.seat(track, by=omar, person=eric)

    with pytest.raises(Refused, match="already"):
        jury.seat(track, by=omar, person=eric)


def test_seats_stay_once_a_score_is_given(omar, eric, track):
    juror = seat(track, eric)
    jury.score(EntryFactory(track=track), by=eric, points=points(5))

    with pytest.raises(Refused, match="complete"):
        jury.unseat(juror, by=omar)
    with pytest.raises(Refused, match="complete"):
        jury.seat(track, by=omar, person=UserFactory())


def test_unseat_takes_a_juror_off(omar, eric):
    track = track_of(CallFactory())

    jury.unseat(jury.seat(track, by=omar, person=eric), by=omar)

    assert not track.jurors.exists()


def test_score_is_refused_for_strangers_members_and_outside_of_judging(eric, ana, track):
    entry = EntryFactory(track=track)
    mine = EntryFactory(track=track, author=eric)
    seat(track, eric)
    early = EntryFactory()

    with pytest.raises(Refused, match="do not sit"):
        jury.score(entry, by=ana, points=points(5))
    with pytest.raises(Refused, match="takes part"):
        jury.score(mine, by=eric, points=points(5))
    with pytest.raises(Refused, match="not being judged"):
        jury.score(early, by=eric, points=points(5))


def test_standing_back_keeps_one_from_scoring(eric, track):
    seat(track, eric)
    entry = EntryFactory(track=track)

    with pytest.raises(Refused, match="which conflict"):
        jury.stand_back(entry, by=eric, reason=" ")
    jury.stand_back(entry, by=eric, reason="가족입니다.")

    with pytest.raises(Refused, match="stood back"):
        jury.score(entry, by=eric, points=points(5))
    with pytest.raises(Refused, match="already stood back"):
        jury.stand_back(entry, by=eric, reason="가족입니다.")
    assert jury.missing_scores(track.call) == 0


def test_standing_back_is_refused_after_the_score(eric, track):
    seat(track, eric)
    seat(track)
    entry = EntryFactory(track=track)
    jury.score(entry, by=eric, points=points(5))

    with pytest.raises(Refused, match="already scored"):
        jury.stand_back(entry, by=eric, reason="가족입니다.")


def test_scores_are_blind_until_all_are_in(eric, zoe, ana, track):
    seat(track, eric)
    seat(track, zoe)
    entry = EntryFactory(track=track)
    first = jury.score(entry, by=eric, points=points(5))

    assert jury.scores_seen_by(entry, zoe) == []
    assert jury.scores_seen_by(entry, eric) == [first]

    second = jury.score(entry, by=zoe, points=points(7))
    assert jury.scores_seen_by(entry, zoe) == [first, second]
    assert jury.is_done(track.call)


def test_scores_are_in_the_open_when_the_last_day_is_over(eric, zoe):
    yesterday = timezone.localdate() - timedelta(days=1)
    call = CallFactory(state=CallState.JUDGING, judged_by=yesterday)
    seat(track_of(call), eric)
    EntryFactory(track=track_of(call))

    assert jury.is_done(call)


def test_a_track_without_a_jury_is_not_done(track):
    EntryFactory(track=track)

    assert not jury.is_done(track.call)


def test_a_score_can_be_changed_until_all_are_in(eric, zoe, track):
    seat(track, eric)
    seat(track, zoe)
    entry = EntryFactory(track=track)
    jury.score(entry, by=eric, points=points(5))
    jury.score(entry, by=eric, points=points(6), comment="고쳤습니다.")
    jury.score(entry, by=zoe, points=points(7))

    with pytest.raises(Refused, match="Judging is over"):
        jury.score(entry, by=eric, points=points(1))

    assert jury.ranking(track)[0].points == Decimal(65)


def test_points_follow_the_weights_of_the_call(eric):
    call = CallFactory(
        state=CallState.JUDGING, feasibility=60, originality=10, effect=10, scope=10, continuity=10
    )
    seat(track_of(call), eric)
    entry = EntryFactory(track=track_of(call))

    jury.score(entry, by=eric, points={**points(5), "feasibility": 10})

    assert jury.ranking(track_of(call))[0].points == Decimal("80.00")


def test_entries_with_the_same_points_share_a_rank(db):
    rows = [(Entry(pk=n), mark) for n, mark in enumerate([Decimal(70), Decimal(90), None])]
    rows.append((Entry(pk=9), Decimal(90)))

    standings = jury.ranked(rows)

    assert [(s.entry.pk, s.rank, s.tied) for s in standings] == [
        (1, 1, True),
        (9, 1, True),
        (0, 3, False),
        (2, None, False),
    ]


@pytest.fixture
def tied(eric, track):
    """Two entries with the same points, and prizes for two places."""
    seat(track, eric)
    both = [EntryFactory(track=track) for _ in range(2)]
    for entry in both:
        jury.score(entry, by=eric, points=points(5))
    return both


def test_settle_is_refused_while_a_shared_place_is_open(omar, track, tied):
    prize(track, 1)

    with pytest.raises(Refused, match="share place 1"):
        jury.settle(track.call, by=omar)


def test_award_decides_who_gets_the_prize_of_a_shared_place(omar, track, tied):
    first, second = prize(track, 1), prize(track, 2, 1_000_000)
    jury.award(tied[1], by=omar, place=1)

    jury.settle(track.call, by=omar)

    won = dict(Entry.objects.values_list("pk", "prize"))
    assert won == {tied[1].pk: first.pk, tied[0].pk: second.pk}
    assert set(Entry.objects.values_list("rank", flat=True)) == {1}


def test_award_is_refused_for_a_place_not_reached_and_a_prize_that_is_gone(omar, track, tied):
    prize(track, 1)
    prize(track, 3, 1_000_000)
    jury.award(tied[0], by=omar, place=1)

    with pytest.raises(Refused, match="not reached"):
        jury.award(tied[1], by=omar, place=3)
    with pytest.raises(Refused, match="has that prize"):
        jury.award(tied[1], by=omar, place=1)


def test_award_is_refused_while_the_jury_scores(omar, eric, track):
    seat(track, eric)
    entry = EntryFactory(track=track)

    with pytest.raises(Refused, match="after judging"):
        jury.award(entry, by=omar, place=None)


def test_a_prize_is_split_by_shares_to_the_last_won(omar, ana, zoe, eric):
    call = CallFactory()
    track = track_of(call)
    team = team_of(track, ana)
    team.memberships.create(call=call, person=zoe)
    mine, hers = team.memberships.order_by("pk")
    teams.share(team, by=ana, percent={mine.pk: 67, hers.pk: 33})
    entry = EntryFactory(track=track, author=ana, team=team, prize=prize(track, amount=1_000_001))

    parts = jury.parts_of_prize(entry)

    assert [amount for _name, amount in parts] == [670_001, 330_000]


def test_a_prize_without_shares_is_not_split(ana, db):
    track = track_of(CallFactory())
    entry = EntryFactory(track=track, author=ana, team=team_of(track, ana), prize=prize(track))

    assert jury.parts_of_prize(entry) == []
