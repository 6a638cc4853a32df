"""The monthly panel drawn by lot: its candidates, what it looks at, and what it lifts."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.lifecycle import Living
from portal.proposals.models import Proposal
from portal.thresholds.models.duties import Duty


class PanelConsent(models.Model):
    """A resident who agrees to be drawn for a panel."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="panel_consent"
    )
    given_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.person_id} since {self.given_at:%F}"


class PanelState(models.TextChoices):
    """Where a panel stands."""

    ANNOUNCED = "announced", _("Announced")
    DRAWN = "drawn", _("Drawn and at work")
    CLOSED = "closed", _("Closed")


class PanelQuerySet(models.QuerySet["Panel"]):
    def visible_to(self, _user: Any) -> Self:
        """Panels are public; the names of their members are not."""
        return self.all()


class Panel(Living):
    """One month's panel; how it was drawn can be computed again by anybody."""

    S = PanelState
    MOVES = {S.ANNOUNCED: {S.DRAWN}, S.DRAWN: {S.CLOSED}}

    month = models.DateField(unique=True)
    seats = models.PositiveSmallIntegerField()
    marks_each = models.PositiveSmallIntegerField()
    # Before the draw the secret lies here encrypted, and its commitment stands for it.
    sealed_secret = models.TextField(blank=True)
    secret = models.CharField(max_length=64, blank=True)
    commitment = models.CharField(max_length=64)
    # Fixes the candidates; with the secret and the numbers it makes the seed.
    pool_hash = models.CharField(max_length=64, blank=True)
    announced_at = models.DateTimeField(default=timezone.now)
    draw_on = models.DateField()
    # Whose numbers are taken is said before they exist.
    source = models.CharField(max_length=300, blank=True)
    randomness = models.CharField(max_length=200, blank=True)
    seed = models.CharField(max_length=64, blank=True)
    closes_on = models.DateField(null=True)
    state = models.CharField(max_length=20, choices=PanelState, default=PanelState.ANNOUNCED)

    objects = PanelQuerySet.as_manager()

    class Meta:
        verbose_name = _("panel")
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="announced", seed="") | (~Q(state="announced") & ~Q(seed="")),
                name="drawn_panels_have_a_seed",
            ),
            models.CheckConstraint(
                condition=Q(secret="") | Q(sealed_secret=""),
                name="secrets_are_sealed_or_public",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    def get_absolute_url(self) -> str:
        return reverse("thresholds:panel", args=[self.pk])

    @property
    def is_drawn(self) -> bool:
        return self.state != PanelState.ANNOUNCED

    @property
    def takes_marks(self) -> bool:
        """Whether its members may still mark proposals."""
        last = self.closes_on
        return self.state == PanelState.DRAWN and last is not None and timezone.localdate() <= last


class Candidate(models.Model):
    """Somebody who may be drawn for one panel, public by a code alone."""

    class State(models.TextChoices):
        POOL = "pool", _("Not drawn")
        INVITED = "invited", _("Invited")
        ACCEPTED = "accepted", pgettext_lazy("an invitation", "Accepted")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("Did not answer")

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="candidates")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="candidacies"
    )
    code = models.CharField(max_length=16, unique=True)
    stratum = models.CharField(max_length=50, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.POOL)
    invited_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    marked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "person"], name="one_candidacy_each_panel"),
            models.CheckConstraint(
                condition=Q(state="pool") | Q(expires_at__isnull=False),
                name="invitations_expire",
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"], name="invitation_open", condition=Q(state="invited")
            )
        ]

    def __str__(self) -> str:
        return self.code


class PanelItem(models.Model):
    """A proposal with little support that a panel looks at."""

    class Why(models.TextChoices):
        LOT = "lot", _("Drawn by lot")
        DISTRICT = "district", _("From a district that is heard least")

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="items")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="panel_items")
    why = models.CharField(max_length=10, choices=Why)
    duty = models.OneToOneField(Duty, models.PROTECT, null=True, related_name="panel_item")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "proposal"], name="one_look_each_panel")
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} before {self.panel_id}"


class Mark(models.Model):
    """That a member of a panel wants a proposal lifted to its next step."""

    item = models.ForeignKey(PanelItem, models.CASCADE, related_name="marks")
    member = models.ForeignKey(Candidate, models.CASCADE, related_name="marks")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="one_mark_each")]

    def __str__(self) -> str:
        return f"{self.member_id} for {self.item_id}"
