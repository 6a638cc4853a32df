"""Who may do what, in which state: the whole table."""

import pytest

from livinglabs.models import LabState
from tests.factories.livinglabs import LabFactory

pytestmark = pytest.mark.django_db

PREPARED, RUNNING = LabState.PREPARED, LabState.RUNNING
COMPLETED, STOPPED = LabState.COMPLETED, LabState.STOPPED
ALL = {PREPARED, RUNNING, COMPLETED, STOPPED}
OPEN = {PREPARED, RUNNING}
NEVER = set()
PEOPLE = ["ana", "omar", "petra", "wendy", "sam", "audrey", "olga", "eric", "manager"]

# For each act: the states in which an official of the department (omar) and the manager may do
# it, and those in which an approver of the department (petra) may. Nobody else may ever.
OF_DEPARTMENT = {
    "change": OPEN,
    "start": {PREPARED},
    "pass_gate": {RUNNING},
    "record": OPEN,
    "publish_data": {RUNNING, COMPLETED},
    "see_contacts": ALL,
}
OF_APPROVER = {"complete": {RUNNING}, "stop": OPEN}


def allowed_states(act, who):
    if who in {"omar", "manager"}:
        return OF_DEPARTMENT.get(act, NEVER)
    return OF_APPROVER.get(act, NEVER) if who == "petra" else NEVER


@pytest.mark.parametrize("state", sorted(ALL))
@pytest.mark.parametrize("act", [*OF_DEPARTMENT, *OF_APPROVER])
@pytest.mark.parametrize("who", PEOPLE)
def test_acts_are_open_to_those_who_answer_for_them(request, who, act, state):
    lab = LabFactory(state=state)
    person = lab.manager if who == "manager" else request.getfixturevalue(who)

    may = person.has_perm(f"livinglabs.{act}_lab", lab)

    assert may == (state in allowed_states(act, who))


@pytest.mark.parametrize("state", sorted(ALL))
@pytest.mark.parametrize("who", PEOPLE)
def test_join_is_open_to_everyone_while_the_lab_is(request, who, state):
    lab = LabFactory(state=state)
    person = lab.manager if who == "manager" else request.getfixturevalue(who)

    assert person.has_perm("livinglabs.join_lab", lab) == (state in OPEN)


@pytest.mark.parametrize(
    ("who", "may"),
    [("ana", False), ("omar", True), ("wendy", True), ("petra", False), ("sam", False)],
)
def test_prepare_is_open_to_officials(request, who, may):
    person = request.getfixturevalue(who)

    assert person.has_perm("livinglabs.prepare_lab") == may
