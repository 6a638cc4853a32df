"""The pages: what visitors read, what members and the secretary do, and what is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.domain import divisions, meetings, minutes, motions
from governance.models import (
    Council,
    Meeting,
    MeetingState,
    Minutes,
    Motion,
    MotionState,
    Seat,
    Vote,
)
from portal.proposals.models import Proposal, ProposalState
from tests.factories.governance import (
    CouncilFactory,
    MeetingFactory,
    MotionFactory,
    SeatFactory,
    session,
)
from tests.factories.portal import ProposalFactory


def page(client, name, *args):
    return client.get(reverse(f"governance:{name}", args=args))


def press(client, name, *args, **data):
    return client.post(reverse(f"governance:{name}", args=args), data)


def test_councils_are_listed_with_their_composition(client, members):
    council = CouncilFactory()
    SeatFactory.create_batch(2, council=council)

    response = page(client, "list")

    assert council.name_en in response.content.decode()
    assert "100%" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_councils_costs_the_same_for_any_number(
    client, db, count, django_assert_num_queries
):
    Council.objects.all().delete()
    for _ in range(count):
        SeatFactory(council=CouncilFactory())

    with django_assert_num_queries(4):
        response = page(client, "list")

    assert len(response.context["rows"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_council_page_costs_the_same_for_any_number(client, db, count, django_assert_num_queries):
    council = CouncilFactory()
    for _ in range(count):
        SeatFactory(council=council)
        MeetingFactory(council=council, state=MeetingState.NOTICED)
        MotionFactory(council=council)

    with django_assert_num_queries(5):
        response = page(client, "council", council.code)

    assert len(response.context["meetings"]) == count


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["meetings", "motions"])
def test_lists_cost_the_same_for_any_number(client, db, name, count, django_assert_num_queries):
    for _ in range(count):
        MeetingFactory(state=MeetingState.NOTICED)
        MotionFactory()

    with django_assert_num_queries(2):
        response = page(client, name)

    assert len(response.context["page"].rows) == count


@pytest.mark.parametrize("count", [1, 3])
def test_meeting_page_costs_the_same_for_any_number(
    client, members, count, django_assert_num_queries
):
    _motion, meeting, _seats = session(members[:count])
    for number in range(2, count + 1):
        motion = MotionFactory(council=meeting.council)
        meeting.items.create(order=number, title="More", motion=motion)

    with django_assert_num_queries(8):
        response = page(client, "meeting", meeting.pk)

    assert len(response.context["places"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_motion_page_costs_the_same_for_any_number_of_votes(
    client, sam, members, count, django_assert_num_queries
):
    motion, _meeting, _seats = session(members[:count])
    for member in members[:count]:
        divisions.vote(motion, by=member, choice="yes")
    divisions.close(motion, by=sam)

    with django_assert_num_queries(7):
        response = page(client, "motion", motion.pk)

    assert len(response.context["votes"]) == count


def test_lists_filter(client, db):
    tabled, decided = MotionFactory(), MotionFactory(state=MotionState.CARRIED)

    found = {
        state: client.get(reverse("governance:motions"), {"state": state}).context["page"].rows
        for state in ("undecided", "decided", "nonsense")
    }

    assert found["undecided"] == [tabled]
    assert found["decided"] == [decided]
    assert len(found["nonsense"]) == 2


def test_plans_do_not_exist_for_visitors(client, sam):
    meeting = MeetingFactory()

    assert page(client, "meeting", meeting.pk).status_code == 404
    client.force_login(sam)
    assert page(client, "meeting", meeting.pk).status_code == 200


def test_open_vote_shows_only_the_number(client, members):
    motion, _meeting, _seats = session(members)
    divisions.vote(motion, by=members[1], choice="no")

    content = page(client, "motion", motion.pk).content.decode()

    assert "1 of 3 members present have voted" in content
    assert members[1].name not in content


def test_closed_vote_names_each_member(client, sam, members):
    motion, _meeting, _seats = session(members)
    for member, choice in zip(members, ("yes", "yes", "no"), strict=True):
        divisions.vote(motion, by=member, choice=choice)
    divisions.close(motion, by=sam)

    content = page(client, "motion", motion.pk).content.decode()

    assert all(member.name in content for member in members)
    assert "2 for, 1 against" in content


def test_vote_asks_again_before_it_counts(client, members):
    motion, _meeting, _seats = session(members)
    client.force_login(members[0])

    asked = press(client, "vote", motion.pk, choice="yes")
    assert not Vote.objects.exists()
    assert "Confirm your vote" in asked.content.decode()

    press(client, "vote", motion.pk, choice="yes", confirmed="on")
    assert Vote.objects.get().choice == "yes"


@pytest.mark.parametrize("choice", ["", "maybe"])
def test_vote_without_a_choice_says_so(client, members, choice):
    motion, _meeting, _seats = session(members)
    client.force_login(members[0])

    response = press(client, "vote", motion.pk, choice=choice)

    assert response.status_code == 422
    assert response.context["form"].errors["choice"]


def test_vote_in_two_browsers_counts_the_later(client, members):
    motion, _meeting, _seats = session(members)
    client.force_login(members[0])

    press(client, "vote", motion.pk, choice="yes", confirmed="on")
    press(client, "vote", motion.pk, choice="no", confirmed="on")

    assert [vote.choice for vote in motion.votes.final()] == ["no"]


def test_voting_is_forbidden_to_a_member_who_takes_no_part(client, members):
    motion, _meeting, seats = session(members)
    motions.recuse(motion, by=members[0], seat=seats[0], reason="Interest.")
    client.force_login(members[0])

    response = press(client, "vote", motion.pk, choice="yes", confirmed="on")

    assert response.status_code == 403
    assert not motion.votes.exists()


def test_vote_is_forbidden_to_strangers_and_asks_visitors_to_sign_in(client, members, zoe):
    motion, _meeting, _seats = session(members)

    assert page(client, "vote", motion.pk).status_code == 302
    client.force_login(zoe)
    assert page(client, "vote", motion.pk).status_code == 403


def test_member_recuses_only_oneself(client, members):
    motion, _meeting, seats = session(members)
    client.force_login(members[0])

    response = press(client, "recuse", motion.pk, seat=seats[1].pk, reason="Interest.")
    assert response.context["form"].errors["seat"]

    press(client, "recuse", motion.pk, seat=seats[0].pk, reason="Interest.")
    assert motion.recusals.get().is_own_wish


def in_an_hour():
    """As it is typed into the form."""
    return f"{timezone.localtime() + timedelta(hours=1):%Y-%m-%dT%H:%M}"


def test_secretary_leads_a_proposal_from_referral_to_adoption(client, sam, members):
    council = CouncilFactory()
    seats = [
        SeatFactory(council=council, member=member, is_chair=member == members[0])
        for member in members
    ]
    proposal = ProposalFactory(state=ProposalState.REFERRED)
    client.force_login(sam)

    words = {"council": council.pk, "title": "Share it", "text": "That the city share it."}
    press(client, "table", proposal.pk, **words)
    motion = Motion.objects.get()
    press(client, "plan", council.code, starts_at=in_an_hour(), place="City hall")
    meeting = Meeting.objects.get()
    press(client, "add_item", meeting.pk, motion=motion.pk)
    press(client, "notice", meeting.pk, emergency_reason="The season ends.")
    Meeting.objects.update(starts_at=timezone.now())  # its hour has come
    presence = {f"seat_{seat.pk}": "present" for seat in seats}
    press(client, "mark", meeting.pk, **presence)
    press(client, "open_meeting", meeting.pk)
    press(client, "open_division", motion.pk, meeting=meeting.pk)
    for member in members:
        divisions.vote(Motion.objects.get(), by=member, choice="yes")
    press(client, "close_division", motion.pk)
    press(client, "close_meeting", meeting.pk)
    press(client, "write_minutes", meeting.pk, **dict.fromkeys(minutes.FIELDS, "All said."))
    client.force_login(members[0])
    press(client, "sign_minutes", meeting.pk, seen=minutes.digest(Minutes.objects.get()))

    assert Proposal.objects.get().state == ProposalState.ADOPTED
    client.logout()
    assert "All said." in page(client, "meeting", meeting.pk).content.decode()


def test_the_chair_reads_and_signs_what_stands_in_the_minutes_now(client, sam, members):
    _motion, meeting, _seats = session(members, open_vote=False)
    minutes.write(meeting, by=sam, written=dict.fromkeys(minutes.FIELDS, "All said."))
    meetings.close(meeting, by=sam)
    client.force_login(sam)
    own = page(client, "sign_minutes", meeting.pk)
    offered = (
        reverse("governance:sign_minutes", args=[meeting.pk])
        in page(client, "meeting", meeting.pk).text
    )
    client.force_login(members[0])
    desk = client.get(reverse("desk:show")).text

    read = page(client, "sign_minutes", meeting.pk)
    minutes.write(meeting, by=sam, written=dict.fromkeys(minutes.FIELDS, "All is said."))
    late = press(client, "sign_minutes", meeting.pk, **read.context["form"].initial)
    signed = press(client, "sign_minutes", meeting.pk, **late.context["form"].data)

    assert (own.status_code, offered) == (403, False)
    assert "Minutes to sign" in desk
    assert meeting.title in desk
    assert "All said." in read.text
    assert (late.status_code, signed.status_code) == (409, 302)
    assert "The minutes were changed meanwhile." in late.text
    assert "All is said." in late.text
    assert Minutes.objects.get().signed_by == members[0]


@pytest.mark.parametrize(
    "name",
    ["revise", "add_item", "notice", "mark", "open_meeting", "close_meeting", "cancel"],
)
def test_every_step_of_a_meeting_has_a_page(client, sam, name):
    states = {"mark": "noticed", "open_meeting": "noticed", "close_meeting": "opened"}
    meeting = MeetingFactory(state=states.get(name, "planned"))
    client.force_login(sam)

    assert page(client, name, meeting.pk).status_code == 200


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("recuse", "tabled"),
        ("open_division", "tabled"),
        ("close_division", "open"),
        ("table_again", "no_quorum"),
        ("withdraw", "tabled"),
    ],
)
def test_every_step_of_a_motion_has_a_page(client, sam, name, state):
    motion = MotionFactory(state=state)
    client.force_login(sam)

    assert page(client, name, motion.pk).status_code == 200


def test_plan_in_the_past_keeps_what_was_typed(client, sam):
    council = CouncilFactory()
    client.force_login(sam)

    response = press(
        client, "plan", council.code, starts_at="2020-01-01T10:00", place="Where it was"
    )

    content = response.content.decode()
    assert "still to come" in content
    assert "Where it was" in content
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("starts_at", ["", "tomorrow", "2026-02-30T10:00", "9" * 400])
def test_plan_answers_nonsense_with_a_sentence(client, sam, starts_at):
    council = CouncilFactory()
    client.force_login(sam)

    response = press(client, "plan", council.code, starts_at=starts_at, place="Hall")

    assert response.status_code == 422
    assert response.context["form"].errors["starts_at"]


def test_seat_is_given_by_the_address_of_an_account(client, sam, ana):
    council = CouncilFactory()
    client.force_login(sam)
    data = {"sector": 1, "starts_on": "2026-01-01", "ends_on": "2027-01-01"}

    wrong = press(client, "seat", council.code, email="nobody@example.org", **data)
    press(client, "seat", council.code, email=ana.email, **data)

    assert wrong.context["form"].errors["email"]
    assert Seat.objects.get().member == ana


def test_seat_ends_on_the_page(client, sam):
    place = SeatFactory()
    client.force_login(sam)
    today = timezone.localdate()

    press(client, "unseat", place.council.code, place.pk, on=today.isoformat(), reason="Moved.")

    assert Seat.objects.get().ends_on == today


def test_tie_is_decided_on_the_page(client, members, sam):
    rule = {**CouncilFactory().rule, "tie": "chair_decides"}
    motion, _meeting, _seats = session(members[:2], rule=rule)
    divisions.vote(motion, by=members[0], choice="yes")
    divisions.vote(motion, by=members[1], choice="no")
    divisions.close(motion, by=sam)
    client.force_login(members[0])

    press(client, "decide_tie", motion.pk, choice="yes")

    assert Motion.objects.get(pk=motion.pk).state == MotionState.CARRIED


def test_refused_steps_answer_409(client, sam):
    meeting = MeetingFactory(starts_at=timezone.now() + timedelta(days=1))
    client.force_login(sam)

    response = press(client, "notice", meeting.pk)

    assert response.status_code == 409
    assert "no agenda" in response.content.decode()


def test_calendar_has_every_announced_meeting(client, db):
    shown = MeetingFactory(state=MeetingState.NOTICED, place="Hall; 2nd floor, " + "가" * 60)
    MeetingFactory()

    response = page(client, "calendar")

    body = response.content.decode()
    assert response["Content-Type"].startswith("text/calendar")
    assert body.count("BEGIN:VEVENT") == 1
    assert f"UID:meeting-{shown.pk}@" in body
    assert "Hall\\; 2nd floor\\, 가" in body.replace("\r\n ", "")
    assert all(len(line.encode()) <= 75 for line in body.split("\r\n"))


def test_calendar_of_a_council_has_its_meetings_only(client, db):
    meeting = MeetingFactory(state=MeetingState.NOTICED)
    MeetingFactory(state=MeetingState.NOTICED)

    body = page(client, "council_calendar", meeting.council.code).content.decode()

    assert body.count("BEGIN:VEVENT") == 1


@pytest.mark.parametrize("method", ["put", "delete"])
def test_pages_refuse_other_methods(client, members, method):
    motion, _meeting, _seats = session(members)

    assert getattr(client, method)(motion.get_absolute_url()).status_code == 405
