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
    Verb("thresholds.rulechange:proposed", _("Other support steps were proposed"), "info"),
    Verb("thresholds.rulechange:approved", _("Other support steps were approved"), "success"),
    Verb("thresholds.rulechange:rejected", _("Other support steps were not approved"), "gray"),
    Verb("thresholds.panel:announced", _("A panel was announced with its commitment"), "info"),
    Verb("thresholds.panel:drawn", _("The panel was drawn by lot"), "info"),
    Verb("thresholds.panel:closed", _("The panel closed"), "success"),
    Verb("thresholds.panel:seat_answered", _("An invitation was answered"), minor=True),
    Verb("thresholds.merge:asking", _("The supporters were asked about a merge"), "info"),
    Verb("thresholds.merge:merged", _("The proposals were merged"), "info"),
    Verb("thresholds.merge:called_off", _("The merge was called off"), "gray"),
    Verb("thresholds.merge:split", _("The proposals were split again"), "warning"),
    Verb("proposals.proposal:merge_proposed", _("A merge of two like proposals was proposed")),
    Verb("proposals.proposal:merge_called_off", _("The merge was called off"), "gray"),
    Verb("proposals.proposal:merged", _("It was merged into an earlier proposal"), "info"),
    Verb("proposals.proposal:took_over", _("A later proposal was merged into this one"), "info"),
    Verb("proposals.proposal:split", _("It was split off again and goes on by itself"), "warning"),
    Verb("proposals.proposal:gave_back", _("A merged proposal was split off again"), "warning"),
    Verb("proposals.proposal:support_carried", _("A support came over by a merge"), minor=True),
    Verb("proposals.proposal:support_returned", _("A support went back by a split"), minor=True),
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
        "change_decided",
        _("Your change of the support steps: {state}"),
        _("Reason: {reason}"),
    ),
    NoteKind(
        "panel_invited",
        _("You were drawn for the citizens' panel"),
        _(
            "The panel reads proposals with little support and may lift some of them. Accept or "
            "decline until {until}; the link works once."
        ),
    ),
    NoteKind(
        "merge_proposed",
        _("Two like proposals may be merged: {title}"),
        _("The city proposes to merge it into “{earlier}”. Supporters answer until {until}."),
    ),
    NoteKind(
        "merge_asked",
        _("May your support move? {title}"),
        _(
            "The proposal that you support may be merged into the earlier one “{earlier}”. Say yes "
            "or no until {until}. Without an answer your support is not counted there."
        ),
    ),
    NoteKind(
        "merge_asked_silent",
        _("May your support move? {title}"),
        _(
            "The proposal that you support may be merged into the earlier one “{earlier}”. Say yes "
            "or no until {until}. Without an answer your support is counted there too."
        ),
    ),
    NoteKind("merge_called_off", _("The merge was called off: {title}"), _("Reason: {reason}")),
    NoteKind(
        "proposal_merged",
        _("Merged with an earlier proposal: {title}"),
        _("It goes on as “{earlier}”. Supports that came over: {carried}. It stays readable."),
    ),
    NoteKind(
        "proposal_split",
        _("Split off again: {title}"),
        _("It goes on by itself, no longer as “{earlier}”. Reason: {reason}"),
    ),
    NoteKind(
        "window_closed",
        _("The time to gather support has ended: {title}"),
        _(
            "{supports} people support it; {needed} were needed. It stays readable, and a panel of "
            "citizens drawn by lot may still lift it to the next step."
        ),
    ),
]
