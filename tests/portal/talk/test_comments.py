"""Writing, answering, changing, deleting and marking comments."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.audit.models import Act
from portal.notifications.models import Note
from portal.proposals.models import ProposalState
from portal.refusals import Refused
from portal.talk import own
from portal.talk.domain import comments, threads
from portal.talk.models import Comment, CommentState, Helpful, TalkCount
from tests.at_once import at_once
from tests.factories.portal import ProposalFactory, UserFactory

S = ProposalState


def counts(proposal):
    found = threads.counts_of(proposal)
    return found.n_for, found.n_neutral, found.n_against, found.marks


def test_writing_counts_tells_the_author_and_is_an_act(proposal, zoe, ana):
    comment = comments.write(proposal, by=zoe, text="  Yes, please. ", stance="for")

    assert (comment.text, comment.level, comment.writer) == ("Yes, please.", 1, "조*선")
    assert counts(proposal) == (1, 0, 0, 0)
    assert [n.kind for n in Note.objects.for_person(ana)] == ["comment_written"]
    assert Act.objects.filter(subject=f"talk.comment:{comment.pk}").count() == 1


def test_answers_go_down_three_levels_and_tell_whom_they_answer(comment, ana, zoe, omar):
    second = comments.answer(comment, by=ana, text="Why?")
    third = comments.answer(second, by=omar, text="Because.")

    assert (second.level, third.level, third.root_id) == (2, 3, comment.pk)
    assert "comment_answered" in {n.kind for n in Note.objects.for_person(zoe)}
    assert Comment.objects.get(pk=comment.pk).reply_count == 2
    with pytest.raises(Refused, match="three levels"):
        comments.answer(third, by=zoe, text="More.")


def test_each_comment_is_told_once_to_the_author_or_to_whom_it_answers(client, proposal, ana):
    people = UserFactory.create_batch(4)
    for number in range(8):
        said = comments.write(proposal, by=people[number % 3], text=f"Nr. {number}")
        comments.answer(said, by=people[3], text="Why?")

    told = [[note.kind for note in Note.objects.for_person(person)] for person in (ana, *people)]

    assert told == [["comment_written"] * 8, *(["comment_answered"] * n for n in (3, 3, 2, 0))]
    page = client.get(reverse("talk:list", args=[proposal.pk])).text
    assert "an answer to whoever wrote the comment that it answers" in page


def test_officials_speak_for_their_office_and_by_name(proposal, omar):
    comment = comments.write(proposal, by=omar, text="We look at it.")

    assert comment.office.department.code == "traffic"
    assert comment.writer == "오마루"


def test_the_author_of_the_proposal_is_marked(proposal, ana, comment):
    own = comments.write(proposal, by=ana, text="Thank you.")

    assert own.is_of_proposer
    assert not comment.is_of_proposer


def test_a_mention_tells_people_of_the_talk(comment, ana, zoe):
    answer = comments.answer(comment, by=ana, text="See.", to=[zoe, ana])

    assert [m.person for m in answer.mentions.all()] == [zoe]
    assert "comment_mentioned" in {n.kind for n in Note.objects.for_person(zoe)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  ", "Write something"),
        ("x" * 1001, "at most 1000"),
        ("900101-1234567", "resident registration number"),
    ],
)
def test_what_cannot_be_taken_is_refused(proposal, zoe, text, words):
    with pytest.raises(Refused, match=words):
        comments.write(proposal, by=zoe, text=text)

    assert not Comment.objects.exists()


def test_too_many_within_an_hour_are_refused(proposal, zoe, settings):
    settings.COMMENTS_PER_HOUR = 2
    comments.write(proposal, by=zoe, text="One.")
    comments.write(proposal, by=zoe, text="Two.")

    with pytest.raises(Refused, match="2 comments within an hour"):
        comments.write(proposal, by=zoe, text="Three.")


def test_drafts_and_hidden_proposals_take_no_comment(ana, zoe):
    draft = ProposalFactory(author=ana, state=S.DRAFT)
    hidden = ProposalFactory(author=ana, visibility="hidden")

    for proposal in (draft, hidden):
        with pytest.raises(Refused, match="not public"):
            comments.write(proposal, by=zoe, text="Hello.")


def test_the_talk_closes_some_days_after_the_decision(ana, zoe, settings):
    settings.COMMENTS_CLOSE_DAYS = 30
    long_ago = timezone.now() - timedelta(days=31)
    old = ProposalFactory(author=ana, state=S.ADOPTED, decided_at=long_ago)
    fresh = ProposalFactory(author=ana, state=S.ADOPTED)

    comments.write(fresh, by=zoe, text="Thank you.")
    with pytest.raises(Refused, match="closed"):
        comments.write(old, by=zoe, text="Too late.")


def test_an_edit_leaves_a_mark_and_the_earlier_text(comment, zoe):
    edited = comments.edit(comment, by=zoe, text="A very good idea.", stance="neutral")

    assert edited.edited_at is not None
    assert [v.text for v in edited.versions.all()] == ["A good idea."]
    assert counts(edited.proposal) == (0, 1, 0, 0)


def test_of_two_edits_of_the_same_text_the_second_is_refused(comment, zoe):
    stale = Comment.objects.get(pk=comment.pk)
    comments.edit(comment, by=zoe, text="First.", stance="for")

    with pytest.raises(Refused, match="look again"):
        comments.edit(stale, by=zoe, text="Second.", stance="for")


def test_deleting_leaves_a_tombstone_and_the_answers(comment, zoe, ana):
    comments.edit(comment, by=zoe, text="Changed.", stance="for")
    comment.refresh_from_db()
    answer = comments.answer(comment, by=ana, text="Why?")

    comments.delete(comment, by=zoe)

    gone = Comment.objects.get(pk=comment.pk)
    assert (gone.state, gone.text, gone.versions.count()) == (CommentState.DELETED, "", 0)
    assert Comment.objects.get(pk=answer.pk).is_public
    assert counts(comment.proposal) == (0, 1, 0, 0)
    with pytest.raises(Refused):
        comments.answer(gone, by=ana, text="Hello?")


def test_a_mark_counts_once_and_can_be_taken_back(comment, ana, zoe):
    comments.mark(comment, by=ana)
    comments.mark(comment, by=ana)

    assert Comment.objects.get(pk=comment.pk).helpful_count == 1
    assert counts(comment.proposal)[3] == 1
    comments.unmark(comment, by=ana)
    assert Comment.objects.get(pk=comment.pk).helpful_count == 0
    assert counts(comment.proposal)[3] == 0
    with pytest.raises(Refused, match="your own"):
        comments.mark(comment, by=zoe)


def test_the_database_refuses_a_second_mark(comment, ana):
    Helpful.objects.create(comment=comment, person=ana)

    with pytest.raises(IntegrityError, match="one_helpful_mark_each"), transaction.atomic():
        Helpful.objects.create(comment=comment, person=ana)


def test_no_text_changes_without_an_act(own_database):
    proposal = ProposalFactory(author=UserFactory())
    comment = comments.write(proposal, by=UserFactory(), text="As it was.")

    with pytest.raises(IntegrityError, match="without an act"):
        Comment.objects.filter(pk=comment.pk).update(text="Forged.")


def test_eight_marks_of_one_person_at_once_count_once(own_database):
    comment = comments.write(
        ProposalFactory(author=UserFactory()), by=UserFactory(), text="Mark me."
    )
    people = [UserFactory() for _ in range(3)]

    def click(person):
        comments.mark(Comment.objects.get(pk=comment.pk), by=person)

    at_once(*[lambda turn=turn: click(people[turn % 3]) for turn in range(8)])

    assert Helpful.objects.count() == 3
    assert Comment.objects.get(pk=comment.pk).helpful_count == 3
    assert TalkCount.objects.get(pk=comment.proposal_id).marks == 3


def test_comments_of_a_closed_account_stay_without_a_name(comment, zoe, ana):
    comments.edit(comment, by=zoe, text="Changed.", stance="for")
    answer = comments.answer(comment, by=ana, text="See.", to=[zoe])

    own.leave(zoe)
    type(zoe).objects.filter(pk=zoe.pk).update(name="", is_active=False)

    kept = Comment.objects.with_writer().get(pk=comment.pk)
    assert (kept.text, kept.writer) == ("Changed.", "someone who has left")
    assert not kept.versions.exists()
    assert not answer.mentions.exists()
    assert threads.counts_of(comment.proposal).n_for == 1
