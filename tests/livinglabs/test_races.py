"""Two who act at once, in a database where transactions really commit."""

import pytest
from django.db import IntegrityError, transaction

from livinglabs.domain import labs, participations
from livinglabs.models import Lab, LabState, Participation
from portal.accounts.models import User
from portal.refusals import Refused
from tests.at_once import at_once
from tests.factories.governance import MotionFactory
from tests.factories.livinglabs import LabFactory, an_official, with_evidence

pytestmark = pytest.mark.own_database


def staged(**fields):
    """A lab whose rows and acts are committed together."""
    with transaction.atomic():
        return LabFactory(**fields)


def refusals(results):
    return [result for result in results if isinstance(result, Refused)]


def test_pass_gate_by_two_managers_at_once_moves_one_stage(own_database):
    lab = with_evidence(staged(), "diagnosis-report")
    other = an_official()

    def act(user_pk):
        seen = Lab.objects.select_related("stage").get(pk=lab.pk)
        person = User.objects.get(pk=user_pk)
        return lambda: labs.pass_gate(seen, by=person)

    results = at_once(act(lab.manager.pk), act(other.pk))

    lab.refresh_from_db()
    assert len(refusals(results)) == 1
    assert (lab.stage.code, lab.stage_records.count()) == ("empower", 2)


def test_join_twice_at_once_counts_once(own_database):
    lab, person = staged(), an_official()

    def act():
        mine = Lab.objects.get(pk=lab.pk)
        return lambda: participations.join(mine, by=person, kind="resident")

    results = at_once(act(), act(), act())

    lab.refresh_from_db()
    assert len(refusals(results)) == 2
    assert (lab.participant_count, Participation.objects.count()) == (1, 1)


def test_lab_cannot_be_committed_without_an_act(own_database):
    lab = staged()

    with pytest.raises(IntegrityError, match="without an act"), transaction.atomic():
        Lab.objects.filter(pk=lab.pk).update(place="다른 곳")


def test_lab_cannot_run_without_a_mandate_by_any_way(own_database):
    with transaction.atomic():
        lab = LabFactory(state=LabState.PREPARED, mandate=MotionFactory())

    with pytest.raises(IntegrityError, match="no carried mandate"), transaction.atomic():
        Lab.objects.filter(pk=lab.pk).update(state=LabState.RUNNING)
