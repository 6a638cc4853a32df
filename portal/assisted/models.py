"""What clerks entered for citizens: who acted for whom, why, with whose consent.

The clerk never becomes the citizen. Each row names both, and nothing that proves who somebody
is stays here: what was shown is named, not copied.
"""

import uuid
from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.accounts.models import Role, User
from portal.identity.models import HASH_BYTES, Level
from portal.proposals.models import Channel, Proposal
from portal.quarantine.models import StatedQuerySet
from portal.uploads import RandomName

CHANNELS = [
    (channel.value, channel.label) for channel in (Channel.COUNTER, Channel.PHONE, Channel.POST)
]


class Kind(models.TextChoices):
    """What was entered."""

    PROPOSAL = "proposal", _("Proposal")
    SUPPORT = "support", _("Support")
    VERIFICATION = "verification", pgettext_lazy("of a person", "Verification")


class Consent(models.TextChoices):
    """How the citizen consented."""

    SPOKEN = "spoken", _("spoken, to the clerk")
    SIGNED = "signed", _("signed on paper")
    WRITTEN = "written", _("written in a letter")


class Shown(models.TextChoices):
    """What the citizen showed of who they are. No number and no copy of it is kept."""

    NOTHING = "nothing", _("nothing")
    RESIDENT_CARD = "resident_card", _("resident registration card")
    LICENCE = "licence", _("driver's licence")
    PASSPORT = "passport", _("passport")
    MOBILE = "mobile", _("mobile identity card")
    CALL_BACK = "call_back", _("questions answered when called back")


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Clerks and auditors see all entries, citizens what was entered for them."""
        if not user.is_authenticated:
            return self.none()
        if user.holds(Role.CLERK, Role.AUDITOR):
            return self
        return self.filter(citizen_id=user.pk)

    def entered_on(self, day: date) -> Self:
        return self.filter(entered_at__date=day)


class Entry(models.Model):
    """One act of a clerk for a citizen who came, called or wrote."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    citizen = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="entries")
    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=CHANNELS)
    reason = models.CharField(max_length=300, blank=True)
    consent_on = models.DateField()
    consent_how = models.CharField(max_length=10, choices=Consent)
    shown = models.CharField(max_length=20, choices=Shown)
    level = models.CharField(max_length=20, choices=Level)
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, related_name="assisted_entries"
    )
    lookup_hash = models.BinaryField(max_length=HASH_BYTES, unique=True)
    entered_at = models.DateTimeField(default=timezone.now)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry at the counter")
        ordering = ["-entered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(clerk=F("citizen")), name="clerks_enter_nothing_for_themselves"
            ),
            models.CheckConstraint(
                condition=Q(kind="verification") | Q(proposal__isnull=False),
                name="entries_name_their_proposal",
            ),
        ]
        indexes = [models.Index(fields=["clerk", "-entered_at"], name="entry_of_clerk")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.entered_at:%F}"

    def get_absolute_url(self) -> str:
        return reverse("assisted:receipt", args=[self.pk])


class SheetQuerySet(StatedQuerySet):
    FILE = "scan"

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Sheets are seen by clerks and auditors alone."""
        known = user.is_authenticated and user.holds(Role.CLERK, Role.AUDITOR)
        return self if known else self.none()

    def with_lines_entered(self) -> Self:
        return self.annotate(entered=Count("lines"))

    def unfinished(self) -> Self:
        return self.with_lines_entered().filter(entered__lt=F("lines_on_paper"))


class Sheet(models.Model):
    """A sheet of signatures on paper for one proposal."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="sheets")
    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    received_on = models.DateField()
    lines_on_paper = models.PositiveSmallIntegerField()
    scan = models.FileField(upload_to=RandomName("sheets"), blank=True)
    scan_name = models.CharField(max_length=255, blank=True)
    scan_type = models.CharField(max_length=100, blank=True)
    scan_sha256 = models.CharField(max_length=64, blank=True)
    entered_at = models.DateTimeField(default=timezone.now)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature sheet")
        ordering = ["-entered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lines_on_paper__gte=1, lines_on_paper__lte=200),
                name="sheets_have_lines",
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.received_on}"

    def get_absolute_url(self) -> str:
        return reverse("assisted:sheet", args=[self.pk])


class Outcome(models.TextChoices):
    """What came of a line."""

    COUNTED = "counted", _("counted")
    DUPLICATE = "duplicate", _("supports it already")
    UNKNOWN = "unknown", _("not in the register")
    REFUSED = "refused", _("not counted")


class SheetLine(models.Model):
    """One line of a sheet: what came of it, and nothing of who signed."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=20, choices=Outcome)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="one_line_each_number")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.outcome}"
