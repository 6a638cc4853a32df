"""What is said of steps and duties: the verbs of the trail and the notes to people."""

from django.utils.translation import gettext_lazy as _

from portal.registry import NoteKind, Verb

VERBS = [
    Verb("thresholds.step:set", _("A support step was set"), "info"),
    Verb("thresholds.step:ended", _("A support step ended"), "gray"),
    Verb("thresholds.duty:raised", _("A duty arose"), "warning"),
    Verb("thresholds.duty:fulfilled", _("The duty was done"), "success"),
    Verb("thresholds.duty:settled", _("The duty was met by a later step"), "success"),
    Verb("thresholds.duty:reopened", _("The duty was taken up again"), "warning"),
    Verb(
        "proposals.proposal:discussion_due",
        _("Enough people support it: a public discussion is due"),
        "warning",
    ),
    Verb(
        "proposals.proposal:council_due",
        _("Enough people support it: it must be referred to the council"),
        "warning",
    ),
    Verb(
        "proposals.proposal:mayor_due",
        _("Enough people support it: the mayor must answer"),
        "warning",
    ),
    Verb(
        "proposals.proposal:duty_done", _("The city did what the support obliged it to"), "success"
    ),
    Verb(
        "proposals.proposal:window_closed",
        _("The time to gather support ended below the first step"),
        "gray",
    ),
    Verb(
        "proposals.proposal:lifted", _("The panel drawn by lot lifted it to the next step"), "info"
    ),
]

NOTES = [
    NoteKind(
        "step_passed",
        _("{supports} people support it: {title}"),
        _("{effect}. {department} owes it until {due}."),
    ),
    NoteKind(
        "duty_raised",
        _("Your department owes a duty: {title}"),
        _("{effect}. Due: {due}"),
    ),
    NoteKind("duty_done", _("The city did what was due: {title}"), _("{effect}. {what}")),
    NoteKind(
        "window_closed",
        _("The time to gather support has ended: {title}"),
        _(
            "{supports} people support it; {needed} were needed. It stays readable, and a panel of "
            "citizens drawn by lot may still lift it to the next step."
        ),
    ),
]
