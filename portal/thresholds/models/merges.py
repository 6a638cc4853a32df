"""Two proposals that ask for the same: the first received leads, and supporters are asked."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.lifecycle import Living
from portal.proposals.models import Proposal, ProposalState, Visibility


class MergeState(models.TextChoices):
    """Where a merge stands."""

    ASKING = "asking", _("Supporters are asked")
    MERGED = "merged", _("Merged")
    CALLED_OFF = "called_off", _("Called off")
    SPLIT = "split", _("Split again")


class MergeQuerySet(models.QuerySet["Merge"]):
    def visible_to(self, _user: Any) -> Self:
        """Merges of public proposals are public."""
        public = Visibility.PUBLIC
        return self.filter(later__visibility=public, earlier__visibility=public)

    def asking(self) -> Self:
        return self.filter(state=MergeState.ASKING)

    def in_force(self) -> Self:
        return self.filter(state=MergeState.MERGED)

    def alive(self) -> Self:
        return self.filter(state__in=[MergeState.ASKING, MergeState.MERGED])

    def with_proposals(self) -> Self:
        return self.select_related("later__author", "earlier__author", "later__stat")


class Merge(Living):
    """The merge of a later proposal into an earlier one, with its supporters' consent."""

    S = MergeState
    MOVES = {S.ASKING: {S.MERGED, S.CALLED_OFF}, S.MERGED: {S.SPLIT}}

    later = models.ForeignKey(Proposal, models.CASCADE, related_name="merges_away")
    earlier = models.ForeignKey(Proposal, models.CASCADE, related_name="merges_in")
    state = models.CharField(max_length=20, choices=MergeState, default=MergeState.ASKING)
    reason = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answer_by = models.DateTimeField()
    # Whether those who do not answer are counted too: the rule when they were asked.
    counts_silent = models.BooleanField()
    # In which state the later proposal was, so that it can go on there.
    was = models.CharField(max_length=20, choices=ProposalState, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merging")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["later"],
                condition=Q(state__in=["asking", "merged"]),
                name="one_merge_each_proposal",
            ),
            models.CheckConstraint(
                condition=~Q(later=F("earlier")), name="proposals_merge_with_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.later_id} → {self.earlier_id}"

    def get_absolute_url(self) -> str:
        return reverse("thresholds:merge", args=[self.pk])


class Voice(models.Model):
    """A supporter of the later proposal who is asked whether the support may move."""

    class Answer(models.TextChoices):
        YES = "yes", _("Count my support there")
        NO = "no", _("Do not count my support there")

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="voices")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    answer = models.CharField(max_length=5, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merge", "person"], name="one_voice_each_supporter")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} about {self.merge_id}: {self.answer}"


class Carried(models.Model):
    """A support of the earlier proposal that came over from the later one.

    The time is that of the support: who takes it back and gives another, gives a direct one.
    """

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="carried")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merge", "person"], name="carried_over_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} by {self.merge_id}"
