"""What the evaluation adds to the thread of a proposal: what its labs came to."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.models import Measurement
from portal.audit.domain import log
from portal.registry import Subject, ThreadSource, Upcoming

MOST = 100


def subjects(proposal: Any) -> dict[str, Subject]:
    """Name the measurements of the labs of ``proposal``."""
    found = Measurement.objects.of_proposal(proposal).select_related("indicator").order_by("pk")
    return {
        log.subject_key(measurement): Subject(
            _("Indicator: {name}").format(name=measurement.indicator.name),
            measurement.get_absolute_url(),
        )
        for measurement in found[:MOST]
    }


def upcoming(proposal: Any) -> list[Upcoming]:
    """Say how many measurements wait for verification."""
    waiting = Measurement.objects.of_proposal(proposal).unverified().count()
    if not waiting:
        return []
    words = _("Verification of measurements by somebody independent: {n} to go")
    return [Upcoming(words.format(n=waiting))]


SOURCE = ThreadSource(
    key="evaluation",
    subjects=subjects,
    upcoming=upcoming,
    order=60,
    stage=gettext_lazy("Results measured"),
)
