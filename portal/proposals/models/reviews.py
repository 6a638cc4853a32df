"""What belongs to a proposal on its way: pauses of the clock, opinions, files."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department
from portal.proposals.models.proposals import Proposal
from portal.proposals.models.states import ProposalState, SupplementGround
from portal.quarantine.models import StatedQuerySet
from portal.uploads import RandomName


class Pause(models.Model):
    """A stop of the answer's clock: a supplement was asked for and has not come yet."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="pauses")
    asked_on = models.DateField()
    due_on = models.DateField()
    came_on = models.DateField(null=True)
    asked_for = models.TextField()
    asked_in = models.CharField(max_length=20, choices=ProposalState)
    supplement = models.TextField(blank=True)
    ground = models.CharField(
        max_length=20,
        choices=SupplementGround,
        default=SupplementGround.DEFECT,
        db_default=SupplementGround.DEFECT,
    )
    extensions = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["asked_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(came_on=None), name="one_open_pause_each"
            ),
            models.CheckConstraint(
                condition=Q(came_on=None) | Q(came_on__gte=F("asked_on")),
                name="pause_ends_after_it_starts",
            ),
            # Decree of the Civil Petitions Act, article 24(2).
            models.CheckConstraint(
                condition=Q(extensions__lte=2), name="supplements_are_put_off_twice"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} from {self.asked_on}"

    @property
    def is_lapsed(self) -> bool:
        """Whether the supplement is still awaited after its last day."""
        return self.came_on is None and self.due_on < timezone.localdate()


class Review(models.Model):
    """An opinion of a department on a proposal: the preliminary review, or another's."""

    class Kind(models.TextChoices):
        PRELIMINARY = "preliminary", _("Preliminary review")
        DEPARTMENT = "department", _("Review by a department concerned")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="reviews")
    kind = models.CharField(max_length=20, choices=Kind)
    department = models.ForeignKey(Department, models.PROTECT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opinion = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.proposal_id}"


class Attachment(models.Model):
    """A file that belongs to a proposal."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to=RandomName("proposals"), max_length=120)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(default=timezone.now)

    objects = StatedQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("proposals:attachment", args=[self.proposal_id, self.pk])
