"""Teams and invitations that work once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.calls.domain import teams
from portal.calls.models import CallState, Invitation, Membership
from portal.notifications.models import Note
from portal.refusals import Refused
from tests.at_once import at_once
from tests.factories.calls import CallFactory, EntryFactory, prize, seat, team_of, track_of
from tests.factories.portal import UserFactory


@pytest.fixture
def track(db):
    return track_of(CallFactory())


@pytest.fixture
def team(track, ana):
    return teams.found(track, by=ana, name="골목친구")


def test_founding_makes_the_founder_a_member(team, ana):
    assert [row.person for row in team.memberships.all()] == [ana]


def test_founding_is_refused_to_jurors_twice_and_when_closed(track, team, ana, eric, zoe):
    seat(track, eric)
    over = track_of(CallFactory(state=CallState.JUDGING))

    with pytest.raises(Refused, match="judges"):
        teams.found(track, by=eric, name="심사위원")
    with pytest.raises(Refused, match="already in a team"):
        teams.found(track, by=ana, name="다른 이름")
    with pytest.raises(Refused, match="that name"):
        teams.found(track, by=zoe, name="골목친구")
    with pytest.raises(Refused, match="no teams now"):
        teams.found(over, by=zoe, name="늦은 팀")


def test_of_two_who_take_a_name_at_once_one_is_refused(own_database):
    track, founders = track_of(CallFactory()), [UserFactory(), UserFactory()]

    answers = at_once(*[lambda by=by: teams.found(track, by=by, name="친구") for by in founders])

    assert sorted(type(answer).__name__ for answer in answers) == ["Refused", "Team"]


def test_an_invitation_lets_one_person_in(team, ana, zoe):
    code = teams.invite(team, by=ana)

    teams.accept(code, by=zoe)

    assert {row.person for row in team.memberships.all()} == {ana, zoe}
    assert Note.objects.get(recipient=ana).kind == "team_joined"
    with pytest.raises(Refused, match="does not work any more"):
        teams.accept(code, by=UserFactory())


def test_of_a_code_only_its_hash_is_kept(team, ana):
    code = teams.invite(team, by=ana)

    row = Invitation.objects.get()
    assert code not in str(row.__dict__)
    assert row.code_hash == teams.hash_of(code)


def test_an_invitation_runs_out(team, ana, zoe, settings):
    settings.CALL_INVITATION_DAYS = 7
    code = teams.invite(team, by=ana)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    with pytest.raises(Refused, match="does not work any more"):
        teams.accept(code, by=zoe)


def test_an_invitation_by_e_mail_is_for_that_address(team, ana, zoe, eric):
    code = teams.invite(team, by=ana, email="Zoe@example.org")

    assert Note.objects.get(recipient=zoe).kind == "team_invitation"
    with pytest.raises(Refused, match="another e-mail"):
        teams.accept(code, by=eric)
    assert teams.accept(code, by=zoe) == team


def test_an_invitation_can_be_recalled_and_declined(team, ana, zoe):
    first, second = teams.invite(team, by=ana), teams.invite(team, by=ana)
    teams.recall(teams.usable(first), by=ana)
    teams.decline(second, by=zoe)

    for code in (first, second, "unknown"):
        with pytest.raises(Refused, match="does not work any more"):
            teams.accept(code, by=zoe)
    with pytest.raises(Refused, match="no longer works"):
        teams.recall(Invitation.objects.first(), by=ana)


def test_nobody_is_invited_beyond_the_size(ana):
    track = track_of(CallFactory(team_size=2))
    team = team_of(track, ana)
    teams.invite(team, by=ana)

    with pytest.raises(Refused, match="Every place"):
        teams.invite(team, by=ana)


def test_nobody_joins_a_full_team(ana, zoe):
    track = track_of(CallFactory(team_size=2))
    team = team_of(track, ana)
    code = teams.invite(team, by=ana)
    team.memberships.create(call=track.call, person=UserFactory())

    with pytest.raises(Refused, match="full"):
        teams.accept(code, by=zoe)


def test_nobody_is_in_two_teams_of_a_call(team, track, ana, zoe):
    code = teams.invite(team, by=ana)
    teams.found(track, by=zoe, name="다른 팀")

    with pytest.raises(Refused, match="already in a team"):
        teams.accept(code, by=zoe)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(team=team, call=track.call, person=zoe)


def test_jurors_cannot_join(team, track, ana, eric):
    code = teams.invite(team, by=ana)
    seat(track, eric)

    with pytest.raises(Refused, match="judges"):
        teams.accept(code, by=eric)


def test_teams_do_not_change_after_the_call_closed(ana, zoe):
    track = track_of(CallFactory(state=CallState.JUDGING))
    team = team_of(track, ana)

    with pytest.raises(Refused, match="no longer change"):
        teams.invite(team, by=ana)
    with pytest.raises(Refused, match="no longer change"):
        teams.leave(team, by=zoe)


def test_a_member_leaves_but_the_founder_stays(team, ana, zoe):
    teams.accept(teams.invite(team, by=ana), by=zoe)

    teams.leave(team, by=zoe)

    assert [row.person for row in team.memberships.present()] == [ana]
    with pytest.raises(Refused, match="founded"):
        teams.leave(team, by=ana)
    with pytest.raises(Refused, match="not in this team"):
        teams.leave(team, by=zoe)


@pytest.mark.parametrize("parts", [(50, 49), (100,), (60, 60)])
def test_shares_must_be_whole(team, ana, zoe, parts):
    teams.accept(teams.invite(team, by=ana), by=zoe)
    rows = list(team.memberships.values_list("pk", flat=True))

    with pytest.raises(Refused, match="100 percent"):
        teams.share(team, by=ana, percent=dict(zip(rows, parts, strict=False)))


def test_shares_stay_once_the_prize_is_given(team, track, ana):
    EntryFactory(track=track, author=ana, team=team, prize=prize(track))

    with pytest.raises(Refused, match="already given"):
        teams.share(team, by=ana, percent={team.memberships.get().pk: 100})
