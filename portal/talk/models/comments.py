"""A comment on a proposal: its stance, its place in the talk, its earlier texts and marks."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, User
from portal.lifecycle import Living
from portal.proposals.models import Channel, Proposal, ProposalState, Visibility

LEVELS = 3
LONGEST = 1000


class Stance(models.TextChoices):
    """How a comment stands to the proposal."""

    FOR = "for", _("For")
    NEUTRAL = "neutral", _("Neutral")
    AGAINST = "against", _("Against")


class CommentState(models.TextChoices):
    """Whether everyone reads a comment, and if not, why not."""

    PUBLIC = "public", _("Public")
    HELD = "held", _("Held back until it is looked at")
    HIDDEN = "hidden", _("Hidden by a moderator")
    DELETED = "deleted", _("Deleted by its author")


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Comments on proposals that ``user`` sees; who reads the text of each is asked apart."""
        public = Q(proposal__visibility=Visibility.PUBLIC)
        return self.filter(public | Q(proposal__author_id=user.pk)).exclude(
            proposal__state=ProposalState.DRAFT
        )

    def public(self) -> Self:
        """Those that everyone reads."""
        return self.filter(
            state=CommentState.PUBLIC, proposal__visibility=Visibility.PUBLIC
        ).exclude(proposal__state=ProposalState.DRAFT)

    def on(self, proposal: Proposal) -> Self:
        return self.filter(proposal=proposal)

    def roots(self) -> Self:
        """Those that answer no other comment."""
        return self.filter(parent=None)

    def with_writer(self) -> Self:
        texts = ("proposal__problem", "proposal__solution", "proposal__effect", "proposal__answer")
        return self.select_related("author", "office__department", "proposal").defer(*texts)


class Comment(Living):
    """What one person says about a proposal; ``domain.comments`` and ``domain.cases`` move it."""

    S = CommentState
    MOVES = {
        S.PUBLIC: {S.HELD, S.HIDDEN, S.DELETED},
        S.HELD: {S.PUBLIC, S.HIDDEN, S.DELETED},
        S.HIDDEN: {S.PUBLIC, S.DELETED},
    }

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies")
    root = models.ForeignKey("self", models.PROTECT, null=True, related_name="descendants")
    level = models.PositiveSmallIntegerField(default=1)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="comments"
    )
    # The name under which an earlier system showed the writer, where no account wrote it.
    pseudonym = models.CharField(max_length=60, blank=True)
    office = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    source_id = models.CharField(max_length=80, null=True)  # noqa: DJ001  only imported ones have one
    stance = models.CharField(_("stance"), max_length=10, choices=Stance, default=Stance.NEUTRAL)
    text = models.TextField(_("comment"), blank=True)
    state = models.CharField(max_length=10, choices=CommentState, default=CommentState.PUBLIC)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=timezone.now)
    helpful_count = models.PositiveIntegerField(default=0)
    reply_count = models.PositiveIntegerField(default=0)
    # How many marks the whole talk had when this comment was written.
    marks_before = models.PositiveIntegerField(default=0)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CommentState.values), name="comment_state_known"
            ),
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="stance_known"),
            models.CheckConstraint(
                condition=Q(level=1, parent=None, root=None)
                | Q(level__range=(2, LEVELS), parent__isnull=False, root__isnull=False),
                name="replies_have_a_parent_and_three_levels",
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=False) | ~Q(pseudonym=""), name="comments_have_a_writer"
            ),
            models.CheckConstraint(
                condition=Q(state="deleted", text="")
                | (~Q(state="deleted") & (~Q(text="") | Q(source_id__isnull=False))),
                name="only_deleted_and_imported_comments_may_be_empty",
            ),
            models.UniqueConstraint(
                fields=["proposal", "source_id"], name="one_comment_each_source"
            ),
        ]
        indexes = [
            models.Index(
                fields=["proposal", "-created_at", "-id"],
                name="comment_root_of_proposal",
                condition=Q(parent__isnull=True),
            ),
            models.Index(fields=["root", "created_at", "id"], name="comment_reply_of_root"),
            models.Index(fields=["author", "-created_at"], name="comment_of_author"),
            models.Index(fields=["changed_at"], name="comment_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} on {self.proposal_id}"

    def get_absolute_url(self) -> str:
        """The page of the branch of the talk in which the comment stands, at its place."""
        top = self.root_id or self.pk
        return f"{reverse('talk:branch', args=[self.proposal_id, top])}#comment-{self.pk}"

    @property
    def is_public(self) -> bool:
        return self.state == CommentState.PUBLIC

    @property
    def is_of_proposer(self) -> bool:
        return self.author_id is not None and self.author_id == self.proposal.author_id

    @property
    def writer(self) -> str:
        """The name that everyone sees; who speaks for an office speaks under the own name."""
        if self.author is None:
            return self.pseudonym
        return self.author.name if self.office_id else self.author.public_name


class CommentVersion(models.Model):
    """An earlier text of an edited comment, for moderators' eyes."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="versions")
    text = models.TextField()
    stance = models.CharField(max_length=10, choices=Stance)
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["replaced_at", "pk"]

    def __str__(self) -> str:
        return f"{self.comment_id} until {self.replaced_at:%F %T}"


class Helpful(models.Model):
    """One person's mark that a comment helps."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="marks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    marked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "person"], name="one_helpful_mark_each")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} marks {self.comment_id}"


class Mention(models.Model):
    """Somebody of the same talk to whom a comment turns."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "person"], name="one_mention_each")
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} to {self.person_id}"


class TalkCount(models.Model):
    """How many public comments a proposal has by stance, and how many marks; kept by triggers."""

    proposal = models.OneToOneField(
        Proposal, models.CASCADE, primary_key=True, related_name="talk_count"
    )
    n_for = models.PositiveIntegerField(default=0)
    n_neutral = models.PositiveIntegerField(default=0)
    n_against = models.PositiveIntegerField(default=0)
    marks = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.total}"

    @property
    def total(self) -> int:
        return self.n_for + self.n_neutral + self.n_against
