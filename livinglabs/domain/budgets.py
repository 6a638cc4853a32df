"""The money of a lab: where it comes from, what it is planned for, how much is spent. In won."""

from typing import Any

from django.db import transaction

from livinglabs.domain.filing import filed, keep_apart
from livinglabs.domain.openness import refuse_ended
from livinglabs.models import BudgetLine, BudgetSource, Lab
from portal.accounts.models import User
from portal.audit.domain import log


@transaction.atomic
def plan(lab: Lab, *, by: User, source: BudgetSource, title: str, **line: Any) -> BudgetLine:
    """Enter a line: ``planned`` and ``spent`` in won, perhaps a ``file``. Refused after the end."""
    refuse_ended(lab)
    row = BudgetLine.objects.create(lab=lab, source=source, title=title, **filed(line))
    keep_apart(row, by=by)
    log.record("budget_planned", lab, by=by, line=row.pk, source=source.code, planned=row.planned)
    return row


@transaction.atomic
def revise(line: BudgetLine, *, by: User, planned: int, spent: int) -> BudgetLine:
    """Correct the amounts of a line; the trail keeps the earlier ones. Refused after the end."""
    refuse_ended(line.lab)
    line = BudgetLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    before = {"planned": line.planned, "spent": line.spent}
    line.planned, line.spent = planned, spent
    line.save(update_fields=["planned", "spent"])
    log.record(
        "budget_revised",
        line.lab,
        by=by,
        line=line.pk,
        before=before,
        after={"planned": planned, "spent": spent},
    )
    return line
