"""The order of the talk, its pages, and what a page costs."""

from datetime import timedelta

import pytest
from django.core.exceptions import BadRequest
from django.db.models import F, Value
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from portal.talk.domain import comments, threads
from portal.talk.domain.fairness import LowerBound, lower_bound
from portal.talk.models import Comment, TalkCount
from tests.factories.portal import ProposalFactory, UserFactory


def say(proposal, count, **fields):
    """Let ``count`` people say something, each a minute after the other."""
    now = timezone.now() - timedelta(hours=1)
    return [
        comments.import_comment(
            proposal,
            source_id=f"s{n}",
            pseudonym=f"p{n}",
            text=f"Word {n}",
            written_at=now + timedelta(minutes=n),
            **fields,
        )
        for n in range(count)
    ]


def judge(comment, helpful, before=0):
    """Stage marks as their trigger would count them."""
    Comment.objects.filter(pk=comment.pk).update(helpful_count=helpful)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(
            "UPDATE talk_comment SET marks_before = %s WHERE id = %s", [before, comment.pk]
        )


def texts(talk):
    return [branch.comment.text for branch in talk.branches]


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_lower_bound_is_a_share_and_grows_with_marks(given_marks, more):
    of = given_marks + more

    bound = lower_bound(given_marks, of)

    assert 0 <= bound <= 10**9
    assert bound <= lower_bound(given_marks + 1, of + 1)
    assert bound >= lower_bound(given_marks, of + 1)


def test_the_database_computes_the_same_bound(proposal, zoe):
    comments.write(proposal, by=zoe, text="One.")
    for given_marks, of in [(0, 0), (1, 1), (1, 40), (7, 9), (300, 301)]:
        bound = Comment.objects.annotate(
            b=LowerBound(Value(given_marks) + F("level") - 1, Value(of) + F("level") - 1)
        ).values_list("b", flat=True)[0]

        assert bound == pytest.approx(lower_bound(given_marks, max(of, given_marks)), abs=1)


def test_a_late_comment_with_the_same_share_of_later_marks_leads(proposal):
    early, late, *_rest = say(proposal, 2)
    TalkCount.objects.filter(pk=proposal.pk).update(marks=60)
    judge(early, 20)
    judge(late, 18, before=40)

    assert texts(threads.page(proposal, user=proposal.author)) == ["Word 1", "Word 0"]


def test_two_that_few_have_judged_are_drawn_for_the_day(proposal):
    said = say(proposal, 8)
    TalkCount.objects.filter(pk=proposal.pk).update(marks=50)
    for comment in said[:6]:
        judge(comment, 5)

    talk = threads.page(proposal, user=proposal.author)

    drawn = [branch.comment.text for branch in talk.branches if branch.is_drawn]
    assert sorted(drawn) == ["Word 6", "Word 7"]
    assert texts(talk)[:2] == drawn
    assert len(set(texts(talk))) == 8


def test_the_lot_changes_with_the_day(proposal, monkeypatch):
    say(proposal, 30)
    drawn = set()
    for day in range(12):
        moment = timezone.localdate() + timedelta(days=day)
        monkeypatch.setattr(threads.timezone, "localdate", lambda moment=moment: moment)
        talk = threads.page(proposal, user=proposal.author)
        drawn |= {branch.comment.pk for branch in talk.branches if branch.is_drawn}

    assert len(drawn) > 4


@pytest.mark.parametrize("order", ["fair", "newest", "oldest"])
def test_pages_show_every_comment_once(proposal, order):
    said = say(proposal, 23)
    TalkCount.objects.filter(pk=proposal.pk).update(marks=40)
    for n, comment in enumerate(said):
        judge(comment, n % 4)

    seen, after = [], ""
    while True:
        talk = threads.page(proposal, user=proposal.author, order=order, after=after, size=5)
        seen += texts(talk)
        after = talk.next
        if not after:
            break

    assert sorted(seen) == sorted(c.text for c in said)
    if order == "oldest":
        assert seen == [c.text for c in said]


def test_a_cursor_of_another_order_is_refused(proposal):
    say(proposal, 8)
    after = threads.page(proposal, user=proposal.author, order="newest", size=3).next

    with pytest.raises(BadRequest):
        threads.page(proposal, user=proposal.author, order="fair", after=after)


def test_answers_are_bounded_and_the_rest_is_a_link_away(proposal, zoe):
    root = comments.write(proposal, by=zoe, text="Root.")
    for n in range(9):
        comments.answer(root, by=UserFactory(), text=f"Answer {n}")

    first = threads.page(proposal, user=zoe).branches[0]
    whole, after = threads.branch(Comment.objects.get(pk=root.pk), user=zoe)

    assert [b.comment.text for b in first.replies] == [f"Answer {n}" for n in range(6)]
    assert (first.more, len(whole.replies), after) == (3, 9, "")


def test_three_levels_hang_under_each_other(proposal, zoe, ana):
    root = comments.write(proposal, by=zoe, text="1")
    second = comments.answer(root, by=ana, text="2")
    comments.answer(second, by=zoe, text="3")

    found = threads.page(proposal, user=zoe).branches[0]

    assert found.replies[0].replies[0].comment.text == "3"


def test_a_long_branch_goes_on_on_its_next_page(proposal, monkeypatch):
    monkeypatch.setattr(threads, "BRANCH_SIZE", 3)
    root = comments.write(proposal, by=UserFactory(), text="Root.")
    for n in range(5):
        comments.answer(root, by=UserFactory(), text=f"Answer {n}")

    first, after = threads.branch(root, user=proposal.author)
    second, end = threads.branch(root, user=proposal.author, after=after)

    shown = [b.comment.text for page in (first, second) for b in page.replies]
    assert shown == [f"Answer {n}" for n in range(5)]
    assert end == ""


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_costs_the_same_for_any_number(client, zoe, count, django_assert_num_queries):
    proposal = ProposalFactory()
    for root in say(proposal, count):
        second = comments.answer(root, by=UserFactory(), text="2")
        comments.answer(second, by=UserFactory(), text="3", to=[UserFactory()])
    client.force_login(zoe)
    client.get(f"/proposals/{proposal.pk}/comments/")

    with django_assert_num_queries(QUERIES):
        response = client.get(f"/proposals/{proposal.pk}/comments/")

    assert len(response.context["talk"]) == min(count, 22)


QUERIES = 12
