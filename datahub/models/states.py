"""The words that a dataset's life and rhythm are told in."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DatasetState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("dataset", "Draft")
    PUBLISHED = "published", pgettext_lazy("dataset", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("dataset", "Withdrawn")


class Frequency(models.TextChoices):
    """How often data are renewed; the values name the European codes in small letters."""

    CONTINUOUS = "cont", _("Continuously")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    QUARTERLY = "quarterly", _("Every quarter")
    SEMIANNUAL = "annual_2", _("Twice a year")
    ANNUAL = "annual", _("Every year")
    IRREGULAR = "irreg", _("Irregularly")
    ONCE = "never", _("Once; it will not be renewed")


class VersionStage(models.TextChoices):
    """How far a file has been read."""

    WAITING = "waiting", _("Waiting to be read")
    READING = "reading", _("Being read")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Not taken")
