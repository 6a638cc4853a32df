"""Who may have a report made again."""

from portal.reports.models import Run, RunState
from tests.permission_tables import AUDITOR, OPERATOR, Table


def a_run(_people):
    return Run(), {}


TABLES = [
    Table(
        Run,
        a_run,
        {
            "reports.retry_run": {AUDITOR | OPERATOR: [RunState.FAILED]},
            "reports.correct_run": {AUDITOR | OPERATOR: [RunState.DONE]},
        },
        is_owned=False,
    )
]
