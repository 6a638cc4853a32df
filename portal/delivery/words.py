"""What is said of the doing: the verbs of the trail and the notes to people."""

from django.utils.translation import gettext_lazy as _

from portal.registry import NoteKind, Verb

VERBS = [
    Verb("delivery.plan:begun", _("The department said how and when it is carried out"), "info"),
    Verb("delivery.plan:reworked", _("The department changed the plan"), "warning"),
    Verb("delivery.plan:progressed", _("Work on a milestone went on"), "info", minor=True),
    Verb("delivery.plan:milestone_reached", _("A milestone was reached"), "success"),
    Verb("delivery.plan:slipped", _("A milestone was put off"), "warning"),
    Verb("delivery.plan:milestone_late", _("The day of a milestone has passed"), "danger"),
    Verb("delivery.plan:money_entered", _("A budget line was entered"), "info", minor=True),
    Verb("delivery.plan:money_corrected", _("A budget line was corrected"), "info", minor=True),
    Verb("delivery.plan:evidence_added", _("Evidence was added"), "info", minor=True),
    Verb("delivery.plan:completed", _("The proposal was carried out"), "success"),
    Verb("delivery.plan:given_up", _("The proposal cannot be carried out"), "danger"),
]

NOTES = [
    NoteKind(
        "plan_begun",
        _("This is how it is carried out: {title}"),
        _("{summary}\nTo be done by {due}."),
    ),
    NoteKind(
        "milestone_reached",
        _("A milestone was reached: {title}"),
        _("{milestone}"),
    ),
    NoteKind(
        "plan_slipped",
        _("A milestone was put off: {title}"),
        _("{milestone}: {was} → {until}\nReason: {reason}"),
    ),
    NoteKind("plan_completed", _("Carried out: {title}"), _("{reason}\nPlease rate the result.")),
    NoteKind("plan_given_up", _("Cannot be carried out: {title}"), _("Reason: {reason}")),
    NoteKind(
        "milestone_due",
        _("A milestone is due today: {title}"),
        _("{milestone}\nEnter it as reached, or put it off with a reason."),
    ),
    NoteKind(
        "milestone_late",
        _("The day of a milestone has passed: {title}"),
        _("{milestone}\nWas due: {due}"),
    ),
]
