"""Who follows a proposal, in which rhythm they are told, and what waits until then."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.proposals.models.proposals import Proposal


class Rhythm(models.TextChoices):
    """How somebody who follows is told."""

    PORTAL = "portal", _("At once, here in the portal")
    MAIL = "mail", _("At once, also by e-mail")
    DAILY = "daily", _("Once a day, all together")
    WEEKLY = "weekly", _("Once a week, all together")


LATER = (Rhythm.DAILY, Rhythm.WEEKLY)


class FollowQuerySet(models.QuerySet["Follow"]):
    def visible_to(self, user: Any) -> Self:
        """One's own: what somebody follows is nobody else's business."""
        return self.filter(person_id=user.pk)


class Follow(models.Model):
    """A person who wants to be told what becomes of a proposal."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="follows")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    tells = models.CharField(
        _("how you are told"),
        max_length=10,
        choices=Rhythm,
        default=Rhythm.MAIL,
        db_default=Rhythm.MAIL,
    )

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="one_follow_each"),
            models.CheckConstraint(
                condition=Q(tells__in=["portal", "mail", "daily", "weekly"]),
                name="follow_tells_in_a_known_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} follows {self.proposal_id}"


class HeldNote(models.Model):
    """A note for somebody who follows, held until the next digest of their rhythm."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="+")
    tells = models.CharField(max_length=10, choices=Rhythm)
    kind = models.CharField(max_length=60)
    context = models.JSONField(default=dict)
    held_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["tells", "person"], name="held_for_digest")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"
