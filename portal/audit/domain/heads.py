"""Sending heads out of the house, where nobody here can change them any more.

Each mailbox that keeps a head is a witness: a rewritten trail cannot agree with it.
"""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Role
from portal.audit.domain import log, proofs, trail
from portal.audit.models import Act, Head

SUBJECT = "audit.head:mail"
MAILED = "audit.head:mailed"


@transaction.atomic
def mail_latest() -> int:
    """Mail the latest head with the proof that it continues the one mailed before.

    Goes to ``AUDIT_HEADS_TO`` and to the auditors of today. Gives the number of
    letters; nothing is sent while there is no new head.
    """
    head, old = proofs.latest_head(), last_mailed()
    if head is None or head.tree_size == old:
        return 0
    log.record("mailed", SUBJECT, size=head.tree_size)
    proof = proofs.lines(proofs.consistency(old, head.tree_size))
    letters = list(recipients())
    for address, language in letters:
        with translation.override(language):
            send_mail(*_letter(head, old, proof), None, [address])
    return len(letters)


def last_mailed() -> int:
    """Give the size of the tree whose head was mailed last, 0 before the first."""
    act = Act.objects.about(SUBJECT).of_verb(MAILED).newest_first().first()
    return int(trail.values_of([act])[act.uid]["size"]) if act else 0


def recipients() -> Iterable[tuple[str, str]]:
    """Give the addresses with their languages, each once."""
    auditors = Appointment.objects.current().filter(role=Role.AUDITOR).select_related("user")
    found = dict.fromkeys(settings.AUDIT_HEADS_TO, settings.LANGUAGE_CODE)
    found |= {office.user.email: office.user.language for office in auditors}
    return found.items()


def _letter(head: Head, old: int, proof: str) -> tuple[str, str]:
    title = _("Head of the audit trail: {size} acts").format(size=head.tree_size)
    text = _(
        "Please keep this letter. It fixes the audit trail as it is today: whoever changes an "
        "earlier act later cannot do so without contradicting the lines below."
    )
    how = _("These lines prove that the trail continues the one of {old} acts sent before:")
    parts = [text, head.checkpoint.rstrip(), how.format(old=old), proof.rstrip(), head.vkey]
    return title, "\n\n".join(part for part in parts if part) + "\n"
