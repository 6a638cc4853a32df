"""A meeting from the plan to the signed minutes, and every refusal on the way."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from governance.domain import meetings, minutes
from governance.models import Attendance, Body, Meeting, MeetingState, Minutes, MotionState
from portal.accounts.models import Role
from portal.audit.models import Act
from portal.notifications.models import Note
from portal.refusals import Refused
from tests.factories.governance import (
    CouncilFactory,
    MeetingFactory,
    MotionFactory,
    SeatFactory,
    session,
)
from tests.factories.portal import UserFactory, appoint

WHOLE = dict.fromkeys(minutes.FIELDS, "Something.")


def in_days(days):
    return timezone.now() + timedelta(days=days)


def planned(days=8, **council):
    meeting = MeetingFactory(council=CouncilFactory(**council), starts_at=in_days(days))
    meeting.items.create(order=1, title="Report")
    return meeting


def noticed(members, here):
    """A noticed meeting of today with ``members`` seated and the first ``here`` present."""
    meeting = MeetingFactory(state=MeetingState.NOTICED)
    for number, member in enumerate(members):
        seat = SeatFactory(council=meeting.council, member=member)
        status = "present" if number < here else "absent"
        Attendance.objects.create(meeting=meeting, seat=seat, status=status)
    return meeting


def test_plan_numbers_the_meetings_of_a_council(sam):
    council = CouncilFactory()
    written = {"starts_at": in_days(20), "place": "City hall", "is_online": False}

    planned = [meetings.plan(council, by=sam, written=written) for _ in range(2)]

    assert [meeting.number for meeting in planned] == [1, 2]
    assert Act.objects.filter(verb="governance.meeting:planned").count() == 2


def test_revise_is_refused_after_the_notice(sam):
    meeting = MeetingFactory(state=MeetingState.NOTICED)

    with pytest.raises(Refused, match="can only be cancelled"):
        meetings.revise(meeting, by=sam, written={"place": "Elsewhere"})


def test_add_item_takes_the_title_of_the_motion(sam):
    meeting = planned()
    motion = MotionFactory(council=meeting.council)

    item = meetings.add_item(meeting, by=sam, motion=motion)

    assert (item.order, item.title) == (2, motion.title)


def test_add_item_is_refused_for_a_motion_that_is_on_it(sam):
    meeting = planned()
    motion = MotionFactory(council=meeting.council)
    meetings.add_item(meeting, by=sam, motion=motion)

    with pytest.raises(Refused, match="already on the agenda"):
        meetings.add_item(meeting, by=sam, motion=motion)


def test_add_item_is_refused_for_another_councils_motion(sam):
    with pytest.raises(Refused, match="another council"):
        meetings.add_item(planned(), by=sam, motion=MotionFactory())


def test_add_item_is_refused_for_a_decided_motion(sam):
    meeting = planned()
    motion = MotionFactory(council=meeting.council, state=MotionState.CARRIED)

    with pytest.raises(Refused, match="does not wait"):
        meetings.add_item(meeting, by=sam, motion=motion)


def test_add_item_is_refused_without_words(sam):
    with pytest.raises(Refused, match="what the point is about"):
        meetings.add_item(planned(), by=sam, title=" ")


def test_agenda_is_fixed_by_the_notice(sam):
    meeting = planned()
    meetings.notice(meeting, by=sam)

    with pytest.raises(Refused, match="no longer be changed"):
        meetings.add_item(meeting, by=sam, title="More")
    with pytest.raises(Refused, match="no longer be changed"):
        meetings.remove_item(meeting.items.get(), by=sam)


def test_notice_tells_the_members(sam, members):
    meeting = planned()
    for member in members:
        SeatFactory(council=meeting.council, member=member)

    meetings.notice(meeting, by=sam)

    assert meeting.state == MeetingState.NOTICED
    assert {note.recipient for note in Note.objects.filter(kind="meeting_noticed")} == set(members)
    assert meeting.council.name_en in Note.objects.first().subject
    with translation.override("ko"):
        assert meeting.council.name_ko in Note.objects.first().subject


def test_notice_of_exactly_the_days_asked_for_is_in_time(sam):
    meeting = planned(days=7)

    assert meetings.notice(meeting, by=sam).state == MeetingState.NOTICED


def test_notice_is_refused_when_late(sam):
    meeting = planned(days=6)

    with pytest.raises(Refused, match="only 6 are left"):
        meetings.notice(meeting, by=sam)

    assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.PLANNED


def test_notice_in_an_emergency_carries_its_reason(sam):
    meeting = planned(days=1)

    meetings.notice(meeting, by=sam, emergency_reason="Flood.")

    assert Meeting.objects.get(pk=meeting.pk).emergency_reason == "Flood."


def test_notice_is_refused_without_an_agenda(sam):
    meeting = MeetingFactory(starts_at=in_days(20))

    with pytest.raises(Refused, match="no agenda"):
        meetings.notice(meeting, by=sam)


def test_notice_is_refused_for_the_past(sam):
    meeting = planned(days=-1)

    with pytest.raises(Refused, match="has passed"):
        meetings.notice(meeting, by=sam, emergency_reason="Too late.")


def test_mark_is_refused_before_the_notice(sam):
    with pytest.raises(Refused, match="between the notice and the close"):
        meetings.mark(planned(), by=sam, presence={})


def test_mark_is_refused_for_strangers_seats(sam):
    meeting = MeetingFactory(state=MeetingState.NOTICED)

    with pytest.raises(Refused, match="no seat"):
        meetings.mark(meeting, by=sam, presence={SeatFactory().pk: "present"})


def test_mark_replaces_what_was_noted(sam, ana):
    meeting = noticed([ana], here=1)
    seat = meeting.council.seats.get()

    meetings.mark(meeting, by=sam, presence={seat.pk: "online"})

    assert meeting.attendances.get().status == "online"


@pytest.mark.parametrize(("here", "met"), [(1, False), (2, True), (3, True)])
def test_quorum_is_more_than_half_of_the_seats(members, here, met):
    found = meetings.quorum(noticed(members, here))

    assert (found.seats, found.present, found.needed, found.met) == (3, here, 2, met)


def test_open_starts_the_session(sam, members):
    meeting = meetings.open(noticed(members, here=2), by=sam)

    assert meeting.state == MeetingState.OPENED
    assert meeting.opened_at is not None


def test_open_is_refused_without_a_quorum(sam, members):
    meeting = noticed(members, here=1)

    with pytest.raises(Refused, match="1 of 3 members are here, 2 are needed"):
        meetings.open(meeting, by=sam)


def test_open_is_refused_before_its_day(sam):
    meeting = MeetingFactory(state=MeetingState.NOTICED, starts_at=in_days(2))

    with pytest.raises(Refused, match="later day"):
        meetings.open(meeting, by=sam)


def test_open_is_refused_while_the_composition_breaks_a_rule(sam, members, settings):
    meeting = noticed(members, here=3)
    company = {"sector_id": 5}
    meeting.council.seats.update(**company)
    meeting.council.body = Body.objects.get(code="living-lab-council")

    with pytest.raises(Refused, match="composition breaks a rule"):
        meetings.open(meeting, by=sam)

    settings.COMPOSITION_ENFORCED = False
    assert meetings.open(meeting, by=sam).state == MeetingState.OPENED


def test_close_is_refused_while_members_vote(sam, members):
    _motion, meeting, _seats = session(members)

    with pytest.raises(Refused, match="still open"):
        meetings.close(meeting, by=sam)


def test_close_ends_the_session(sam, members):
    _motion, meeting, _seats = session(members, open_vote=False)

    assert meetings.close(meeting, by=sam).state == MeetingState.CLOSED


def test_cancel_tells_the_members_why(sam, ana):
    meeting = noticed([ana], here=0)

    meetings.cancel(meeting, by=sam, reason="Snow.")

    assert "Snow." in Note.objects.get(recipient=ana).body


def test_cancel_is_refused_without_a_reason(sam):
    with pytest.raises(Refused, match="reason is needed"):
        meetings.cancel(MeetingFactory(), by=sam, reason=" ")


def test_cancel_is_refused_once_in_session(sam):
    with pytest.raises(Refused, match="not open at this stage"):
        meetings.cancel(MeetingFactory(state=MeetingState.OPENED), by=sam, reason="No.")


def test_minutes_begin_with_what_the_meeting_knows(members):
    motion, meeting, _seats = session(members)

    begun = minutes.begun(meeting)

    assert begun["proceedings"] == f"1. {motion.title}"


def test_minutes_are_refused_before_the_meeting_opened(sam):
    with pytest.raises(Refused, match="nothing to write"):
        minutes.write(MeetingFactory(), by=sam, written=WHOLE)


def test_sign_names_each_empty_field(sam):
    meeting = MeetingFactory(state=MeetingState.CLOSED)
    minutes.write(meeting, by=sam, written={**WHOLE, "remarks": " "})

    with pytest.raises(Refused, match="what was said, in short, who was there"):
        minutes.sign(meeting, by=sam)


def test_sign_is_refused_before_the_close(sam):
    with pytest.raises(Refused, match="after the meeting has closed"):
        minutes.sign(MeetingFactory(state=MeetingState.OPENED), by=sam)


def written(sam, **seat):
    """Minutes that are whole, written by ``sam``, of a council with one member."""
    meeting = MeetingFactory(state=MeetingState.CLOSED)
    place = SeatFactory(council=meeting.council, **seat)
    Attendance.objects.create(meeting=meeting, seat=place, status="present")
    minutes.write(meeting, by=sam, written=WHOLE)
    return meeting, place.member


def signed(sam):
    meeting, chair = written(sam, is_chair=True)
    minutes.sign(meeting, by=chair, seen=minutes.digest(meeting.minutes))
    return meeting


def another_secretary():
    return appoint(UserFactory(), Role.SECRETARY)


def test_whoever_wrote_the_minutes_does_not_sign_them(sam):
    meeting, _member = written(sam)

    with pytest.raises(Refused, match="somebody else reads them"):
        minutes.sign(meeting, by=sam)
    with (
        pytest.raises(IntegrityError, match="minutes_are_signed_by_another"),
        transaction.atomic(),
    ):
        Minutes.objects.filter(pk=meeting.pk).update(signed_at=timezone.now(), signed_by=sam)


def test_sign_is_refused_where_the_minutes_changed_since_they_were_read(sam):
    meeting, chair = written(sam, is_chair=True)
    seen = minutes.digest(meeting.minutes)
    minutes.write(meeting, by=sam, written={**WHOLE, "votes": "Otherwise."})

    with pytest.raises(Refused, match="changed meanwhile"):
        minutes.sign(meeting, by=chair, seen=seen)


def test_minutes_wait_for_the_chair_or_another_secretary_and_never_for_the_writer(sam):
    meeting, chair = written(sam, is_chair=True)
    other = another_secretary()
    found = minutes.signers(meeting)

    def wait(*people):
        return [meeting in Meeting.objects.to_sign_by(person) for person in people]

    assert (found.chair, found.secretaries) == (chair, (other,))
    assert wait(chair, other, sam, UserFactory()) == [True, True, False, False]
    minutes.write(meeting, by=other, written=WHOLE)
    assert wait(chair, other, sam) == [True, False, True]
    assert not Meeting.objects.to_finish().exists()


@pytest.mark.parametrize(
    ("is_chair", "others", "sentence"),
    [
        (True, 0, "{chair}, who chairs the council, signs them. {sam} wrote them."),
        (True, 1, "{chair}, who chairs the council, signs them, or a secretary other than"),
        (False, 1, "A secretary other than {sam}, who wrote them, signs them."),
        (False, 0, "Nobody can sign them now: {sam} wrote them"),
    ],
)
def test_the_page_says_who_must_sign(client, sam, is_chair, others, sentence):
    for _ in range(others):
        another_secretary()
    meeting, member = written(sam, is_chair=is_chair)

    text = client.get(meeting.get_absolute_url()).text

    assert sentence.format(chair=member.name, sam=sam.name) in text
    assert Meeting.objects.to_finish().exists() == (not is_chair and not others)


def test_the_signer_is_told_once_when_minutes_are_whole_and_the_meeting_closed(sam):
    meeting = MeetingFactory(state=MeetingState.OPENED)
    seat = SeatFactory(council=meeting.council, is_chair=True)
    Attendance.objects.create(meeting=meeting, seat=seat, status="present")
    minutes.write(meeting, by=sam, written=WHOLE)
    told = Note.objects.filter(kind="minutes_to_sign")
    early = told.count()

    meetings.close(meeting, by=sam)
    minutes.write(meeting, by=sam, written={**WHOLE, "votes": "Six for."})

    assert (early, [note.recipient for note in told]) == (0, [seat.member])
    assert told.get().url == reverse("governance:sign_minutes", args=[meeting.pk])
    assert f"{sam.name} wrote them." in told.get().body


def test_without_a_chair_the_other_secretaries_are_told(sam):
    other = another_secretary()

    written(sam)

    assert Note.objects.get(kind="minutes_to_sign").recipient == other


def test_sign_publishes_and_vouches(sam):
    meeting = signed(sam)

    assert meeting.published_minutes.signed_by == meeting.council.seats.get().member
    assert Act.objects.filter(verb="governance.meeting:minutes_signed").exists()


def test_signed_minutes_cannot_change(sam):
    meeting = signed(sam)

    with pytest.raises(Refused, match="signed and can no longer"):
        minutes.write(meeting, by=sam, written=WHOLE)
    with pytest.raises(IntegrityError, match="not allowed"), transaction.atomic():
        Minutes.objects.filter(pk=meeting.pk).update(remarks="Otherwise.")


def test_plans_are_for_the_secretary_and_the_auditor(sam, audrey, ana, members):
    meeting = MeetingFactory()
    SeatFactory(council=meeting.council, member=members[0])

    seen = {
        user: Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists()
        for user in (sam, audrey, ana, members[0])
    }

    assert seen == {sam: True, audrey: True, ana: False, members[0]: False}
