"""Evidence of a lab: laid on the table, and withdrawn where it must be; never changed."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglabs.domain.filing import filed, keep_apart
from livinglabs.domain.openness import refuse_ended
from livinglabs.models import Evidence, EvidenceKind, Lab
from portal.accounts.models import User
from portal.audit.domain import log
from portal.refusals import Refused


@transaction.atomic
def add(lab: Lab, *, by: User, kind: EvidenceKind, title: str, **substance: Any) -> Evidence:
    """Lay evidence on the table of the lab's present stage.

    ``substance`` is a ``file`` with what ``check_upload`` found of it (``checked``),
    a ``url`` or a ``text``. Raises ``Refused`` where there is none of them, and
    where the lab has ended.
    """
    refuse_ended(lab)
    if not any(substance.get(key) for key in ("file", "url", "text")):
        raise Refused(_("Add a file, an address or a text."))
    columns = filed(substance)
    row = Evidence.objects.create(
        lab=lab, stage=lab.stage, kind=kind, title=title, by=by, **columns
    )
    keep_apart(row, by=by)
    log.record(
        "evidence_added",
        lab,
        by=by,
        evidence=row.pk,
        kind=kind.code,
        title=title,
        sha256=row.sha256,
    )
    return row


@transaction.atomic
def withdraw(evidence: Evidence, *, by: User, reason: str) -> Evidence:
    """Take evidence back with a reason; it stays readable. Raises ``Refused`` the second time."""
    refuse_ended(evidence.lab)
    standing = Evidence.objects.standing().filter(pk=evidence.pk)
    changes = {
        "withdrawn_at": timezone.now(),
        "withdrawn_by": by,
        "withdrawn_reason": reason,
    }
    if not standing.update(**changes):
        raise Refused(_("This evidence has already been withdrawn."))
    for column, value in changes.items():
        setattr(evidence, column, value)
    log.record("evidence_withdrawn", evidence.lab, by=by, reason=reason, evidence=evidence.pk)
    return evidence
