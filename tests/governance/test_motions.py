"""Motions: tabled, recused from, voted on, and what follows."""

import pytest
from django.db import IntegrityError, transaction

from governance.domain import divisions, motions, sentences, tally
from governance.models import Attendance, Motion, MotionState, Recusal, Vote
from portal.audit.models import Act
from portal.notifications.models import Note
from portal.proposals.models import Proposal, ProposalState
from portal.refusals import Refused
from tests.factories.governance import CouncilFactory, MotionFactory, SeatFactory, session
from tests.factories.portal import ProposalFactory, UserFactory

CASTING = tally.preset("majority_casting_vote")


def vote_all(motion, members, *choices):
    for member, choice in zip(members, choices, strict=True):
        divisions.vote(motion, by=member, choice=choice)


def test_table_brings_a_referred_proposal_before_the_council(sam):
    proposal = ProposalFactory(state=ProposalState.REFERRED)

    motion = motions.table(proposal, CouncilFactory(), by=sam)

    assert (motion.state, motion.title) == (MotionState.TABLED, proposal.title)
    assert Note.objects.filter(recipient=proposal.author, kind="motion_tabled").exists()


@pytest.mark.parametrize(
    "state", [ProposalState.SUBMITTED, ProposalState.DEPT_REVIEW, ProposalState.ADOPTED]
)
def test_table_is_refused_for_a_proposal_that_was_not_referred(sam, state):
    with pytest.raises(Refused, match="was referred"):
        motions.table(ProposalFactory(state=state), CouncilFactory(), by=sam)


def test_table_is_refused_while_another_motion_is_undecided(sam):
    motion = MotionFactory()

    with pytest.raises(Refused, match="already a motion"):
        motions.table(motion.proposal, CouncilFactory(), by=sam)


def test_table_is_possible_after_a_withdrawal(sam):
    motion = MotionFactory()
    motions.withdraw(motion, by=sam, reason="To be worded better.")

    again = motions.table(motion.proposal, motion.council, by=sam)

    assert again.state == MotionState.TABLED


def test_withdraw_is_refused_without_a_reason(sam):
    with pytest.raises(Refused, match="reason is needed"):
        motions.withdraw(MotionFactory(), by=sam, reason="")


def test_open_freezes_the_rule_and_asks_the_members(sam, members):
    motion, meeting, _seats = session(members, open_vote=False)

    divisions.open(motion, meeting, by=sam)

    meeting.council.rule = tally.preset("unanimous")
    meeting.council.save()
    assert Motion.objects.get(pk=motion.pk).rule["id"] == "majority"
    assert {note.recipient for note in Note.objects.filter(kind="division_opened")} == set(members)


def test_open_is_refused_outside_a_session(sam, members):
    motion, meeting, _seats = session(members, open_vote=False)
    meeting.move("closed", by=sam)

    with pytest.raises(Refused, match="not in session"):
        divisions.open(motion, meeting, by=sam)


def test_open_is_refused_for_a_motion_off_the_agenda(sam, members):
    _motion, meeting, _seats = session(members, open_vote=False)

    with pytest.raises(Refused, match="not on the agenda"):
        divisions.open(MotionFactory(council=meeting.council), meeting, by=sam)


def test_open_is_refused_when_the_quorum_is_lost(sam, members):
    motion, meeting, seats = session(members, open_vote=False)
    Attendance.objects.filter(seat__in=seats[1:]).update(status="absent")

    with pytest.raises(Refused, match="Too few"):
        divisions.open(motion, meeting, by=sam)


def test_open_is_refused_while_another_vote_is_open(sam, members):
    _motion, meeting, _seats = session(members)
    second = MotionFactory(council=meeting.council)
    meeting.items.create(order=2, title="Second", motion=second)

    with pytest.raises(Refused, match="Another vote"):
        divisions.open(second, meeting, by=sam)

    assert Motion.objects.get(pk=second.pk).state == MotionState.TABLED


def test_vote_counts_the_last_of_a_member(members):
    motion, _meeting, _seats = session(members)

    votes = [divisions.vote(motion, by=members[0], choice=c) for c in ("yes", "no", "abstain")]

    assert [vote.seq for vote in votes] == [1, 2, 3]
    assert [vote.choice for vote in motion.votes.final()] == ["abstain"]


def test_vote_leaves_one_act_each(members):
    motion, _meeting, _seats = session(members)

    vote_all(motion, members, "yes", "no", "yes")

    acts = Act.objects.filter(subject=divisions.votes_of(motion))
    assert [act.verb for act in acts] == ["governance.vote:cast"] * 3


def test_vote_is_refused_to_strangers(members, zoe):
    motion, _meeting, _seats = session(members)

    with pytest.raises(Refused, match="Only members"):
        divisions.vote(motion, by=zoe, choice="yes")


def test_vote_is_refused_to_the_absent(members):
    motion, _meeting, _seats = session(members, present=False)

    with pytest.raises(Refused, match="not noted as present"):
        divisions.vote(motion, by=members[0], choice="yes")


def test_vote_is_refused_to_the_recused(members):
    motion, _meeting, seats = session(members)
    motions.recuse(motion, by=members[1], seat=seats[1], reason="I own the car park.")

    with pytest.raises(Refused, match="take no part"):
        divisions.vote(motion, by=members[1], choice="yes")


def test_vote_is_refused_before_the_opening_and_after_the_close(sam, members):
    motion, meeting, _seats = session(members, open_vote=False)

    with pytest.raises(Refused, match="not open"):
        divisions.vote(motion, by=members[0], choice="yes")

    divisions.open(motion, meeting, by=sam)
    vote_all(motion, members, "yes", "yes", "no")
    divisions.close(motion, by=sam)
    with pytest.raises(Refused, match="not open"):
        divisions.vote(motion, by=members[0], choice="no")


def test_vote_is_refused_for_an_unknown_choice(members):
    motion, _meeting, _seats = session(members)

    with pytest.raises(Refused, match="Choose for, against or abstain"):
        divisions.vote(motion, by=members[0], choice="maybe")


def test_second_vote_is_refused_where_votes_are_final(members):
    motion, _meeting, _seats = session(
        members, rule={**tally.preset("majority"), "changeable": False}
    )
    divisions.vote(motion, by=members[0], choice="yes")

    with pytest.raises(Refused, match="votes are final"):
        divisions.vote(motion, by=members[0], choice="no")


def test_vote_is_refused_to_a_chair_without_ordinary_vote(members):
    motion, _meeting, _seats = session(
        members, rule={**tally.preset("majority"), "chair_votes": False}
    )

    with pytest.raises(Refused, match="chair does not vote"):
        divisions.vote(motion, by=members[0], choice="yes")


def test_proxies_are_refused_by_the_database(members, zoe):
    motion, _meeting, seats = session(members)
    proxy = {"motion": motion, "seat": seats[0], "seq": 1, "choice": "yes", "cast_by": zoe}

    with pytest.raises(IntegrityError, match="no_proxies"), transaction.atomic():
        Vote.objects.create(**proxy, member=members[0])
    with pytest.raises(IntegrityError, match="votes_are_the_members_own"), transaction.atomic():
        Vote.objects.create(**proxy, member=zoe)


@pytest.mark.parametrize(
    "act", [lambda votes: votes.update(choice="no"), lambda votes: votes._raw_delete("default")]
)
def test_votes_cannot_be_changed_or_removed(members, act):
    motion, _meeting, _seats = session(members)
    divisions.vote(motion, by=members[0], choice="yes")

    with pytest.raises(IntegrityError, match="not allowed"), transaction.atomic():
        act(Vote.objects.filter(motion=motion))


def test_close_carries_and_the_city_adopts(sam, members):
    motion, _meeting, _seats = session(members)
    vote_all(motion, members, "yes", "yes", "no")

    divisions.close(motion, by=sam)

    proposal = Proposal.objects.get(pk=motion.proposal_id)
    assert (motion.state, proposal.state) == (MotionState.CARRIED, ProposalState.ADOPTED)
    assert motion.council.name_ko in proposal.answer


@pytest.mark.parametrize(
    "choices", [("no", "no", "yes"), ("abstain", "abstain", "yes"), ("no", "yes", "abstain")]
)
def test_close_without_a_majority_declines(sam, members, choices):
    motion, _meeting, _seats = session(members)
    vote_all(motion, members, *choices)

    divisions.close(motion, by=sam)

    proposal = Proposal.objects.get(pk=motion.proposal_id)
    assert motion.state == MotionState.LOST
    assert (proposal.state, proposal.ground) == (ProposalState.NOT_ADOPTED, "council")


def test_close_with_too_few_votes_leaves_the_proposal_waiting(sam, members):
    motion, meeting, _seats = session(members)
    divisions.vote(motion, by=members[0], choice="yes")

    divisions.close(motion, by=sam)

    assert motion.state == MotionState.NO_QUORUM
    assert Proposal.objects.get(pk=motion.proposal_id).state == ProposalState.REFERRED
    motions.table_again(motion, by=sam)
    divisions.open(motion, meeting, by=sam)
    vote_all(motion, members[1:], "yes", "yes")
    assert divisions.close(motion, by=sam).state == MotionState.CARRIED


def test_close_is_refused_with_everything_when_the_proposal_has_moved_on(sam, members):
    motion, _meeting, _seats = session(members)
    vote_all(motion, members, "yes", "yes", "yes")
    Proposal.objects.filter(pk=motion.proposal_id).update(state=ProposalState.WITHDRAWN)

    with pytest.raises(Refused):
        divisions.close(motion, by=sam)

    assert Motion.objects.get(pk=motion.pk).state == MotionState.OPEN
    assert not Act.objects.filter(verb="governance.motion:carried").exists()


def test_close_is_refused_twice(sam, members):
    motion, _meeting, _seats = session(members)
    vote_all(motion, members, "yes", "yes", "yes")
    stale = Motion.objects.get(pk=motion.pk)
    divisions.close(motion, by=sam)

    with pytest.raises(Refused, match="not open"):
        divisions.close(stale, by=sam)


def test_recusal_changes_the_denominator_where_the_rule_says_so(sam):
    people = [UserFactory() for _ in range(4)]
    rule = {**tally.preset("majority"), "recused": {"in_seats": False}}
    motion, _meeting, seats = session(people, rule=rule)
    motions.recuse(motion, by=people[3], seat=seats[3], reason="My brother's firm.")
    motions.recuse(motion, by=sam, seat=seats[2], reason="Decided by the council.")
    vote_all(motion, people[:2], "yes", "yes")

    divisions.close(motion, by=sam)

    assert motion.outcome["numbers"]["seats"] == 2
    assert motion.state == MotionState.CARRIED
    assert list(Recusal.objects.values_list("is_own_wish", flat=True)) == [True, False]


def test_recused_members_stay_in_the_quorum_of_the_usual_rule(sam):
    people = [UserFactory() for _ in range(4)]
    motion, _meeting, seats = session(people)
    for number in (2, 3):
        motions.recuse(motion, by=sam, seat=seats[number], reason="Interest.")
    vote_all(motion, people[:2], "yes", "yes")

    divisions.close(motion, by=sam)

    assert motion.outcome["numbers"]["seats"] == 4
    assert motion.state == MotionState.NO_QUORUM


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (lambda motion, member, seat: divisions.vote(motion, by=member, choice="yes"), "voted"),
        (
            lambda motion, member, seat: motions.recuse(motion, by=member, seat=seat, reason="A"),
            "already takes no part",
        ),
        (lambda motion, member, seat: motion.move("lost", by=None, also=DECIDED), "over"),
    ],
)
def test_recuse_is_refused(members, prepare, sentence):
    motion, _meeting, seats = session(members)
    prepare(motion, members[0], seats[0])

    with pytest.raises(Refused, match=sentence):
        motions.recuse(motion, by=members[0], seat=seats[0], reason="Interest.")


DECIDED = {"outcome": {}, "closed_at": "2026-01-01T00:00:00Z"}


def test_recuse_is_refused_without_reason_and_for_other_councils(members):
    motion, _meeting, seats = session(members)

    with pytest.raises(Refused, match="reason is needed"):
        motions.recuse(motion, by=members[0], seat=seats[0], reason=" ")
    with pytest.raises(Refused, match="no seat"):
        motions.recuse(motion, by=members[0], seat=SeatFactory(), reason="Interest.")


@pytest.mark.parametrize(
    ("choice", "state"), [("yes", MotionState.CARRIED), ("no", MotionState.LOST)]
)
def test_a_tie_waits_for_the_chair(sam, members, choice, state):
    motion, _meeting, _seats = session(members, rule=CASTING)
    vote_all(motion, members, "yes", "no", "abstain")
    divisions.close(motion, by=sam)
    assert motion.state == MotionState.AWAITING_CASTING_VOTE

    divisions.decide_tie(motion, by=members[0], choice=choice)

    assert motion.state == state
    assert sentences.steps(motion)[-1]["text"] == ("In favour" if choice == "yes" else "Against")


def test_decide_tie_is_refused(sam, members):
    motion, _meeting, _seats = session(members, rule=CASTING)

    with pytest.raises(Refused, match="no tie"):
        divisions.decide_tie(motion, by=members[0], choice="yes")

    vote_all(motion, members, "yes", "no", "abstain")
    divisions.close(motion, by=sam)
    with pytest.raises(Refused, match="Only the chair"):
        divisions.decide_tie(motion, by=members[1], choice="yes")
    with pytest.raises(Refused, match="for or against"):
        divisions.decide_tie(motion, by=members[0], choice="abstain")


def test_a_chair_who_takes_no_part_decides_no_tie(sam, members):
    voters = [*members[1:], UserFactory()]
    motion, _meeting, seats = session([members[0], *voters], rule=CASTING)
    motions.recuse(motion, by=members[0], seat=seats[0], reason="It is my car park.")
    vote_all(motion, voters, "yes", "no", "abstain")
    divisions.close(motion, by=sam)

    with pytest.raises(Refused, match="take no part"):
        divisions.decide_tie(motion, by=members[0], choice="yes")
    assert motion.state == MotionState.AWAITING_CASTING_VOTE


def test_outcome_says_each_comparison_in_words(sam, members):
    motion, _meeting, _seats = session(members)
    vote_all(motion, members, "yes", "yes", "no")

    divisions.close(motion, by=sam)

    assert [step["text"] for step in sentences.steps(motion)] == [
        "members present: 3. Needed: more than 1/2 of all members (3), that is, 2 or more",
        "votes for: 2. Needed: more than 1/2 of members present (3), that is, 2 or more",
    ]
    assert "2 for, 1 against, 0 abstained" in sentences.result(motion)
