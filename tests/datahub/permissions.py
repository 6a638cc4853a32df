"""Who may do what to a dataset."""

from datahub.models import Dataset, DatasetState
from portal.accounts.models import Department
from tests.permission_tables import (
    AUDITOR,
    ELSEWHERE,
    EVERYONE,
    HERE,
    OFFICIAL,
    OPERATOR,
    Table,
    official_of,
    who,
)

S = DatasetState
BEGINNER = who("beginner")


def a_dataset(_people):
    """A dataset of one department that an official of another began."""
    beginner = official_of(ELSEWHERE)
    here = Department.objects.get(code=HERE)
    return Dataset(publisher=here, created_by=beginner), {"beginner": beginner}


ONCE_PUBLIC = [S.PUBLISHED, S.WITHDRAWN]
KEPT = {OFFICIAL: [S.DRAFT, S.PUBLISHED], BEGINNER: [S.DRAFT]}
TABLES = [
    Table(
        Dataset,
        a_dataset,
        {
            "datahub.view_dataset": {
                EVERYONE | BEGINNER: ONCE_PUBLIC,
                OFFICIAL | BEGINNER | AUDITOR | OPERATOR: [S.DRAFT],
            },
            "datahub.edit_dataset": KEPT,
            "datahub.add_version": KEPT,
            "datahub.confirm_version": {OFFICIAL: [S.DRAFT, S.PUBLISHED]},
            "datahub.publish_dataset": {OFFICIAL: [S.DRAFT, S.WITHDRAWN]},
            "datahub.withdraw_dataset": {OFFICIAL: [S.PUBLISHED]},
        },
        is_owned=False,
    )
]
