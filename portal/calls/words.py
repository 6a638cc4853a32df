"""What is said of calls and local problems: the verbs of the trail and the notes to people."""

from django.utils.translation import gettext_lazy as _

from portal.registry import NoteKind, Verb

VERBS = [
    Verb("calls.call:planned", _("A call for ideas was planned"), "gray", minor=True),
    Verb("calls.call:dropped", _("The plan of a call was given up"), "gray", minor=True),
    Verb("calls.call:announced", _("The call was announced"), "info"),
    Verb("calls.call:open", _("The call opened"), "success"),
    Verb("calls.call:judging", _("The call closed; judging began"), "warning"),
    Verb("calls.call:published", _("The results of the call were published"), "success"),
    Verb("calls.call:closed", _("The call was put away"), "gray"),
    Verb("calls.call:cancelled", _("The call was cancelled"), "danger"),
    Verb("calls.call:redated", _("The days of the call were changed"), "warning"),
    Verb("calls.call:juror_seated", _("A juror was seated"), "info", minor=True),
    Verb("calls.call:juror_unseated", _("A juror was taken off the jury"), "gray", minor=True),
    Verb("calls.call:team_founded", _("A team was founded"), "info", minor=True),
    Verb("calls.call:team_joined", _("Someone joined a team"), "info", minor=True),
    Verb("calls.call:team_left", _("Someone left a team"), "gray", minor=True),
    Verb("calls.call:team_shared", _("A team said how it shares"), "gray", minor=True),
    Verb("calls.entry:handed_in", _("An entry was handed in to a call"), "info"),
    Verb("proposals.proposal:left_call", _("The proposal left its call"), "gray", minor=True),
    Verb("calls.entry:revised", _("The entry was changed"), "gray", minor=True),
    Verb("calls.entry:withdrawn", _("The entry was withdrawn from the call"), "gray"),
    Verb("calls.entry:juror_stood_back", _("A juror stood back"), "warning", minor=True),
    Verb("calls.entry:ranked", _("The entry was given points and a rank"), "info", minor=True),
    Verb("calls.entry:awarded", _("It was decided who gets a prize"), "success", minor=True),
    Verb("calls.entry:use_said", _("The city said how the entry is used"), "success"),
    Verb("calls.score:given", _("A juror scored an entry"), "info", minor=True),
    Verb("calls.problem:received", _("A local problem was reported"), "info"),
    Verb("calls.problem:shared", _("The problem was shared with everyone"), "info"),
    Verb("calls.problem:handled", _("A department began to handle the problem"), "warning"),
    Verb("calls.problem:solved", _("The problem was solved"), "success"),
    Verb("calls.problem:not_solved", _("The problem was not solved"), "danger"),
    Verb("calls.solution:offered", _("A company offered a solution"), "info", minor=True),
    Verb("calls.solution:withdrawn", _("A company withdrew its offer"), "gray", minor=True),
]

NOTES = [
    NoteKind("call_open", _("The call is open: {title}"), _("Entries are taken until {until}.")),
    NoteKind(
        "call_judging",
        _("The call is closed and judged now: {title}"),
        _("Judging ends on {until}. We tell you of the results."),
    ),
    NoteKind("call_to_score", _("Please score the entries: {title}"), _("Due: {until}")),
    NoteKind(
        "call_jury_incomplete",
        _("The call has closed, and its jury is not complete: {title}"),
        _("{why} Judging begins by itself once the jury is complete."),
    ),
    NoteKind(
        "call_redated",
        _("The days of the call have changed: {title}"),
        _("Entries are taken until {until}. Reason: {reason}"),
    ),
    NoteKind("call_cancelled", _("The call is cancelled: {title}"), _("Reason: {reason}")),
    NoteKind(
        "call_published",
        _("The results are public: {title}"),
        _("Ranks, prizes and how each entry is used stand on the page of the call."),
    ),
    NoteKind(
        "calls_none_open",
        _("No call for ideas is open"),
        _("None has been open for {days} days. People may take the last one for a one-off event."),
    ),
    NoteKind(
        "jury_seat",
        _("You sit on a jury: {title}"),
        _("When the call closes you score its entries. Stand back where you have an interest."),
    ),
    NoteKind(
        "team_invitation",
        _("You are invited to a team: {title}"),
        _("The invitation holds until {until}."),
    ),
    NoteKind("team_joined", _("Someone joined your team: {title}"), _("{who} is in the team now.")),
    NoteKind(
        "problem_received",
        _("Your report has arrived: {title}"),
        _("An official looks it over before everyone sees it."),
    ),
    NoteKind(
        "problem_shared",
        _("The problem is shared: {title}"),
        _("{department} takes care of it. {reason}"),
    ),
    NoteKind(
        "problem_handled",
        _("The problem is being handled: {title}"),
        _("{department}: {reason}"),
    ),
    NoteKind("problem_solved", _("The problem is solved: {title}"), _("{reason}")),
    NoteKind("problem_not_solved", _("The problem is not solved: {title}"), _("Reason: {reason}")),
    NoteKind(
        "problem_solution",
        _("A company offers a solution: {title}"),
        _("{company} says what it would do."),
    ),
]
