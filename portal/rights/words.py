"""What is said about people's rights: the verbs of the trail and the notes to people."""

from django.utils.translation import gettext_lazy as _

from portal.registry import NoteKind, Verb

VERBS = [
    Verb("rights.datarequest:received", _("A request about own data was received")),
    Verb("rights.datarequest:reminded", _("The city was reminded of the request"), "warning"),
    Verb("rights.datarequest:granted", _("The request was granted"), "success"),
    Verb("rights.datarequest:partly", _("The request was granted in part"), "warning"),
    Verb("rights.datarequest:refused", _("The request was refused"), "danger"),
    Verb("rights.datarequest:withdrawn", _("The request was withdrawn"), "gray"),
    Verb("rights.datarequest:emptied", _("The texts of the request were erased"), "gray"),
    Verb("rights.download:asked", _("Someone asked for a file of their own data")),
    Verb("rights.download:fetched", _("Someone took the file of their own data")),
    Verb("rights.consent:consented", _("Someone agreed to a use of their data")),
    Verb("rights.consent:withdrawn", _("Someone took a consent back"), "gray"),
    Verb("rights.retentionrun:carried_out", _("The retention periods were carried out")),
    Verb(
        "accounts.user:second_factor_taken_off", _("A lost second factor was taken off"), "warning"
    ),
    Verb("accounts.user:name_corrected", _("A name was put right")),
    Verb("accounts.user:personal_data_read", _("Personal data were looked at")),
]

NOTES = [
    NoteKind(
        "own_data_ready",
        _("The file with your data is ready"),
        _("You can take it on your own page until {until}. After that it is erased."),
    ),
    NoteKind(
        "own_data_failed",
        _("The file with your data could not be made"),
        _("Please ask for it again. If it fails again, write to us."),
    ),
    NoteKind(
        "data_request_received",
        _("Your request has been received: {what}"),
        _("The city answers by {due}."),
    ),
    NoteKind(
        "data_request_answered",
        _("Your request about your data is answered: {outcome}"),
        _("Request: {what}. The answer with its reason stands on your own page."),
    ),
    NoteKind(
        "data_request_waits",
        _("A request about personal data waits: {what}"),
        _("An answer is due by {due}."),
    ),
    NoteKind(
        "data_request_due",
        _("A request about personal data is due soon: {what}"),
        _("An answer is due by {due}."),
    ),
    NoteKind(
        "data_request_late",
        _("A request about personal data is late: {what}"),
        _("The answer was due by {due}."),
    ),
    NoteKind(
        "draft_goes",
        _("A draft will be erased: {title}"),
        _("You have not touched it for long. Change or publish it by {until} to keep it."),
    ),
]
