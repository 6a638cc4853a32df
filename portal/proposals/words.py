"""What is said of proposals: the verbs of the trail and the notes to people."""

from django.utils.translation import gettext_lazy as _

from portal.registry import NoteKind, Verb

VERBS = [
    Verb("proposals.proposal:submitted", _("A citizen made the proposal public"), "info"),
    Verb("proposals.proposal:supported", _("Someone supported the proposal"), "info"),
    Verb("proposals.proposal:support_withdrawn", _("Someone took a support back"), "gray"),
    Verb(
        "proposals.proposal:answer_due", _("Enough people support it: an answer is due"), "warning"
    ),
    Verb(
        "proposals.proposal:supplement",
        _("The department asked for a supplement; the clock stops"),
        "warning",
    ),
    Verb(
        "proposals.proposal:supplied",
        _("The author gave the supplement; the clock goes on"),
        "info",
    ),
    Verb(
        "proposals.proposal:prelim_review", _("The department wrote its preliminary review"), "info"
    ),
    Verb("proposals.proposal:dept_review", _("The departments concerned were asked"), "info"),
    Verb("proposals.proposal:opinion_given", _("A department concerned gave its opinion"), "info"),
    Verb(
        "proposals.proposal:transferred",
        _("The proposal was handed to another department"),
        "warning",
    ),
    Verb("proposals.proposal:referred", _("The proposal was referred to the council"), "info"),
    Verb("proposals.proposal:adopted", _("The proposal was adopted"), "success"),
    Verb("proposals.proposal:not_adopted", _("The proposal was not adopted"), "danger"),
    Verb("proposals.proposal:withdrawn", _("The author withdrew the proposal"), "gray"),
]

NOTES = [
    NoteKind(
        "proposal_published",
        _("Your proposal is public: {title}"),
        _("Others can support it now. When enough do, a department must answer by a fixed date."),
    ),
    NoteKind(
        "proposal_answer_due",
        _("An answer is due: {title}"),
        _("{department} must answer. Due: {due}"),
    ),
    NoteKind(
        "supplement_asked",
        _("The department asks for more: {title}"),
        _("What is asked: {reason}\nPlease answer by {until}. Until then the clock stands still."),
    ),
    NoteKind(
        "supplement_came",
        _("The supplement has come: {title}"),
        _("The clock goes on. Answer due: {due}"),
    ),
    NoteKind(
        "proposal_reviewed",
        _("The preliminary review is public: {title}"),
        _("{opinion}"),
    ),
    NoteKind(
        "departments_asked",
        _("The departments concerned are asked: {title}"),
        _("{reason}"),
    ),
    NoteKind(
        "proposal_transferred",
        _("Another department answers: {title}"),
        _("{department} takes over. Reason: {reason}"),
    ),
    NoteKind(
        "proposal_referred",
        _("The council will decide: {title}"),
        _("The proposal was referred to the living-lab council. Reason: {reason}"),
    ),
    NoteKind("proposal_adopted", _("Adopted: {title}"), _("{reason}")),
    NoteKind(
        "proposal_not_adopted",
        _("Not adopted: {title}"),
        _("Reason: {reason}"),
    ),
    NoteKind("answer_owed", _("Your department owes an answer: {title}"), _("Due: {due}")),
    NoteKind("answer_soon", _("An answer is due soon: {title}"), _("Due: {due}")),
    NoteKind("answer_late", _("An answer is late: {title}"), _("Was due: {due}")),
]
