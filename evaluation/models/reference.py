"""What is measured: frameworks, their groups, and the indicators in them."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.bilingual import Bilingual


def here(korean: str, english: str) -> str:
    """The text in the language of the page."""
    return english if (get_language() or "ko").startswith("en") else korean


class Framework(Bilingual):
    """A set of indicators with a source."""

    source_ko = models.CharField(_("source in Korean"), max_length=120)
    source_en = models.CharField(_("source in English"), max_length=120)
    about_ko = models.TextField(_("what it is for, in Korean"), blank=True)
    about_en = models.TextField(_("what it is for, in English"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta(Bilingual.Meta):
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        ordering = ["order", "code"]

    def get_absolute_url(self) -> str:
        return reverse("evaluation:framework", args=[self.code])

    @property
    def source(self) -> str:
        return here(self.source_ko, self.source_en)

    @property
    def about(self) -> str:
        return here(self.about_ko, self.about_en)


class Group(Bilingual):
    """Indicators of a framework that belong together."""

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="groups")
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta(Bilingual.Meta):
        verbose_name = _("group of indicators")
        verbose_name_plural = _("groups of indicators")
        ordering = ["framework__order", "order", "code"]


class Kind(models.TextChoices):
    """What is handed in for an indicator."""

    VALUE = "value", _("A figure before and after")
    SHARE = "share", _("A percentage before and after")
    RESULT = "result", _("A figure without a baseline")
    RATIO = "ratio", _("One figure by another")
    DONE = "done", _("Done or not done")


class Direction(models.TextChoices):
    """Which way is better."""

    HIGHER = "higher", _("Higher is better")
    LOWER = "lower", _("Lower is better")


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What the city is measured by is public."""
        return self

    def in_order(self) -> Self:
        return self.order_by("group__framework__order", "group__order", "order", "code")

    def with_place(self) -> Self:
        return self.select_related("group__framework")


class Indicator(Bilingual):
    """One thing that is measured."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="indicators")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.DONE)
    direction = models.CharField(
        _("direction"), max_length=10, choices=Direction, default=Direction.HIGHER
    )
    unit_ko = models.CharField(_("unit in Korean"), max_length=30, blank=True)
    unit_en = models.CharField(_("unit in English"), max_length=30, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    # When the indicator or a measurement of it last changed: what the search asks.
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = IndicatorQuerySet.as_manager()

    class Meta(Bilingual.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="indicator_kind_known"),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="indicator_direction_known"
            ),
        ]
        indexes = [models.Index(fields=["changed_at"], name="indicator_changed")]

    def get_absolute_url(self) -> str:
        return reverse("evaluation:indicator", args=[self.code])

    @property
    def unit(self) -> str:
        return here(self.unit_ko, self.unit_en)

    @property
    def has_baseline(self) -> bool:
        return self.kind in {Kind.VALUE, Kind.SHARE}
