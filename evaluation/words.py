"""What is said of measurements: the verbs of the trail and the notes to people."""

from django.utils.translation import gettext_lazy as _

from portal.registry import NoteKind, Verb

VERBS = [
    Verb("evaluation.measurement:recorded", _("A measurement was recorded"), "info"),
    Verb(
        "evaluation.evidence:added", _("Evidence for a measurement was added"), "info", minor=True
    ),
    Verb("evaluation.measurement:verified", _("The measurement was verified"), "success"),
    Verb("evaluation.measurement:questioned", _("The measurement was questioned"), "warning"),
]

NOTES = [
    NoteKind(
        "measurement_verified",
        _("Your measurement is verified: {title}"),
        _("Somebody independent has confirmed “{title}” from its evidence."),
    ),
    NoteKind(
        "measurement_questioned",
        _("A question about your measurement: {title}"),
        _("The question: {question}"),
    ),
]
