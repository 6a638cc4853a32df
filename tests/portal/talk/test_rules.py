"""Who sees a comment and a case, and for how long a text may be changed."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from portal.audit.domain import log
from portal.talk.domain import cases
from portal.talk.models import Case, Comment


def test_an_edit_is_open_for_some_minutes(comment, zoe, settings):
    comment.created_at = timezone.now() - timedelta(minutes=settings.COMMENT_EDIT_MINUTES)

    assert not zoe.has_perm("talk.edit_comment", comment)


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
