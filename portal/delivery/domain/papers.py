"""The money and the evidence of a plan."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.domain import log
from portal.delivery.models import BudgetLine, Evidence, Plan
from portal.proposals.domain import proposals
from portal.quarantine.domain import files
from portal.refusals import Refused
from portal.uploads import check_upload


@transaction.atomic
def enter(plan: Plan, *, by: User, source: str, title: str, **amounts: Any) -> BudgetLine:
    """Enter money from one source for one purpose: ``planned`` and ``spent`` in won.

    Refused once the plan has ended.
    """
    _refuse_ended(plan)
    line = BudgetLine.objects.create(plan=plan, source=source, title=title, **amounts)
    log.record("money_entered", plan, by=by, line=line.pk, source=source, **amounts)
    proposals.forget_kept_pages()
    return line


@transaction.atomic
def correct(line: BudgetLine, *, by: User, planned: int, spent: int, reason: str) -> BudgetLine:
    """Change the amounts of a line, with a reason; the trail keeps the earlier ones."""
    _refuse_ended(line.plan)
    line = BudgetLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    before = {"planned": line.planned, "spent": line.spent}
    line.planned, line.spent = planned, spent
    line.save(update_fields=["planned", "spent"])
    after = {"planned": planned, "spent": spent}
    log.record(
        "money_corrected",
        line.plan,
        by=by,
        reason=reason,
        line=line.pk,
        before=before,
        after=after,
    )
    proposals.forget_kept_pages()
    return line


@transaction.atomic
def show(plan: Plan, *, by: User, title: str, **substance: Any) -> Evidence:
    """Add evidence: a ``file`` or a ``url``, perhaps for one ``milestone``.

    Raises ``Refused`` without either, ``ValidationError`` for a file that is not taken.
    """
    _refuse_ended(plan)
    if not (substance.get("file") or substance.get("url")):
        raise Refused(_("Add a file or an address on the web."))
    evidence = Evidence.objects.create(plan=plan, by=by, title=title, **_filed(substance))
    if evidence.file:
        files.hold(evidence.file, by=by, name=evidence.name, url=plan.get_absolute_url())
    log.record(
        "evidence_added",
        plan,
        by=by,
        evidence=evidence.pk,
        title=title,
        sha256=evidence.sha256,
        url=evidence.url,
    )
    proposals.forget_kept_pages()
    return evidence


def _filed(substance: dict[str, Any]) -> dict[str, Any]:
    """The columns that keep what was handed in."""
    columns = {
        "url": substance.get("url") or "",
        "milestone": substance.get("milestone"),
    }
    if file := substance.get("file"):
        checked = check_upload(file)
        columns |= {
            "file": file,
            "name": checked.name,
            "content_type": checked.content_type,
            "size": checked.size,
            "sha256": checked.sha256,
        }
    return columns


def _refuse_ended(plan: Plan) -> None:
    if not Plan.objects.running().filter(pk=plan.pk).exists():
        raise Refused(_("This plan has ended."))
