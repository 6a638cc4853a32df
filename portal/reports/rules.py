"""Who may have reports made. Reading them is for everyone."""

import rules

from portal.accounts.rules import is_auditor, is_operator
from portal.lifecycle import may_become
from portal.reports.models import RunState

may_make_reports = is_operator | is_auditor

rules.add_perm("reports.request_run", may_make_reports)
rules.add_perm("reports.retry_run", may_make_reports & may_become(RunState.QUEUED))


@rules.predicate
def is_published(user, run) -> bool:
    """Whether the report is out."""
    return run is not None and run.state == RunState.DONE


rules.add_perm("reports.correct_run", may_make_reports & is_published)
