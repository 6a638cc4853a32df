"""What proposals are about and where: areas and issues of table 6-1, districts of the city."""

from typing import Self

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department
from portal.bilingual import Bilingual
from portal.proposals.models.polygons import PolygonField


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


class BoundaryRingQuerySet(models.QuerySet["BoundaryRing"]):
    def real(self) -> Self:
        """Those that were read from a file of the city's."""
        return self.exclude(source=BoundaryRing.SAMPLE)


class BoundaryRing(models.Model):
    """One closed line of a district's outline: the edge of one of its parts, or a hole in it."""

    # What the outlines of the reference data are called, which only make a demo city's map work.
    SAMPLE = "sample"

    district = models.ForeignKey(District, models.CASCADE, related_name="rings")
    part = models.PositiveSmallIntegerField()
    is_hole = models.BooleanField(default=False)
    ring = PolygonField()
    # The file that it was read from.
    source = models.CharField(max_length=120)

    objects = BoundaryRingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "part"],
                condition=Q(is_hole=False),
                name="one_edge_each_part_of_a_district",
            )
        ]
        indexes = [GistIndex(Func("ring", function="box"), name="ring_by_its_box")]

    def __str__(self) -> str:
        return f"{self.district_id}, part {self.part}"
