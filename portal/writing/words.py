"""What is said of versions and joint authors."""

from django.utils.translation import gettext_lazy as _

from portal.registry import NoteKind, Verb

VERBS = [
    Verb("proposals.proposal:amended", _("The author published a new version of the text"), "info"),
    Verb("proposals.proposal:joined_by", _("A joint author joined"), "info", minor=True),
]
NOTES = [
    NoteKind(
        "proposal_amended",
        _("The text has changed: {title}"),
        _("The author published a new version; the earlier one stays readable. {reason}"),
    ),
    NoteKind(
        "joint_author_invited",
        _("Will you be a joint author? {title}"),
        _("Accept or decline within 14 days. Nothing happens if you do not answer."),
    ),
    NoteKind(
        "joint_author_accepted",
        _("You have a joint author: {title}"),
        _("The person you asked has accepted."),
    ),
    NoteKind(
        "joint_author_declined",
        _("The invitation was declined: {title}"),
        _("The person you asked does not want to be a joint author."),
    ),
]
