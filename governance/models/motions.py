"""Motions before a council, who may not vote on them, and the votes."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.models.bodies import Council, Seat
from governance.models.meetings import HERE, Meeting
from portal.accounts.models import User
from portal.lifecycle import Living
from portal.proposals.models import Proposal


class MotionState(models.TextChoices):
    TABLED = "tabled", _("Waiting for a meeting")
    OPEN = "open", _("Members are voting")
    AWAITING_CASTING_VOTE = "awaiting_casting_vote", _("Waiting for the chair's vote")
    NO_QUORUM = "no_quorum", _("Too few members to decide")
    CARRIED = "carried", _("Carried")
    LOST = "lost", _("Not carried")
    WITHDRAWN = "withdrawn", _("Taken back")


UNDECIDED = (
    MotionState.TABLED,
    MotionState.OPEN,
    MotionState.AWAITING_CASTING_VOTE,
    MotionState.NO_QUORUM,
)
DECIDED = (MotionState.CARRIED, MotionState.LOST)
TONES = {"open": "info", "carried": "success", "lost": "danger", "no_quorum": "warning"}


class MotionQuerySet(models.QuerySet["Motion"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What is before a council is public from the day it is tabled."""
        return self

    def undecided(self) -> Self:
        return self.filter(state__in=UNDECIDED)

    def tabled(self) -> Self:
        """Those that still look for a meeting, for the first time or again."""
        return self.filter(state__in=[MotionState.TABLED, MotionState.NO_QUORUM])

    def decided(self) -> Self:
        return self.filter(state__in=DECIDED)

    def open(self) -> Self:
        return self.filter(state=MotionState.OPEN)

    def of_council(self, council: Council) -> Self:
        return self.filter(council=council)

    def for_lists(self) -> Self:
        return self.select_related("council", "proposal")

    def open_to_vote_of(self, person: User) -> Self:
        """Open divisions in which ``person`` is present, not recused, and has not voted."""
        seats = Seat.objects.current().of_member(person)
        return (
            self.open()
            .filter(meeting__attendances__seat__in=seats, meeting__attendances__status__in=HERE)
            .exclude(recusals__seat__in=seats)
            .exclude(votes__seat__in=seats)
        )


class Motion(Living):
    """That the city adopt one proposal; ``domain.motions`` and ``domain.divisions`` move it."""

    S = MotionState
    MOVES = {
        S.TABLED: {S.OPEN, S.WITHDRAWN},
        S.OPEN: {S.CARRIED, S.LOST, S.NO_QUORUM, S.AWAITING_CASTING_VOTE, S.WITHDRAWN},
        S.AWAITING_CASTING_VOTE: {S.CARRIED, S.LOST, S.WITHDRAWN},
        S.NO_QUORUM: {S.TABLED, S.WITHDRAWN},
    }

    council = models.ForeignKey(Council, models.PROTECT, related_name="motions")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="motions")
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("what is to be decided"), max_length=3000)
    state = models.CharField(max_length=30, choices=MotionState, default=MotionState.TABLED)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="motions")
    # Frozen when the division opens: a later change of the council's rule is not this vote's.
    rule = models.JSONField(null=True, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    # {"counts": …, "numbers": …, "steps": […]} of ``tally.Outcome``, written at the close.
    outcome = models.JSONField(null=True, editable=False)

    objects = MotionQuerySet.as_manager()

    class Meta:
        verbose_name = _("motion")
        verbose_name_plural = _("motions")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MotionState.values), name="motion_state_known"
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(state__in=["open", "awaiting_casting_vote"]),
                name="one_open_division_each_meeting",
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(state__in=["tabled", "open", "awaiting_casting_vote", "no_quorum"]),
                name="one_undecided_motion_each_proposal",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "awaiting_casting_vote", "carried", "lost"])
                | Q(meeting__isnull=False, rule__isnull=False, opened_at__isnull=False),
                name="divisions_have_a_meeting_and_a_rule",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["carried", "lost"])
                | Q(outcome__isnull=False, closed_at__isnull=False),
                name="decided_motions_have_an_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="motion_newest"),
            models.Index(fields=["state_since"], name="motion_changed"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("governance:motion", args=[self.pk])

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "gray")

    @property
    def is_open(self) -> bool:
        return self.state == MotionState.OPEN

    @property
    def is_decided(self) -> bool:
        return self.state in DECIDED


class Recusal(models.Model):
    """A member who takes no part in one motion, and why."""

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="recusals")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="recusals")
    reason = models.TextField(_("reason"), max_length=500)
    is_own_wish = models.BooleanField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["motion", "at"]
        constraints = [
            models.UniqueConstraint(fields=["motion", "seat"], name="one_recusal_each"),
            models.CheckConstraint(condition=~Q(reason=""), name="recusals_have_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} on {self.motion_id}"


class Choice(models.TextChoices):
    YES = "yes", _("In favour")
    NO = "no", _("Against")
    ABSTAIN = "abstain", _("Abstain")


class VoteQuerySet(models.QuerySet["Vote"]):
    def final(self) -> Self:
        """The last vote of each seat, which is the one that counts."""
        return self.order_by("motion_id", "seat_id", "-seq").distinct("motion_id", "seat_id")


class Vote(models.Model):
    """One vote of one seat. Rows are only added; the database numbers them and checks them."""

    pk = models.CompositePrimaryKey("motion_id", "seat_id", "seq")
    motion = models.ForeignKey(Motion, models.PROTECT, related_name="votes")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="votes")
    seq = models.PositiveIntegerField()
    choice = models.CharField(max_length=10, choices=Choice)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    cast_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects = VoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("vote of a member")
        constraints = [
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="vote_choice_known"),
            models.CheckConstraint(condition=Q(cast_by=F("member")), name="no_proxies"),
        ]

    def __str__(self) -> str:
        return f"{self.motion_id}/{self.seat_id}/{self.seq}: {self.choice}"
