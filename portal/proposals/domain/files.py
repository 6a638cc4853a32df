"""Files that citizens add to a draft."""

import hashlib
from pathlib import PurePosixPath

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.images import CONTENT_TYPE, clean_photo
from portal.proposals.models import Attachment, Proposal, ProposalState
from portal.quarantine.domain import files as quarantine
from portal.refusals import Refused
from portal.uploads import Checked

MOST_FILES = 5


def without_traces(file: UploadedFile, checked: Checked) -> tuple[File, Checked]:
    """Write a picture anew, so that the place where it was taken and the camera stay private.

    Other files are given back as they are. Raises ``ValidationError`` for what is no photo.
    """
    if not checked.content_type.startswith("image/"):
        return file, checked
    photo = clean_photo(file)
    written = photo.read()
    photo.seek(0)
    return photo, Checked(
        name=str(PurePosixPath(checked.name).with_suffix(".jpg")),
        content_type=CONTENT_TYPE,
        size=len(written),
        sha256=hashlib.sha256(written).hexdigest(),
    )


@transaction.atomic
def attach(proposal: Proposal, *, by: User, file: File, checked: Checked) -> Attachment:
    """Add a file that has passed ``portal.uploads.check_upload`` to a draft.

    Raises ``Refused`` for a published proposal and for the sixth file.
    """
    if proposal.state != ProposalState.DRAFT:
        raise Refused(_("Files can be added only before you publish."))
    if proposal.attachments.count() >= MOST_FILES:
        raise Refused(_("A proposal takes at most five files. Remove one first."))
    attachment = Attachment.objects.create(
        proposal=proposal,
        file=file,
        name=checked.name,
        content_type=checked.content_type,
        size=checked.size,
        sha256=checked.sha256,
    )
    quarantine.hold(attachment.file, by=by, name=checked.name, url=proposal.get_absolute_url())
    return attachment


@transaction.atomic
def detach(attachment: Attachment, *, by: User) -> None:
    """Remove a file from a draft, bytes and all."""
    if attachment.proposal.state != ProposalState.DRAFT:
        raise Refused(_("Files can be removed only before you publish."))
    quarantine.drop([attachment.file])
    attachment.delete()
