"""Writing, changing and deleting comments, and marking those that help."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import discretion
from portal.accounts.models import STAFF_ROLES, Appointment, User
from portal.audit.domain import log
from portal.notifications.domain import notes
from portal.proposals.domain.proposals import forget_kept_pages
from portal.proposals.models import Channel, Proposal, ProposalState, Visibility
from portal.refusals import Refused
from portal.talk.domain import cases
from portal.talk.models import (
    LEVELS,
    Comment,
    CommentState,
    CommentVersion,
    Helpful,
    Mention,
    Stance,
    TalkCount,
)
from portal.talk.models.comments import LONGEST
from portal.talk.rules import is_talkable


@transaction.atomic
def write(
    proposal: Proposal,
    *,
    by: User,
    text: str,
    stance: str = Stance.NEUTRAL,
    to: Iterable[User] = (),
) -> Comment:
    """Say something about a proposal; ``to`` are people of the same talk who are told.

    Raises ``Refused`` where the talk is not open, the text cannot be taken, or ``by`` wrote
    too much within the hour.
    """
    _refuse_closed(proposal)
    comment = _add(Comment(proposal=proposal, stance=stance), by=by, text=text, to=to)
    if proposal.author_id != by.pk:
        _tell([proposal.author], comment, "comment_written")
    return comment


@transaction.atomic
def answer(
    parent: Comment, *, by: User, text: str, stance: str = Stance.NEUTRAL, to: Iterable[User] = ()
) -> Comment:
    """Answer a comment, down to the third level. Raises ``Refused`` as ``write`` does."""
    _refuse_closed(parent.proposal)
    if not parent.is_public:
        raise Refused(_("This comment is no longer shown, so it cannot be answered."))
    if parent.level >= LEVELS:
        raise Refused(_("Answers go down three levels. Please answer the comment above."))
    root = parent.root_id or parent.pk
    comment = Comment(
        proposal=parent.proposal, parent=parent, root_id=root, level=parent.level + 1, stance=stance
    )
    _add(comment, by=by, text=text, to=to)
    Comment.objects.filter(pk=root).update(reply_count=F("reply_count") + 1)
    if parent.author and parent.author_id != by.pk:
        _tell([parent.author], comment, "comment_answered")
    return comment


@transaction.atomic
def edit(comment: Comment, *, by: User, text: str, stance: str) -> Comment:
    """Change a comment's text, leaving a mark, and keep the earlier one for moderators."""
    text = _checked(text)
    now = timezone.now()
    CommentVersion.objects.create(
        comment=comment, text=comment.text, stance=comment.stance, replaced_at=now
    )
    changes = {"text": text, "stance": stance, "edited_at": now, "changed_at": now}
    same = Comment.objects.filter(
        pk=comment.pk, state=CommentState.PUBLIC, changed_at=comment.changed_at
    )
    if not same.update(**changes):
        raise Refused(_("Someone else has just changed this. Please look again."))
    log.record("edited", comment, by=by, text_sha256=_digest(text), stance=str(stance))
    comment.refresh_from_db()
    return comment


@transaction.atomic
def delete(comment: Comment, *, by: User) -> Comment:
    """Take a comment's words away, its earlier ones too; its place and the answers stay."""
    now = timezone.now()
    comment.move(CommentState.DELETED, by=by, also={"text": "", "changed_at": now})
    comment.versions.all().delete()
    comment.mentions.all().delete()
    cases.drop(comment, by=by)
    forget_kept_pages()
    return comment


@transaction.atomic
def mark(comment: Comment, *, by: User) -> None:
    """Let ``by`` say that a comment helps. A second mark changes nothing, by a constraint."""
    if not comment.is_public:
        raise Refused(_("This comment is no longer shown."))
    if comment.author_id == by.pk:
        raise Refused(_("This is your own comment. Others say whether it helps."))
    Helpful.objects.bulk_create([Helpful(comment=comment, person=by)], ignore_conflicts=True)


@transaction.atomic
def unmark(comment: Comment, *, by: User) -> None:
    """Take the mark back."""
    Helpful.objects.filter(comment=comment, person=by).delete()


@transaction.atomic
def import_comment(  # noqa: PLR0913  what an earlier system knows of a comment
    proposal: Proposal,
    *,
    source_id: str,
    pseudonym: str,
    text: str,
    written_at: datetime,
    parent_id: str = "",
    stance: str = Stance.NEUTRAL,
) -> Comment:
    """Take over a comment of an earlier system with its writer's pseudonym, time and parent.

    ``source_id`` and ``parent_id`` are the numbers there; a comment that is here already is
    given back unchanged. A parent that is not here makes the comment the first of a branch;
    what was deeper than three levels answers the comment above its parent. Raises ``Refused``
    where the text holds the number of a resident.
    """
    known = Comment.objects.on(proposal).filter(source_id=source_id).first()
    if known:
        return known
    discretion.refuse_numbers_of_residents(text)
    parent = Comment.objects.on(proposal).filter(source_id=parent_id).first() if parent_id else None
    if parent and parent.level >= LEVELS:
        parent = parent.parent
    comment = Comment(
        proposal=proposal,
        parent=parent,
        root_id=(parent.root_id or parent.pk) if parent else None,
        level=parent.level + 1 if parent else 1,
        pseudonym=pseudonym,
        channel=Channel.IMPORT,
        source_id=source_id,
        stance=stance,
        text=text,
        created_at=written_at,
    )
    comment.save()
    if comment.root_id:
        Comment.objects.filter(pk=comment.root_id).update(reply_count=F("reply_count") + 1)
    log.record("imported", comment, by=None, linked=False, text_sha256=_digest(text))
    return comment


def _add(comment: Comment, *, by: User, text: str, to: Iterable[User]) -> Comment:
    """Write a new comment with all that goes with it."""
    _refuse_hasty(by)
    counted = TalkCount.objects.filter(pk=comment.proposal_id).values_list("marks", flat=True)
    comment.author, comment.text, comment.office = by, _checked(text), office_of(by)
    comment.marks_before = counted.first() or 0
    comment.save()
    log.record(
        "written", comment, by=by, text_sha256=_digest(comment.text), stance=str(comment.stance)
    )
    people = [person for person in to if person.pk != by.pk]
    Mention.objects.bulk_create([Mention(comment=comment, person=p) for p in people])
    _tell(people, comment, "comment_mentioned")
    return comment


def office_of(person: User) -> Appointment | None:
    """The office for which a person speaks: officials never speak as if they were none."""
    held = [o for o in person.current_appointments if o.role in STAFF_ROLES]
    return min(held, key=lambda office: (office.department_id is None, office.pk), default=None)


def _refuse_closed(proposal: Proposal) -> None:
    if proposal.state == ProposalState.DRAFT or proposal.visibility != Visibility.PUBLIC:
        raise Refused(_("Nothing can be said about this proposal: it is not public."))
    if not is_talkable(proposal):
        raise Refused(_("The talk about this proposal is closed. It stays readable."))


def _refuse_hasty(by: User) -> None:
    since = timezone.now() - timedelta(hours=1)
    if by.comments.filter(created_at__gte=since).count() >= settings.COMMENTS_PER_HOUR:
        raise Refused(
            _("You have written {n} comments within an hour. Please go on later.").format(
                n=settings.COMMENTS_PER_HOUR
            )
        )


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise Refused(_("Write something first."))
    if len(text) > LONGEST:
        raise Refused(_("A comment has at most {n} characters.").format(n=LONGEST))
    discretion.refuse_numbers_of_residents(text)
    return text


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _tell(people: Iterable[User], comment: Comment, kind: str) -> None:
    notes.leave_for_all(
        [person for person in people if person.is_active],
        kind,
        url=comment.get_absolute_url(),
        title=comment.proposal.title,
        writer=comment.writer,
    )
