"""What proposals are about and where: areas and issues of table 6-1, districts of the city."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department
from portal.bilingual import Bilingual


class Area(Bilingual):
    """A field of city life that proposals are about (report, table 6-1)."""

    order = models.PositiveSmallIntegerField(default=0)
    department = models.ForeignKey(
        Department, models.SET_NULL, null=True, blank=True, related_name="areas"
    )

    class Meta(Bilingual.Meta):
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["order"]


class Issue(Bilingual):
    """A social issue within an area (report, table 6-1)."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="issues")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta(Bilingual.Meta):
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ["order"]


class District(Bilingual):
    """An administrative district of the city."""

    class Meta(Bilingual.Meta):
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["name_ko"]
