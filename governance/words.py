"""What is said of councils: the verbs of the trail and the notes to people."""

from django.utils.translation import gettext_lazy as _

from portal.registry import NoteKind, Verb

VERBS = [
    Verb("governance.council:founded", _("The council was set up"), "info"),
    Verb("governance.council:seated", _("A member took a seat"), "info"),
    Verb("governance.council:unseated", _("A member's term ended early"), "gray"),
    Verb("governance.meeting:planned", _("A meeting was planned"), "gray", minor=True),
    Verb(
        "governance.meeting:revised", _("The plan of the meeting was changed"), "gray", minor=True
    ),
    Verb("governance.meeting:agenda_changed", _("The agenda was changed"), "gray", minor=True),
    Verb("governance.meeting:noticed", _("Notice of the meeting was given"), "info"),
    Verb("governance.meeting:attendance_taken", _("It was noted who is there"), "gray", minor=True),
    Verb("governance.meeting:opened", _("The meeting opened with a quorum"), "info", minor=True),
    Verb("governance.meeting:closed", _("The meeting closed"), "info"),
    Verb("governance.meeting:cancelled", _("The meeting was cancelled"), "warning"),
    Verb("governance.meeting:minutes_written", _("The minutes were written"), "gray", minor=True),
    Verb("governance.meeting:minutes_signed", _("The minutes were signed and published"), "info"),
    Verb("governance.motion:tabled", _("The motion was brought before the council"), "info"),
    Verb("governance.motion:open", _("The vote on the motion opened"), "info"),
    Verb("governance.motion:recused", _("A member takes no part in the motion"), "gray"),
    Verb("governance.motion:carried", _("The council carried the motion"), "success"),
    Verb("governance.motion:lost", _("The council did not carry the motion"), "danger"),
    Verb("governance.motion:no_quorum", _("Too few members voted to decide"), "warning"),
    Verb(
        "governance.motion:awaiting_casting_vote",
        _("The vote was tied; the chair decides"),
        "warning",
    ),
    Verb("governance.motion:withdrawn", _("The motion was withdrawn"), "gray"),
    Verb("governance.vote:cast", _("A member voted"), "gray", minor=True),
]

NOTES = [
    NoteKind(
        "meeting_noticed",
        _("Meeting of {council}: {when}"),
        _("Place: {place}. The agenda is on the meeting's page."),
    ),
    NoteKind(
        "meeting_cancelled",
        _("Cancelled: meeting of {council}, {when}"),
        _("The meeting at {place} does not take place. Reason: {reason}"),
    ),
    NoteKind(
        "minutes_to_sign",
        _("Minutes to sign: meeting {n} of {council}"),
        _("{writer} wrote them. Read them and sign by {day}."),
    ),
    NoteKind(
        "division_opened",
        _("Your vote is asked for: {title}"),
        _("The vote is open now. You can change your vote until the secretary closes it."),
    ),
    NoteKind(
        "motion_tabled",
        _("Before the council: {title}"),
        _("{council} will decide by a vote. The day of the meeting is announced on its page."),
    ),
]
