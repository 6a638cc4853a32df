"""Versions of published texts, those who wrote together, numbers, and what came from elsewhere."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.proposals.models import OPEN_STATES, Area, District, Proposal, ProposalState

# The city has not decided yet, and no council holds the text.
AMENDABLE = frozenset(OPEN_STATES) - {ProposalState.REFERRED}
INVITATION_LASTS = timedelta(days=14)


class ReferenceCounter(models.Model):
    """The last number given to a proposal of one area in one year."""

    year = models.PositiveSmallIntegerField()
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    n = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "area"], name="one_counter_each_area_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.year}/{self.area_id}: {self.n}"


class ProposalVersion(models.Model):
    """The whole text and the place of a published proposal as they stood from one moment on."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    problem = models.TextField()
    solution = models.TextField(blank=True)
    effect = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="+")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    reason = models.CharField(_("why it changes"), max_length=500, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="one_text_each_version"),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_count_from_one"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="points_of_versions_are_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}, version {self.number}"


class JointAuthorQuerySet(models.QuerySet["JointAuthor"]):
    def accepted(self) -> "JointAuthorQuerySet":
        return self.filter(answered_at__isnull=False, accepted=True)

    def waiting(self) -> "JointAuthorQuerySet":
        """Invited, not answered yet, and not too long ago."""
        return self.filter(answered_at=None, invited_at__gt=timezone.now() - INVITATION_LASTS)

    def waiting_for(self, person: User) -> "JointAuthorQuerySet":
        return self.waiting().filter(person=person)


class JointAuthor(models.Model):
    """Somebody who wrote a proposal together with its author, with a share of the contribution.

    Regulation on Citizens' Proposals, article 5(3): shares in percent; the largest is the lead.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="joint_authors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    share = models.PositiveSmallIntegerField(_("share in percent"))
    invited_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(default=False)

    objects = JointAuthorQuerySet.as_manager()

    class Meta:
        ordering = ["-share", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="one_joint_author_each"),
            models.CheckConstraint(
                condition=Q(share__range=(1, 99)), name="shares_are_between_1_and_99"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, accepted=False) | Q(answered_at__gte=F("invited_at")),
                name="answers_come_after_invitations",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} of {self.proposal_id}: {self.share} %"

    @property
    def is_open(self) -> bool:
        """Whether the invitation can still be answered."""
        return self.answered_at is None and timezone.now() < self.invited_at + INVITATION_LASTS


class ImportedText(models.Model):
    """Where a proposal that was written elsewhere came from, and that its text is unharmed."""

    source = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="imported_from")
    is_duplicate = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)
    written_on = models.DateField(null=True)
    category = models.CharField(max_length=80, blank=True)
    agreed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="imported_once_each"),
        ]
        indexes = [models.Index(fields=["sha256"], name="imported_text_by_hash")]

    def __str__(self) -> str:
        return f"{self.source}/{self.key}"
