"""What every lab has in common: stages, kinds, sources, and the figures of the research report."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.bilingual import Bilingual


def in_english() -> bool:
    """Say whether the page is in English."""
    return (get_language() or "ko").startswith("en")


class Ordered(Bilingual):
    """A bilingual row with a place among its kind and a sentence for citizens."""

    order = models.PositiveSmallIntegerField(_("order"), default=0)
    words_ko = models.TextField(_("Korean explanation"), blank=True)
    words_en = models.TextField(_("English explanation"), blank=True)

    class Meta(Bilingual.Meta):
        abstract = True
        ordering = ["order", "code"]

    @property
    def words(self) -> str:
        """The explanation in the language of the page."""
        return self.words_en if in_english() else self.words_ko


class EvidenceKind(Ordered):
    """A kind of document or record by which a lab shows that a stage is done."""

    class Meta(Ordered.Meta):
        verbose_name = _("kind of evidence")
        verbose_name_plural = _("kinds of evidence")


class Stage(Ordered):
    """One of the stages that a lab walks through in order, and what its gate asks for."""

    asks = models.ManyToManyField(
        EvidenceKind, verbose_name=_("evidence asked for"), related_name="asked_by", blank=True
    )

    class Meta(Ordered.Meta):
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        constraints = [models.UniqueConstraint(fields=["order"], name="one_stage_each_place")]


class BudgetSource(Ordered):
    """Where the money of a lab comes from."""

    class Meta(Ordered.Meta):
        verbose_name = _("source of budget")
        verbose_name_plural = _("sources of budget")


class ConflictType(Ordered):
    """Between whom, or over what, people disagree."""

    class Meta(Ordered.Meta):
        verbose_name = _("type of conflict")
        verbose_name_plural = _("types of conflict")


class EventKind(Ordered):
    """A way in which a lab and people meet."""

    class Meta(Ordered.Meta):
        verbose_name = _("kind of event")
        verbose_name_plural = _("kinds of event")


class SelectionCriterion(Ordered):
    """What a selection meeting scores before an idea becomes a lab."""

    class Meta(Ordered.Meta):
        verbose_name = _("selection criterion")
        verbose_name_plural = _("selection criteria")


class SuccessFactor(Ordered):
    """What living labs that succeeded had in common."""

    class Meta(Ordered.Meta):
        verbose_name = _("success factor")
        verbose_name_plural = _("success factors")


class ReportedCase(Ordered):
    """A case that the research report describes; a lab that continues it shows its figures."""

    class Meta(Ordered.Meta):
        verbose_name = _("case of the report")
        verbose_name_plural = _("cases of the report")


class ReportedFigure(Ordered):
    """One number as the research report prints it; never counted together with our own."""

    class Topic(models.TextChoices):
        EVENTS = "events", _("Events")
        CONFLICTS = "conflicts", _("Conflicts")

    class Unit(models.TextChoices):
        COUNT = "count", _("times")
        PERCENT = "percent", "%"

    case = models.ForeignKey(ReportedCase, models.CASCADE, related_name="figures")
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=1)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit, default=Unit.COUNT)
    is_total = models.BooleanField(_("the total that the report states"), default=False)
    source_ko = models.CharField(_("source in Korean"), max_length=120)
    source_en = models.CharField(_("source in English"), max_length=120)

    class Meta(Ordered.Meta):
        verbose_name = _("figure of the report")
        verbose_name_plural = _("figures of the report")

    @property
    def source(self) -> str:
        """Where in the report it stands, in the language of the page."""
        return self.source_en if in_english() else self.source_ko
