from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThresholdsConfig(AppConfig):
    name = "portal.thresholds"
    label = "thresholds"
    verbose_name = _("support thresholds")
