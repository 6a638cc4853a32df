"""What is said of labs: the verbs of the trail and the notes to people."""

from django.utils.translation import gettext_lazy as _

from portal.registry import NoteKind, Verb

VERBS = [
    Verb("livinglabs.lab:prepared", _("A living lab was prepared"), "info"),
    Verb("livinglabs.lab:changed", _("The plan of the lab was changed"), "gray", minor=True),
    Verb("livinglabs.lab:running", _("The living lab started"), "success"),
    Verb("livinglabs.lab:gate_passed", _("The lab passed a gate into its next stage"), "success"),
    Verb("livinglabs.lab:completed", _("The living lab was completed"), "success"),
    Verb("livinglabs.lab:stopped", _("The living lab was stopped"), "danger"),
    Verb("livinglabs.lab:evidence_added", _("The lab added evidence"), "info", minor=True),
    Verb(
        "livinglabs.lab:evidence_withdrawn", _("The lab withdrew evidence"), "warning", minor=True
    ),
    Verb("livinglabs.lab:budget_planned", _("The lab added a budget line"), "info", minor=True),
    Verb("livinglabs.lab:budget_revised", _("The lab corrected a budget line"), "gray", minor=True),
    Verb("livinglabs.lab:event_held", _("The lab held an event"), "info", minor=True),
    Verb("livinglabs.conflict:named", _("A conflict of the lab was named"), "warning", minor=True),
    Verb("livinglabs.lab:dataset_linked", _("Data of the lab joined the catalogue"), "success"),
    Verb(
        "livinglabs.conflict:open",
        _("A conflict of the lab broke out again"),
        "warning",
        minor=True,
    ),
    Verb(
        "livinglabs.conflict:mediated",
        _("A conflict of the lab is in mediation"),
        "warning",
        minor=True,
    ),
    Verb(
        "livinglabs.conflict:resolved",
        _("A conflict of the lab was resolved"),
        "success",
        minor=True,
    ),
    Verb("livinglabs.participation:joined", _("Someone joined the lab"), "info", minor=True),
    Verb(
        "livinglabs.participation:registered",
        _("The lab entered a participant"),
        "info",
        minor=True,
    ),
    Verb("livinglabs.participation:left", _("Someone left the lab"), "gray", minor=True),
]

NOTES = [
    NoteKind(
        "lab_started",
        _("The living lab has started: {title}"),
        _("It is now in its first stage: {stage}. Anyone can take part."),
    ),
    NoteKind(
        "lab_gate_passed",
        _("The living lab is one stage further: {title}"),
        _("“{passed}” is done. Now: {stage}."),
    ),
    NoteKind(
        "lab_completed",
        _("The living lab is completed: {title}"),
        _("Outcome: {outcome}"),
    ),
    NoteKind("lab_stopped", _("The living lab has stopped: {title}"), _("Reason: {reason}")),
    NoteKind(
        "lab_data_published",
        _("New data from the living lab: {title}"),
        _("“{dataset}” is in the open-data catalogue."),
    ),
]
