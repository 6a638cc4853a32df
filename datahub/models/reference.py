"""Licences and themes: reference data that datasets carry."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.bilingual import Bilingual


class Licence(Bilingual):
    """What others may do with data: a mark of the Korea Open Government License, or another."""

    url = models.URLField(_("address of the terms"))
    # "{who}", "{year}", "{what}" and "{where}" are filled in for each dataset.
    attribution_ko = models.TextField(_("attribution in Korean"), blank=True)
    attribution_en = models.TextField(_("attribution in English"), blank=True)
    allows_commerce = models.BooleanField(_("commercial use allowed"))
    allows_changes = models.BooleanField(_("changes allowed"))
    is_open = models.BooleanField(_("open by the Open Definition"))
    kind_url = models.URLField(_("kind of licence (ADMS)"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta(Bilingual.Meta):
        verbose_name = _("licence")
        verbose_name_plural = _("licences")
        ordering = ["order", "code"]


class Theme(Bilingual):
    """What data are about. ``eu_code`` is the European data theme that it maps to."""

    eu_code = models.CharField(_("European theme"), max_length=4)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta(Bilingual.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["order", "code"]
