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
    Verb("proposals.proposal:assigned", _("An official was named to deal with it"), "info"),
    Verb(
        "proposals.proposal:supplement_put_off",
        _("The author was given more time for the supplement"),
        "info",
    ),
    Verb("proposals.proposal:departments_asked", _("More opinions were asked for"), "info"),
    Verb("proposals.proposal:due_moved", _("The due date moved with a stop of the clock"), "gray"),
    Verb("proposals.proposal:visit_planned", _("Officials will look at the place"), "info"),
    Verb("proposals.proposal:visited", _("Officials looked at the place"), "info"),
    Verb("proposals.proposal:interim_replied", _("The department said how far it is"), "info"),
    Verb("proposals.proposal:extended", _("The answer comes later, for a reason"), "warning"),
    Verb("proposals.proposal:reexamined", _("The author asked to examine it again"), "warning"),
    Verb(
        "proposals.proposal:converted", _("It is handled as a civil complaint from now on"), "gray"
    ),
    Verb("proposals.proposal:lapsed", _("It was closed: the supplement did not come"), "gray"),
    Verb("proposals.proposal:backdated", _("The dates of the sample were set back"), "gray"),
    Verb("proposals.answer:proposed", _("An answer was put before the approver"), "info"),
    Verb("proposals.answer:returned", _("The approver sent an answer back"), "warning"),
    Verb("proposals.answer:rewritten", _("An answer was rewritten"), "gray"),
    Verb("proposals.answer:published", _("The approver published the answer"), "success"),
    Verb("proposals.proposal:withdrawn", _("The author withdrew the proposal"), "gray"),
]

# Who deals with it: office, name and telephone stand under each notice of a step (decree of the
# Civil Petitions Act, article 31).
NOTES = [
    NoteKind(
        "proposal_published",
        _("Your proposal is public: {title}"),
        _(
            "Receipt number {number}, received {received}.\n"
            "Others can support it now. With {support} supports a department must answer by a "
            "fixed date.\nFollow it here: {where}\n"
            "You may withdraw it until it is decided."
        ),
    ),
    NoteKind(
        "proposal_answer_due",
        _("Received, an answer is due: {title}"),
        _(
            "Receipt number {number}, received as a citizens' proposal: {received}.\n"
            "{department} must answer. Due: {due}\n"
            "In charge: {office}, {officer}, {phone}\n"
            "Follow it here: {where}\n"
            "Its author may withdraw it until it is decided."
        ),
    ),
    NoteKind(
        "proposal_assigned",
        _("Who deals with it: {title}"),
        _("In charge: {office}, {officer}, {phone}\nThe answer is due: {due}"),
    ),
    NoteKind(
        "supplement_asked",
        _("The department asks for more: {title}"),
        _(
            "Why: {ground}\nWhat is asked: {reason}\n"
            "Please answer by {until}. Until then the clock stands still. You may ask for more "
            "time twice. Without a supplement the proposal is closed, with a reason.\n"
            "In charge: {office}, {officer}, {phone}"
        ),
    ),
    NoteKind(
        "supplement_soon",
        _("Your supplement is due soon: {title}"),
        _(
            "Please answer by {until}, or ask for more time.\n"
            "In charge: {office}, {officer}, {phone}"
        ),
    ),
    NoteKind(
        "supplement_put_off",
        _("The author needs more time: {title}"),
        _("New date: {until}\nReason: {reason}"),
    ),
    NoteKind(
        "supplement_lapsed",
        _("A supplement did not come: {title}"),
        _("It was due on {until}. Close the proposal with a reason, or handle it as a complaint."),
    ),
    NoteKind(
        "supplement_came",
        _("The supplement has come: {title}"),
        _("The clock goes on. Answer due: {due}"),
    ),
    NoteKind(
        "proposal_lapsed",
        _("Closed without a supplement: {title}"),
        _("Reason: {reason}\nIn charge: {office}, {officer}, {phone}"),
    ),
    NoteKind(
        "proposal_reviewed",
        _("The preliminary review is public: {title}"),
        _("{opinion}\nIn charge: {office}, {officer}, {phone}"),
    ),
    NoteKind(
        "departments_asked",
        _("Others are asked for their opinions: {title}"),
        _(
            "Asked: {whom}, until {until}. What is asked: {reason}\n"
            "Only the time of agencies and experts outside the city is not counted. "
            "The answer is due: {due}\n"
            "In charge: {office}, {officer}, {phone}"
        ),
    ),
    NoteKind(
        "opinion_asked",
        _("Your department is asked: {title}"),
        _("What is asked: {question}\nDue: {until}"),
    ),
    NoteKind(
        "opinion_soon",
        _("Your department's opinion is due: {title}"),
        _("What is asked: {question}\nDue: {until}"),
    ),
    NoteKind("opinion_came", _("An opinion has come: {title}"), _("{whom}: {opinion}")),
    NoteKind(
        "visit_planned",
        _("Officials will look at the place: {title}"),
        _("{at}, {place}. Who goes: {who}\nIn charge: {office}, {officer}, {phone}"),
    ),
    NoteKind(
        "visit_made",
        _("Officials looked at the place: {title}"),
        _("{place}: {finding}"),
    ),
    NoteKind(
        "interim_reply",
        _("How far it is: {title}"),
        _("{text}\nThe answer is due: {expected}\nIn charge: {office}, {officer}, {phone}"),
    ),
    NoteKind(
        "answer_extended",
        _("The answer comes later: {title}"),
        _(
            "New date: {due}\nGround: {ground}\nReason: {reason}\n"
            "It is moved only once.\nIn charge: {office}, {officer}, {phone}"
        ),
    ),
    NoteKind(
        "proposal_transferred",
        _("Another department answers: {title}"),
        _(
            "{department} takes over from {on}. Reason: {reason}\n"
            "The clock does not stop for it. Due: {due}\n"
            "In charge: {office}, {officer}, {phone}"
        ),
    ),
    NoteKind(
        "proposal_converted",
        _("Handled as a civil complaint: {title}"),
        _(
            "Kind: {complaint}. It is answered by {due}.\nReason: {reason}\n"
            "In charge: {office}, {officer}, {phone}"
        ),
    ),
    NoteKind(
        "proposal_referred",
        _("The council will decide: {title}"),
        _(
            "The proposal was referred to the living-lab council. Reason: {reason}\n"
            "In charge: {office}, {officer}, {phone}"
        ),
    ),
    NoteKind("proposal_adopted", _("Adopted: {title}"), _("{reason}")),
    NoteKind(
        "proposal_not_adopted",
        _("Not adopted: {title}"),
        _(
            "Reason: {reason}\n"
            "Its author may ask within {days} days, on the proposal's page, to examine it again: "
            "{where}\nIn charge: {office}, {officer}, {phone}"
        ),
    ),
    NoteKind(
        "answer_accepted",
        _("{decision}: {title}"),
        _(
            "{decision}. Planned for: {planned}\nReason: {reason}\nThe whole answer: {where}\n"
            "In charge: {office}, {officer}, {phone}"
        ),
    ),
    NoteKind(
        "answer_refused",
        _("{decision}: {title}"),
        _(
            "{decision}. Reason: {reason}\nThe whole answer: {where}\n"
            "Its author may ask within {days} days, on the proposal's page, to examine it again.\n"
            "In charge: {office}, {officer}, {phone}"
        ),
    ),
    NoteKind(
        "answer_not_the_citys",
        _("{decision}: {title}"),
        _(
            "{decision}. The body in charge is: {agency} ({on}). Reason: {reason}\n"
            "The whole answer: {where}\n"
            "Its author may ask within {days} days, on the proposal's page, to examine it again.\n"
            "In charge: {office}, {officer}, {phone}"
        ),
    ),
    NoteKind(
        "reexamination_asked",
        _("It is examined again: {title}"),
        _(
            "Other people than before decide. The answer is due: {due}\n"
            "In charge: {office}, {officer}, {phone}"
        ),
    ),
    NoteKind("answer_owed", _("Your department owes an answer: {title}"), _("Due: {due}")),
    NoteKind(
        "reexamination_owed",
        _("Your department owes a second examination: {title}"),
        _("Due: {due}"),
    ),
    NoteKind("answer_assigned", _("You deal with it: {title}"), _("Answer due: {due}")),
    NoteKind("answer_half", _("Half of the time has passed: {title}"), _("Due: {due}")),
    NoteKind("answer_soon", _("An answer is due soon: {title}"), _("Due: {due}")),
    NoteKind("answer_late", _("An answer is late: {title}"), _("Was due: {due}")),
    NoteKind(
        "answer_late_approver",
        _("Your department's answer is late: {title}"),
        _("Was due: {due}\nIn charge: {office}, {officer}, {phone}"),
    ),
    NoteKind(
        "answer_late_audit",
        _("An answer has been late for long: {title}"),
        _("Was due: {due}\nIn charge: {office}, {officer}, {phone}"),
    ),
    NoteKind(
        "answer_proposed",
        _("An answer waits for your approval: {title}"),
        _("Conclusion: {decision}"),
    ),
    NoteKind(
        "answer_returned",
        _("Your answer came back: {title}"),
        _("What should be changed: {remark}"),
    ),
]
