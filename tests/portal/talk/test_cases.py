"""Reports, holds, decisions and appeals."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.audit.models import Act
from portal.notifications.models import Note
from portal.proposals.models import Proposal
from portal.refusals import Refused
from portal.talk import tasks
from portal.talk.domain import cases, comments, statistics
from portal.talk.models import Case, CaseState, Comment, CommentState, Report
from tests.at_once import at_once
from tests.factories.portal import ProposalFactory, UserFactory, verify

C = CaseState


def kinds(person):
    return {note.kind for note in Note.objects.for_person(person)}


def state_of(thing):
    return type(thing)._base_manager.get(pk=thing.pk).state


def held(subject):
    """Let three different verified people report ``subject``."""
    for _ in range(3):
        case = cases.report(subject, by=UserFactory(), rule="spam")
    return Case.objects.get(pk=case.pk)


def test_a_report_opens_a_case_and_hides_nothing(comment, ana):
    case = cases.report(comment, by=ana, rule="abuse", text="Look.")

    assert (case.state, state_of(comment)) == (C.OPEN, CommentState.PUBLIC)
    assert Report.objects.get().case == case


def test_reports_of_the_same_words_are_one_case(comment, ana, omar):
    first = cases.report(comment, by=ana, rule="abuse")
    second = cases.report(comment, by=omar, rule="spam")

    assert first == second
    assert first.reports.count() == 2


def test_each_person_reports_once(comment, ana):
    cases.report(comment, by=ana, rule="abuse")

    with pytest.raises(Refused, match="already"):
        cases.report(comment, by=ana, rule="spam")


def test_own_and_unseen_words_are_not_reported(comment, zoe, ana, mona):
    with pytest.raises(Refused, match="your own words"):
        cases.report(comment, by=zoe, rule="abuse")
    case = cases.report(comment, by=ana, rule="abuse")
    cases.hide(case, by=mona, rule="abuse", reason="It insults.")

    with pytest.raises(Refused, match="not shown"):
        cases.report(Comment.objects.get(pk=comment.pk), by=mona, rule="abuse")


def test_too_many_reports_within_a_day_are_refused(proposal, ana, settings):
    settings.REPORTS_PER_DAY = 2
    written = [comments.write(proposal, by=UserFactory(), text="Hi.") for _ in range(3)]
    for comment in written[:2]:
        cases.report(comment, by=ana, rule="spam")

    with pytest.raises(Refused, match="2 reports within a day"):
        cases.report(written[2], by=ana, rule="spam")


def test_three_verified_people_hold_a_comment_back(comment, zoe):
    case = held(comment)

    assert (case.state, state_of(comment)) == (C.HELD, CommentState.HELD)
    assert "words_held" in kinds(zoe)


def test_accounts_that_nobody_verified_hold_nothing_back(comment):
    for _ in range(8):
        cases.report(comment, by=UserFactory(resident=False), rule="spam")

    assert state_of(comment) == CommentState.PUBLIC


def test_three_accounts_of_one_person_hold_nothing_back(comment):
    for _ in range(3):
        cases.report(
            comment, by=verify(UserFactory(resident=False), person="one and the same"), rule="spam"
        )

    assert state_of(comment) == CommentState.PUBLIC


def test_three_verified_people_hold_a_proposal_back(proposal, ana):
    case = held(proposal)

    assert case.state == C.HELD
    assert Proposal.objects.get(pk=proposal.pk).visibility == "hidden"
    assert not Proposal.objects.public().filter(pk=proposal.pk).exists()


def test_a_hold_ends_after_a_day_unless_a_person_decided(comment):
    case = held(comment)
    assert tasks.release_holds() == 0
    with transaction.atomic():
        cases.log.record("staged", case, by=None)
        Case.objects.filter(pk=case.pk).update(held_at=timezone.now() - timedelta(hours=25))

    assert tasks.release_holds() == 1
    assert (state_of(case), state_of(comment)) == (C.OPEN, CommentState.PUBLIC)
    assert tasks.release_holds() == 0


def test_what_was_held_once_or_judged_is_not_held_again(comment, mona):
    case = held(comment)
    cases.keep(case, by=mona, reason="A plain opinion.")
    assert state_of(comment) == CommentState.PUBLIC

    again = held(Comment.objects.get(pk=comment.pk))

    assert (again.state, state_of(comment)) == (C.OPEN, CommentState.PUBLIC)


def test_hiding_names_the_rule_tells_the_author_and_is_an_act(case, comment, mona, zoe):
    cases.hide(case, by=mona, rule="abuse", reason="It insults.")

    assert (case.state, state_of(comment)) == (C.HIDDEN, CommentState.HIDDEN)
    assert "words_hidden" in kinds(zoe)
    verbs = set(Act.objects.filter(subject=f"talk.case:{case.pk}").values_list("verb", flat=True))
    assert {"talk.case:opened", "talk.case:reported", "talk.case:hidden"} <= verbs


@pytest.mark.parametrize(("rule", "reason"), [("", "Why."), ("made_up", "Why."), ("abuse", "  ")])
def test_hiding_needs_a_rule_and_a_reason(case, mona, rule, reason):
    with pytest.raises(Refused):
        cases.hide(case, by=mona, rule=rule, reason=reason)

    assert state_of(case) == C.OPEN


def test_nobody_decides_about_own_words(proposal, mona, ana):
    own = comments.write(proposal, by=mona, text="Mine.")
    case = cases.report(own, by=ana, rule="spam")

    with pytest.raises(Refused, match="your own words"):
        cases.keep(case, by=mona, reason="Fine.")


def test_an_appeal_is_made_once_and_decided_by_somebody_else(hidden, comment, zoe, mona, milo):
    cases.appeal(hidden, by=zoe, text="It does not.")
    with pytest.raises(Refused, match="Somebody else"):
        cases.restore(hidden, by=mona, reason="Oh.")

    cases.restore(hidden, by=milo, reason="It does not insult.")

    assert (state_of(hidden), state_of(comment)) == (C.RESTORED, CommentState.PUBLIC)
    assert "appeal_granted" in kinds(zoe)
    with pytest.raises(Refused):
        cases.appeal(hidden, by=zoe, text="Again.")


def test_whoever_reported_is_told_what_came_of_it(case, comment, ana, zoe, mona, milo):
    cases.report(comment, by=milo, rule="spam")

    cases.hide(case, by=mona, rule="abuse", reason="It insults.")
    cases.appeal(case, by=zoe, text="It does not.")
    cases.restore(case, by=milo, reason="It does not insult.")

    told = {"report_hidden", "report_overruled"}
    assert told <= kinds(ana)
    assert told <= kinds(milo)
    assert not told & kinds(zoe)
    note = Note.objects.get(recipient=ana, kind="report_hidden")
    assert "It insults." in note.body
    assert zoe.public_name not in note.subject + note.body


def test_whoever_reported_reads_why_it_stays(case, ana, mona):
    cases.keep(case, by=mona, reason="It is only blunt.")

    assert "It is only blunt." in Note.objects.get(recipient=ana, kind="report_kept").body


def test_an_upheld_decision_stands(hidden, comment, zoe, milo):
    cases.appeal(hidden, by=zoe, text="It does not.")

    cases.uphold(hidden, by=milo, reason="It does.")

    assert (state_of(hidden), state_of(comment)) == (C.UPHELD, CommentState.HIDDEN)
    assert "appeal_refused" in kinds(zoe)


def test_an_appeal_needs_words_and_comes_in_time(hidden, zoe, settings):
    with pytest.raises(Refused, match="Say why"):
        cases.appeal(hidden, by=zoe, text=" ")
    settings.APPEAL_DAYS = 0
    with pytest.raises(Refused, match="over"):
        cases.appeal(hidden, by=zoe, text="Late.")


def test_the_database_lets_nobody_decide_their_own_appeal(own_database):
    author, mona = UserFactory(), UserFactory()
    comment = comments.write(ProposalFactory(author=UserFactory()), by=author, text="Hi.")
    case = cases.report(comment, by=UserFactory(), rule="spam")
    cases.hide(case, by=mona, rule="spam", reason="Spam.")

    with (
        pytest.raises(IntegrityError, match="appeals_are_decided_by_somebody_else"),
        transaction.atomic(),
    ):
        Case.objects.filter(pk=case.pk).update(appeal_decided_by=mona)
    with pytest.raises(IntegrityError, match="without an act"):
        Case.objects.filter(pk=case.pk).update(reason="Forged.")


def test_deleting_closes_the_case(case, comment, zoe):
    comments.delete(Comment.objects.get(pk=comment.pk), by=zoe)

    assert state_of(case) == C.DROPPED


def test_of_two_moderators_at_once_one_is_refused(own_database):
    comment = comments.write(ProposalFactory(author=UserFactory()), by=UserFactory(), text="Hi.")
    pk = cases.report(comment, by=UserFactory(), rule="spam").pk
    deciders = [UserFactory(), UserFactory()]
    one, other = [Case.objects.with_subject().get(pk=pk) for _ in deciders]

    answers = at_once(
        lambda: cases.keep(one, by=deciders[0], reason="Fine."),
        lambda: cases.hide(other, by=deciders[1], rule="spam", reason="Spam."),
    )

    assert sum(isinstance(answer, Refused) for answer in answers) == 1


def test_eight_reports_at_once_are_one_case_and_one_hold(own_database):
    comment = comments.write(ProposalFactory(author=UserFactory()), by=UserFactory(), text="Hi.")
    people = [UserFactory() for _ in range(8)]
    subjects = [Comment.objects.with_writer().get(pk=comment.pk) for _ in people]

    at_once(
        *[
            lambda subject=subject, person=person: cases.report(subject, by=person, rule="spam")
            for subject, person in zip(subjects, people, strict=True)
        ]
    )

    assert Case.objects.count() == 1
    assert Comment.objects.get(pk=comment.pk).state == CommentState.HELD
    assert Act.objects.filter(verb="talk.comment:held").count() == 1


def test_the_figures_count_what_was_decided(hidden, proposal, zoe, ana, mona, milo):
    cases.appeal(hidden, by=zoe, text="No.")
    cases.restore(hidden, by=milo, reason="Right.")
    other = comments.write(proposal, by=zoe, text="Other.")
    cases.keep(cases.report(other, by=ana, rule="spam"), by=mona, reason="Fine.")
    held(comments.write(proposal, by=zoe, text="Third."))

    half = statistics.half_years()[0]

    assert (half.cases, half.reports, half.hidden, half.kept, half.held) == (3, 5, 1, 1, 1)
    assert (half.appeals, half.appeals_decided, half.granted, half.granted_share) == (1, 1, 1, 100)
    assert half.by_rule["abuse"] == 1
    assert half.hours == 0.0
    lines = statistics.as_csv().splitlines()
    assert len(lines) == 2
    assert len(lines[0].split(",")) == len(lines[1].split(","))
