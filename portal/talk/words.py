"""What is said of comments and cases: the verbs of the trail and the notes to people."""

from django.utils.translation import gettext_lazy as _

from portal.registry import NoteKind, Verb

VERBS = [
    Verb("proposals.proposal:hidden", _("The proposal was hidden by moderation"), "danger"),
    Verb("proposals.proposal:shown_again", _("The proposal is shown again"), "info"),
    Verb("talk.comment:written", _("Someone wrote a comment"), "info"),
    Verb("talk.comment:imported", _("A comment of an earlier system was taken over"), "gray"),
    Verb("talk.comment:edited", _("The author changed the comment"), "gray"),
    Verb("talk.comment:deleted", _("The author deleted the comment"), "gray"),
    Verb("talk.comment:held", _("The comment is held back until it is looked at"), "warning"),
    Verb("talk.comment:hidden", _("The comment was hidden"), "danger"),
    Verb("talk.comment:shown_again", _("The comment is shown again"), "info"),
    Verb("talk.case:opened", _("A case of moderation was opened"), "warning"),
    Verb("talk.case:reported", _("Someone reported it"), "warning"),
    Verb("talk.case:held", _("It is held back by reports until a moderator decides"), "warning"),
    Verb("talk.case:hold_ended", _("The hold ended without a decision"), "info"),
    Verb("talk.case:kept", _("A moderator found that it breaks no rule"), "success"),
    Verb("talk.case:hidden", _("A moderator hid it"), "danger"),
    Verb("talk.case:appealed", _("The author appealed"), "warning"),
    Verb("talk.case:restored", _("Another moderator had it shown again"), "success"),
    Verb("talk.case:upheld", _("Another moderator confirmed that it stays hidden"), "danger"),
    Verb("talk.case:dropped", _("The author deleted it; the case is closed"), "gray"),
]

NOTES = [
    NoteKind(
        "comment_written",
        _("{writer} comments on your proposal: {title}"),
        _("{writer} wrote a comment."),
    ),
    NoteKind("comment_answered", _("An answer to your comment: {title}"), _("{writer} answered.")),
    NoteKind(
        "comment_mentioned", _("A comment turns to you: {title}"), _("{writer} mentions you.")
    ),
    NoteKind(
        "words_held",
        _("What you wrote is held back for now: {title}"),
        _(
            "Several residents have reported it. A moderator decides, or it is shown again after "
            "a day at the latest."
        ),
    ),
    NoteKind(
        "words_hidden",
        _("What you wrote was hidden: {title}"),
        _("Rule: {rule}\nReason: {reason}\nYou can appeal once; somebody else decides."),
    ),
    NoteKind(
        "appeal_granted",
        _("Your appeal was granted: {title}"),
        _("What you wrote is shown again. {reason}"),
    ),
    NoteKind(
        "appeal_refused",
        _("Your appeal was refused: {title}"),
        _("What you wrote stays hidden. {reason}"),
    ),
    NoteKind(
        "report_hidden",
        _("What you reported was hidden: {title}"),
        _("Thank you for the report. Reason of the moderator: {reason}"),
    ),
    NoteKind(
        "report_kept",
        _("What you reported breaks no rule: {title}"),
        _("It stays. Reason of the moderator: {reason}"),
    ),
    NoteKind(
        "report_overruled",
        _("What you reported is shown again: {title}"),
        _("Its author appealed, and another moderator decided. Reason: {reason}"),
    ),
]
