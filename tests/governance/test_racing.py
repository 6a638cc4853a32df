"""What only real transactions show: members who vote at once, and changes without an act."""

import pytest
from django.db import IntegrityError

from governance.domain import divisions
from governance.models import Meeting, Motion, Vote
from portal.accounts.models import User
from tests.at_once import at_once
from tests.factories.governance import MeetingFactory, session
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.own_database


def voting(motion, member, choice):
    return lambda: divisions.vote(motion, by=User.objects.get(pk=member.pk), choice=choice).seq


def test_twenty_votes_of_one_member_at_once_are_numbered_and_one_counts(own_database):
    member = UserFactory()
    motion, _meeting, _seats = session([member])

    found = at_once(*[voting(motion, member, ("yes", "no")[n % 2]) for n in range(20)])

    assert sorted(found) == list(range(1, 21))
    assert Vote.objects.filter(motion=motion).final().count() == 1


def test_twenty_members_vote_at_once(own_database):
    members = [UserFactory() for _ in range(20)]
    motion, _meeting, _seats = session(members)

    at_once(*[voting(motion, member, "yes") for member in members])

    assert divisions.count(Motion.objects.get(pk=motion.pk)).yes == 20


def test_no_vote_enters_after_the_count(own_database):
    members = [UserFactory() for _ in range(6)]
    secretary = UserFactory()
    motion, _meeting, _seats = session(members)
    for member in members:
        divisions.vote(motion, by=member, choice="yes")

    def close():
        closed = Motion.objects.get(pk=motion.pk)
        return divisions.close(closed, by=User.objects.get(pk=secretary.pk)).state

    races = [voting(motion, member, "no") for member in members]
    found = at_once(*races[:3], close, *races[3:])

    closed = Motion.objects.get(pk=motion.pk)
    final = [vote.choice for vote in Vote.objects.filter(motion=closed).final()]
    assert closed.outcome["counts"]["yes"] == final.count("yes")
    assert closed.outcome["counts"]["no"] == final.count("no")
    late = [entry for entry in found if str(entry) == "The vote on this motion is not open."]
    assert len(late) + final.count("no") == 6


def test_a_meeting_cannot_change_without_an_act(own_database):
    meeting = MeetingFactory()

    with pytest.raises(IntegrityError, match="without an act"):
        Meeting.objects.filter(pk=meeting.pk).update(place="Elsewhere")


def test_a_vote_cannot_be_kept_without_an_act(own_database):
    member = UserFactory()
    motion, _meeting, seats = session([member])

    with pytest.raises(IntegrityError, match="without an act"):
        Vote.objects.create(
            motion=motion, seat=seats[0], seq=0, choice="yes", member=member, cast_by=member
        )
