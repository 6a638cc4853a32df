"""Who may do what in a lab."""

from livinglabs.models import Lab, LabState
from portal.accounts.models import Department
from tests.factories.portal import UserFactory
from tests.permission_tables import (
    ALWAYS,
    APPROVER,
    ELSEWHERE,
    HERE,
    OFFICIAL,
    SIGNED_IN,
    Table,
    either,
    official_of,
    who,
)

S = LabState
MANAGER, FORMER_MANAGER = who("manager"), who("manager without an office")


def a_lab(_people):
    """A lab of one department that an official of another manages."""
    manager = official_of(ELSEWHERE)
    return Lab(department=Department.objects.get(code=HERE), manager=manager), {"manager": manager}


def a_lab_left(_people):
    """A lab whose manager holds no office any more."""
    manager = UserFactory()
    lab = Lab(department=Department.objects.get(code=HERE), manager=manager)
    return lab, {"manager without an office": manager}


OPEN = either(S.PREPARED, S.RUNNING)
RUNS_IT = OFFICIAL | MANAGER


def acts_of(runs_it, everybody):
    return {
        "livinglabs.change_lab": {runs_it: OPEN},
        "livinglabs.start_lab": {runs_it: [S.PREPARED]},
        "livinglabs.pass_gate_lab": {runs_it: [S.RUNNING]},
        "livinglabs.record_lab": {runs_it: OPEN},
        "livinglabs.publish_data_lab": {runs_it: [S.RUNNING, S.COMPLETED]},
        "livinglabs.see_contacts_lab": {runs_it: ALWAYS},
        "livinglabs.complete_lab": {APPROVER: [S.RUNNING]},
        "livinglabs.stop_lab": {APPROVER: OPEN},
        "livinglabs.join_lab": {everybody: OPEN},
        # Whether somebody takes part is asked where it is left.
        "livinglabs.leave_lab": {everybody: ALWAYS},
    }


TABLES = [
    Table(Lab, a_lab, acts_of(OFFICIAL | MANAGER, SIGNED_IN | MANAGER), is_owned=False),
    Table(Lab, a_lab_left, acts_of(OFFICIAL, SIGNED_IN | FORMER_MANAGER), is_owned=False),
]
