"""What the trail and notes say of what clerks entered."""

from django.utils.translation import gettext_lazy as _

from portal.registry import NoteKind, Verb

VERBS = [
    Verb("proposals.proposal:entered_for", _("A clerk entered it for a citizen"), minor=True),
    Verb(
        "proposals.proposal:taken_over", _("The citizen took it over into an own account"), "gray"
    ),
    Verb("assisted.entry:entered", _("A clerk entered something for a citizen")),
    Verb("assisted.entry:taken_over", _("The citizen took the entry over"), "gray", minor=True),
    Verb("assisted.entry:forgotten", _("The reason of an entry was erased"), "gray", minor=True),
    Verb("assisted.sheet:received", _("A sheet of signatures came in")),
    Verb("assisted.sheet:lines_entered", _("Lines of a sheet were entered"), minor=True),
]
NOTES = [
    NoteKind(
        "entered_for_you",
        _("A clerk entered for you: {what}"),
        _("You asked for it at the counter, by telephone or by post. If not, please tell us."),
    ),
    NoteKind(
        "taken_over",
        _("What was entered for you is yours now"),
        _("Proposals: {proposals}, supports: {supports}"),
    ),
]
