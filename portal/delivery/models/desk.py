"""What officials keep for their own work: notes, filters, and words for common answers."""

from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department, User
from portal.proposals.models import Proposal


class Remark(models.Model):
    """A note on a proposal from one official to the others; never public."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="remarks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("note"), max_length=3000)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("note between officials")
        verbose_name_plural = _("notes between officials")
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.proposal_id} at {self.written_at:%Y-%m-%d}"


class SavedFilter(models.Model):
    """A choice of matters that an official comes back to."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters"
    )
    name = models.CharField(_("name of the filter"), max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="one_filter_each_name")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('delivery:matters')}?{self.query}"


class DeskWordingQuerySet(models.QuerySet["Wording"]):
    def visible_to(self, user: User) -> Self:
        """Those of the departments for which the person works."""
        return self.filter(department__in=user.departments)


class Wording(models.Model):
    """Words of a department for answers that it often gives, with ``{placeholders}``."""

    department = models.ForeignKey(
        Department, models.CASCADE, related_name="wordings", verbose_name=_("department")
    )
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("words"), max_length=5000)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DeskWordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer template")
        verbose_name_plural = _("answer templates")
        ordering = ["department__code", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "title"], name="one_wording_each_title_and_department"
            )
        ]

    def __str__(self) -> str:
        return self.title
