"""Who may do what to a measurement."""

from evaluation.models import Indicator, Measurement, MeasurementState
from portal.accounts.models import Department, Role
from tests.factories.portal import appoint
from tests.permission_tables import (
    ALWAYS,
    AUDITOR,
    HERE,
    OFFICIALS,
    OTHER_OFFICIAL,
    Table,
    official_of,
    who,
)

S = MeasurementState
MEASURER = who("measurer")


def a_measurement(_people):
    """What an official measured who has become an auditor as well."""
    measurer = appoint(official_of(HERE), Role.AUDITOR)
    here = Department.objects.get(code=HERE)
    return Measurement(author=measurer, department=here), {"measurer": measurer}


def an_indicator(_people):
    return Indicator(), {}


TABLES = [
    Table(
        Indicator,
        an_indicator,
        {"evaluation.record_measurement": {OFFICIALS: ALWAYS}},
        axes=(),
        is_owned=False,
    ),
    Table(
        Measurement,
        a_measurement,
        {
            "evaluation.attach_measurement": {MEASURER: [S.RECORDED, S.QUESTIONED]},
            "evaluation.verify_measurement": {OTHER_OFFICIAL | AUDITOR: [S.RECORDED]},
            "evaluation.question_measurement": {OTHER_OFFICIAL | AUDITOR: [S.RECORDED]},
            "evaluation.correct_measurement": {MEASURER: [S.QUESTIONED]},
        },
        is_owned=False,
    ),
]
