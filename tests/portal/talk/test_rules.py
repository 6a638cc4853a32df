"""The permission table of comments and cases: who × act × state."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from portal.audit.domain import log
from portal.proposals.models import ProposalState
from portal.talk.domain import cases, comments
from portal.talk.models import Case, CaseState, Comment, CommentState
from tests.factories.portal import ProposalFactory

S, C, P = CommentState, CaseState, ProposalState
CAST = ["ana", "zoe", "omar", "audrey", "mona", "milo", "olga"]
EVERYONE = set(CAST)
MODERATORS = {"mona", "milo", "olga"}
OTHERS = EVERYONE - {"zoe"}

# zoe wrote the comment on ana's proposal.
COMMENTS = {
    "answer": {S.PUBLIC: EVERYONE},
    "edit": {S.PUBLIC: {"zoe"}},
    "delete": {S.PUBLIC: {"zoe"}, S.HELD: {"zoe"}, S.HIDDEN: {"zoe"}},
    "mark": {S.PUBLIC: OTHERS},
    "report": {S.PUBLIC: OTHERS},
    "read_hidden": dict.fromkeys((S.PUBLIC, S.HELD, S.HIDDEN), MODERATORS | {"zoe"}),
}
# mona decided the case; milo decided the appeal where there was one.
CASES = {
    "view_case": dict.fromkeys(C, MODERATORS | {"zoe"}),
    "decide_case": {C.OPEN: MODERATORS, C.HELD: MODERATORS},
    "appeal_case": {C.HIDDEN: {"zoe"}},
    "decide_appeal": {C.APPEALED: MODERATORS - {"mona"}},
}
WRITING = {state: EVERYONE for state in P if state != P.DRAFT}


@pytest.fixture
def people(request):
    return {name: request.getfixturevalue(name) for name in CAST}


def allowed(people, perm, thing):
    assert not AnonymousUser().has_perm(perm, thing)
    return {name for name, person in people.items() if person.has_perm(perm, thing)}


@pytest.mark.parametrize("state", list(S))
def test_who_may_do_what_to_a_comment(people, comment, state):
    comment.state = state

    found = {act: allowed(people, f"talk.{act}_comment", comment) for act in COMMENTS}

    assert found == {act: states.get(state, set()) for act, states in COMMENTS.items()}


@pytest.mark.parametrize("state", list(C))
def test_who_may_do_what_to_a_case(people, case, mona, state):
    case.state = state
    if state not in {C.OPEN, C.HELD}:
        case.decided_by, case.decided_at = mona, timezone.now()

    found = {act: allowed(people, f"talk.{act}", case) for act in CASES}

    assert found == {act: states.get(state, set()) for act, states in CASES.items()}


@pytest.mark.parametrize("state", list(P))
def test_who_may_comment_on_a_proposal(people, ana, state):
    proposal = ProposalFactory(author=ana, state=state)

    assert allowed(people, "talk.write_comment", proposal) == WRITING.get(state, set())


@pytest.mark.parametrize("visibility", ["public", "hidden"])
def test_who_may_report_a_proposal(people, proposal, visibility):
    proposal.visibility = visibility

    found = allowed(people, "talk.report_proposal", proposal)

    assert found == (EVERYONE - {"ana"} if visibility == "public" else set())


def test_nobody_acts_on_comments_of_a_hidden_proposal(people, comment):
    comment.proposal.visibility = "hidden"

    for act in ("answer", "edit", "mark", "report"):
        assert allowed(people, f"talk.{act}_comment", comment) == set()


def test_an_edit_is_open_for_some_minutes(comment, zoe, settings):
    comment.created_at = timezone.now() - timedelta(minutes=settings.COMMENT_EDIT_MINUTES)

    assert not zoe.has_perm("talk.edit_comment", comment)


def test_a_moderator_does_not_decide_about_own_words(proposal, mona, ana):
    case = cases.report(comments.write(proposal, by=mona, text="Hi."), by=ana, rule="spam")

    assert not mona.has_perm("talk.decide_case", case)


def test_cases_are_seen_by_moderators_and_by_the_author_once_something_is_done(
    case, zoe, ana, mona
):
    def seen(person):
        return Case.objects.visible_to(person).exists()

    assert [seen(p) for p in (mona, zoe, ana, AnonymousUser())] == [True, False, False, False]
    cases.hide(case, by=mona, rule="abuse", reason="It insults.")
    assert [seen(p) for p in (mona, zoe, ana, AnonymousUser())] == [True, True, False, False]


def test_comments_are_seen_with_their_proposal(comment, ana, zoe):
    with transaction.atomic():
        log.record("staged", comment.proposal, by=None)
        type(comment.proposal).objects.update(visibility="hidden")

    assert not Comment.objects.public().exists()
    assert not Comment.objects.visible_to(zoe).exists()
    assert Comment.objects.visible_to(ana).exists()
