"""What the trail and the notes say about datasets."""

from django.utils.translation import gettext_lazy as _

from portal.registry import NoteKind, Verb

VERBS = (
    Verb("datahub.dataset:drafted", _("A dataset was begun"), "gray", minor=True),
    Verb("datahub.dataset:described", _("The description of the data was changed"), minor=True),
    Verb(
        "datahub.dataset:columns_described", _("The columns of the data were described"), minor=True
    ),
    Verb("datahub.dataset:version_added", _("A version of the data was added"), minor=True),
    Verb(
        "datahub.dataset:personal_data_confirmed",
        _("An official confirmed that the data may be public"),
        "warning",
    ),
    Verb("datahub.dataset:published", _("The data were published"), "success"),
    Verb("datahub.dataset:withdrawn", _("The data were withdrawn"), "danger"),
)
NOTES = (
    NoteKind(
        "dataset_published",
        subject=_("Published: {title}"),
        body=_("The dataset “{title}” that you began is public now."),
    ),
    NoteKind(
        "version_failed",
        subject=_("The file could not be read: {title}"),
        body=_("The file that you handed in for “{title}” was not taken. {reason}"),
    ),
    NoteKind(
        "version_held",
        subject=_("Please look: {title}"),
        body=_(
            "Version {number} of “{title}” may hold personal data. It becomes public when an "
            "official of the department has confirmed it."
        ),
    ),
)
