"""A meeting from the plan to the signed minutes, and every refusal on the way."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from governance.domain import meetings, minutes
from governance.models import Attendance, Body, Meeting, MeetingState, Minutes, MotionState
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


def signed(sam):
    meeting = MeetingFactory(state=MeetingState.CLOSED)
    seat = SeatFactory(council=meeting.council)
    Attendance.objects.create(meeting=meeting, seat=seat, status="present")
    minutes.write(meeting, by=sam, written=WHOLE)
    minutes.sign(meeting, by=sam)
    return meeting


def test_sign_publishes_and_vouches(sam):
    meeting = signed(sam)

    assert meeting.published_minutes.signed_by == sam
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
