"""What belongs to a plan: the money, and the evidence of what was done."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.delivery.models.plans import Milestone, Plan
from portal.quarantine.models import StatedQuerySet
from portal.uploads import RandomName


class Funding(models.TextChoices):
    """Where the money comes from."""

    CITY = "city", _("City budget")
    RESIDENTS = "residents", _("Residents' participatory budget")
    PROVINCE = "province", _("Provincial subsidy")
    STATE = "state", _("State subsidy")
    PRIVATE = "private", _("Private money")


class BudgetLine(models.Model):
    """Money from one source for one purpose, in won."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="budget_lines")
    source = models.CharField(_("source of the money"), max_length=20, choices=Funding)
    title = models.CharField(_("what for"), max_length=120)
    planned = models.BigIntegerField(_("planned"))
    spent = models.BigIntegerField(_("spent"), default=0)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned__gte=0, spent__gte=0), name="amounts_are_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(source__in=Funding.values), name="source_of_the_money_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def remaining(self) -> int:
        """What is left in won, negative where more was spent than planned."""
        return self.planned - self.spent


class Evidence(models.Model):
    """A file or an address that shows what was done; never changed."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="evidence")
    milestone = models.ForeignKey(
        Milestone,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("milestone"),
    )
    title = models.CharField(_("what it shows"), max_length=120)
    url = models.URLField(_("address on the web"), blank=True, max_length=500)
    file = models.FileField(_("file"), upload_to=RandomName("delivery"), max_length=120, blank=True)
    name = models.CharField(max_length=255, blank=True, editable=False)
    content_type = models.CharField(max_length=120, blank=True, editable=False)
    size = models.PositiveBigIntegerField(default=0, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = StatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(file="") | ~Q(url=""), name="delivery_evidence_has_substance"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("delivery:evidence_file", args=[self.plan_id, self.pk])
