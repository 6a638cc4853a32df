"""Who takes part in a lab."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglabs.models.lab import Lab
from portal.accounts.models import User
from portal.accounts.names import masked


class ParticipantKind(models.TextChoices):
    RESIDENT = "resident", _("Resident")
    TESTER = "tester", _("Tester of the service")
    EXPERT = "expert", _("Expert")
    COMPANY = "company", _("Company")
    OFFICIAL = "official", _("Official")
    CIVIC_GROUP = "civic_group", _("Civic group")


ORGANISATIONS = frozenset({ParticipantKind.COMPANY, ParticipantKind.CIVIC_GROUP})


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All of them, by masked name; the contact is for the managers' page alone."""
        return self

    def present(self) -> Self:
        """Those who have not left."""
        return self.filter(left_at=None)

    def of_person(self, user: User) -> Self:
        return self.filter(user=user)


class Participation(models.Model):
    """One person's or organisation's part in a lab, from joining to leaving."""

    lab = models.ForeignKey(Lab, models.PROTECT, related_name="participations")
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="lab_participations"
    )
    name = models.CharField(_("name"), max_length=60, blank=True)
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    kind = models.CharField(_("takes part as"), max_length=20, choices=ParticipantKind)
    consent_version = models.CharField(_("version of the consent"), max_length=20)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    left_at = models.DateTimeField(null=True, editable=False)
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["joined_at", "id"]
        indexes = [models.Index(fields=["lab", "kind"], name="participants_by_kind")]
        constraints = [
            models.UniqueConstraint(
                fields=["lab", "user"],
                condition=Q(left_at=None),
                name="nobody_joins_twice",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(name=""), name="participant_has_a_name"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=True) | Q(name="", contact=""),
                name="account_holders_are_not_copied",
            ),
            models.CheckConstraint(
                condition=~Q(consent_version=""), name="participant_has_consented"
            ),
        ]

    def __str__(self) -> str:
        return self.public_name

    @property
    def public_name(self) -> str:
        """The name as strangers see it; an organisation's is no secret."""
        if self.user:
            return self.user.public_name
        return self.name if self.kind in ORGANISATIONS else masked(self.name)
