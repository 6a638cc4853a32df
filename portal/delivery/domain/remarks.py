"""Notes between officials on a proposal: no page, feed, export or trail shows them to others."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.delivery.models import Remark
from portal.proposals.models import Proposal
from portal.refusals import Refused


@transaction.atomic
def write(proposal: Proposal, *, by: User, text: str) -> Remark:
    """Keep a note for the officials concerned."""
    if not text.strip():
        raise Refused(_("The note is empty."))
    return Remark.objects.create(proposal=proposal, author=by, text=text)


@transaction.atomic
def remove(remark: Remark, *, by: User) -> None:
    """Take one's own note away. Raises ``Refused`` for the note of another."""
    if remark.author_id != by.pk:
        raise Refused(_("Only who wrote a note takes it away."))
    remark.delete()
