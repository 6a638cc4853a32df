"""Who takes part in a call: teams, those invited to them, and what they hand in."""

from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.calls.models.calls import Call, Prize, Track
from portal.calls.models.states import CallState, EntryForm, EntryState, Use
from portal.lifecycle import Living
from portal.proposals.models import Proposal
from portal.quarantine.models import StatedQuerySet
from portal.uploads import RandomName

UNREAD = (CallState.DRAFT, CallState.ANNOUNCED, CallState.OPEN)


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """A team's own page is for its members; its name stands on the page of the call."""
        here = Membership.objects.present().filter(person_id=user.pk)
        return self.filter(pk__in=here.values("team"))


class Team(models.Model):
    """People who take part together, in one track of a call."""

    track = models.ForeignKey(Track, models.PROTECT, related_name="teams")
    name = models.CharField(_("name of the team"), max_length=60)
    founder = models.ForeignKey(User, models.PROTECT, related_name="founded_teams")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["track", "name"], name="team_names_differ_in_a_track")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("calls:team", args=[self.pk])


class MembershipQuerySet(models.QuerySet["Membership"]):
    def present(self) -> Self:
        return self.filter(left_at=None)


class Membership(models.Model):
    """One person in a team; ``share`` is the percent of the work and of the prize."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    call = models.ForeignKey(Call, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(User, models.PROTECT, related_name="team_memberships")
    share = models.PositiveSmallIntegerField(_("share"), null=True, blank=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    left_at = models.DateTimeField(null=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["joined_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "person"], condition=Q(left_at=None), name="one_team_each_in_a_call"
            ),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__lte=100), name="shares_are_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.team_id}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def usable(self) -> Self:
        """Neither used nor called back nor run out."""
        return self.filter(used_at=None, recalled_at=None, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """A way into a team, for one person and a few days; of its code only a hash is kept."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"), blank=True)
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    recalled_at = models.DateTimeField(null=True, editable=False)
    used_at = models.DateTimeField(null=True, editable=False)
    used_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"invitation {self.pk} to {self.team_id}"


def handed_in_by(user: User | AnonymousUser) -> Q:
    """What a person handed in, and what a team did in which the person is."""
    mine = Membership.objects.present().filter(person_id=user.pk).values("team")
    return Q(author_id=user.pk) | Q(team__in=mine)


class EntryQuerySet(StatedQuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Everyone reads what is judged; before that, those who handed it in and a proposal's."""
        public = Q(state=EntryState.SUBMITTED) & (
            ~Q(track__call__state__in=UNREAD) | Q(proposal__isnull=False)
        )
        return self.filter(handed_in_by(user) | public)

    def of_person(self, user: User | AnonymousUser) -> Self:
        """Those that a person handed in, alone or with the team."""
        return self.filter(handed_in_by(user))

    def present(self) -> Self:
        return self.filter(state=EntryState.SUBMITTED)

    def of_call(self, call: Call) -> Self:
        return self.filter(track__call=call)

    def without_use(self) -> Self:
        """Those of which nobody has said what became of them."""
        return self.present().filter(use="")

    def for_lists(self) -> Self:
        return self.select_related("track", "team", "author", "prize", "proposal")


class Entry(Living):
    """What a person or a team hands in to one track of a call."""

    MOVES = {EntryState.SUBMITTED: {EntryState.WITHDRAWN}}

    track = models.ForeignKey(Track, models.PROTECT, related_name="entries")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="entries")
    author = models.ForeignKey(User, models.PROTECT, related_name="call_entries")
    form = models.CharField(_("what is handed in"), max_length=20, choices=EntryForm)
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, blank=True, related_name="call_entry"
    )
    title = models.CharField(_("title"), max_length=100)
    text = models.TextField(_("description"), max_length=5000, blank=True)
    organisation = models.CharField(_("company or institute"), max_length=100, blank=True)
    link = models.URLField(_("link"), max_length=300, blank=True)
    file = models.FileField(upload_to=RandomName("calls"), blank=True, max_length=120)
    file_name = models.CharField(max_length=255, blank=True)
    file_size = models.PositiveBigIntegerField(default=0)
    content_type = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=20, choices=EntryState, default=EntryState.SUBMITTED)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    points = models.DecimalField(max_digits=5, decimal_places=2, null=True, editable=False)
    rank = models.PositiveIntegerField(null=True, editable=False)
    prize = models.OneToOneField(
        Prize, models.PROTECT, null=True, blank=True, related_name="winner", editable=False
    )
    use = models.CharField(_("what became of it"), max_length=20, choices=Use, blank=True)
    used_in = models.TextField(_("where it is used, or why not"), max_length=3000, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=EntryState.values), name="entry_state_known"
            ),
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(state="submitted", team__isnull=False),
                name="one_entry_for_each_team",
            ),
            models.UniqueConstraint(
                fields=["track", "author"],
                condition=Q(state="submitted"),
                name="one_entry_for_each_person",
            ),
            models.CheckConstraint(
                condition=Q(form="proposal", proposal__isnull=False)
                | (~Q(form="proposal") & Q(proposal=None)),
                name="entries_that_are_proposals_have_one",
            ),
            models.CheckConstraint(
                condition=Q(use="") | ~Q(used_in=""), name="uses_are_told_in_words"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("calls:entry", args=[self.pk])

    @property
    def by_line(self) -> str:
        """Who handed it in, as strangers see it."""
        who: Any = self.team.name if self.team else self.author.public_name
        return f"{self.organisation}, {who}" if self.organisation else str(who)
