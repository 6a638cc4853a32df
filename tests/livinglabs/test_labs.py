"""The life of a lab: each step, and each refusal."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from governance.models import MotionState
from livinglabs.domain import gates, labs
from livinglabs.models import Lab, LabState, Stage
from portal.accounts.models import Department
from portal.audit.models import Act
from portal.notifications.models import Note
from portal.refusals import Refused
from tests.factories.governance import MotionFactory
from tests.factories.livinglabs import LabFactory, with_evidence

pytestmark = pytest.mark.django_db


def plan(**changes):
    """A plan that can be prepared."""
    today = timezone.localdate()
    return {
        "title": "공유주차 리빙랩",
        "problem": "저녁에 차를 댈 곳이 없습니다.",
        "goal": "나누어 씁니다.",
        "place": "상살미마을",
        "department": Department.objects.get(code="traffic"),
        "starts_on": today,
        "ends_on": today + timedelta(days=180),
    } | changes


def carried():
    return MotionFactory(state=MotionState.CARRIED)


def last_stage():
    return Stage.objects.latest("order")


def test_prepare_makes_a_public_lab_in_its_first_stage(omar):
    motion = carried()

    lab = labs.prepare(motion, by=omar, **plan())

    assert lab.state == LabState.PREPARED
    assert lab.stage == Stage.objects.earliest("order")
    assert lab.manager == omar


def test_prepare_is_refused_for_a_lost_motion(omar):
    motion = MotionFactory(state=MotionState.LOST)

    with pytest.raises(Refused, match="lost or withdrawn"):
        labs.prepare(motion, by=omar, **plan())


def test_prepare_is_refused_twice(omar):
    motion = carried()
    labs.prepare(motion, by=omar, **plan())

    with pytest.raises(Refused, match="already a lab"):
        labs.prepare(motion, by=omar, **plan())

    assert Lab.objects.count() == 1


def test_prepare_is_refused_for_a_department_of_others(wendy):
    with pytest.raises(Refused, match="work for"):
        labs.prepare(carried(), by=wendy, **plan())


def test_start_enters_the_first_stage_and_tells_the_author(omar, ana):
    motion = MotionFactory(state=MotionState.CARRIED, proposal__author=ana)
    lab = labs.prepare(motion, by=omar, **plan())

    labs.start(lab, by=omar)

    assert lab.state == LabState.RUNNING
    assert lab.stage_records.get().stage == lab.stage
    assert Note.objects.filter(recipient=ana, kind="lab_started").count() == 1


def test_start_is_refused_without_a_carried_mandate(omar):
    lab = labs.prepare(MotionFactory(), by=omar, **plan())

    with pytest.raises(Refused, match="carried its motion"):
        labs.start(lab, by=omar)

    lab.refresh_from_db()
    assert lab.state == LabState.PREPARED


def test_start_is_refused_by_the_database_too(omar):
    lab = labs.prepare(MotionFactory(), by=omar, **plan())

    with pytest.raises(IntegrityError, match="no carried mandate"), transaction.atomic():
        Lab.objects.filter(pk=lab.pk).update(state=LabState.RUNNING)


def test_change_writes_the_plan_and_an_act(omar):
    lab = LabFactory()

    labs.change(lab, by=omar, title="새 이름", place="상3동")

    lab.refresh_from_db()
    assert (lab.title, lab.place) == ("새 이름", "상3동")
    assert Act.objects.filter(verb="livinglabs.lab:changed").count() == 1


def test_change_is_refused_after_the_end(omar):
    lab = LabFactory(state=LabState.STOPPED)

    with pytest.raises(Refused, match="ended"):
        labs.change(lab, by=omar, title="새 이름")


def test_pass_gate_moves_one_stage_on(omar, ana):
    lab = with_evidence(LabFactory(mandate__proposal__author=ana), "diagnosis-report")

    labs.pass_gate(lab, by=omar, note="문제를 확인했습니다.")

    lab.refresh_from_db()
    assert lab.stage.code == "empower"
    done, now = lab.stage_records.all()
    assert (done.passed_by, now.passed_at) == (omar, None)
    assert Note.objects.filter(recipient=ana, kind="lab_gate_passed").exists()


def test_pass_gate_is_refused_and_names_each_missing_kind(omar):
    lab = LabFactory(stage=Stage.objects.get(code="empower"))

    with pytest.raises(Refused) as refusal:
        labs.pass_gate(lab, by=omar, note="")

    assert "“Record of training”, “Record of conflicts”" in str(refusal.value)


def test_pass_gate_asks_for_evidence_of_the_present_stage(omar):
    lab = with_evidence(LabFactory(), "diagnosis-report", "training-record", "conflict-record")
    labs.pass_gate(lab, by=omar)

    assert [kind.code for kind in gates.missing(lab)] == ["training-record", "conflict-record"]


def test_pass_gate_is_refused_when_another_passed_it_first(omar):
    lab = with_evidence(LabFactory(), "diagnosis-report")
    seen_by_another = Lab.objects.get(pk=lab.pk)
    labs.pass_gate(lab, by=omar)

    with pytest.raises(Refused, match="Someone else"):
        labs.pass_gate(seen_by_another, by=lab.manager)

    lab.refresh_from_db()
    assert lab.stage.code == "empower"


def test_pass_gate_is_refused_in_the_last_stage(omar):
    lab = LabFactory(stage=last_stage())
    with_evidence(lab, "operation-manual", "diffusion-model")

    with pytest.raises(Refused, match="last stage"):
        labs.pass_gate(lab, by=omar)


def test_pass_gate_is_refused_before_the_start(omar):
    lab = LabFactory(state=LabState.PREPARED)

    with pytest.raises(Refused, match="Only a running lab"):
        labs.pass_gate(lab, by=omar)


def test_complete_ends_the_lab_with_its_outcome(petra, ana):
    lab = LabFactory(stage=last_stage(), mandate__proposal__author=ana)
    with_evidence(lab, "operation-manual", "diffusion-model")

    labs.complete(lab, by=petra, outcome="마을기업이 이어서 운영합니다.")

    lab.refresh_from_db()
    assert (lab.state, lab.outcome) == (LabState.COMPLETED, "마을기업이 이어서 운영합니다.")
    assert lab.stage_records.get().passed_by == petra
    assert Note.objects.filter(recipient=ana, kind="lab_completed").exists()


def test_complete_is_refused_before_the_last_stage(petra):
    with pytest.raises(Refused, match="last stage"):
        labs.complete(LabFactory(), by=petra, outcome="좋았습니다.")


def test_complete_is_refused_without_evidence(petra):
    with pytest.raises(Refused, match="Operation manual"):
        labs.complete(LabFactory(stage=last_stage()), by=petra, outcome="좋았습니다.")


def test_stop_keeps_what_was_learned(petra, ana):
    lab = LabFactory(mandate__proposal__author=ana)

    labs.stop(lab, by=petra, reason="예산이 끝났습니다.", learnings="작게 시작해야 합니다.")

    lab.refresh_from_db()
    assert (lab.state, lab.learnings) == (LabState.STOPPED, "작게 시작해야 합니다.")
    assert Note.objects.filter(recipient=ana, kind="lab_stopped").exists()


def test_stop_is_refused_without_learnings(petra):
    with pytest.raises(Refused, match="learned"):
        labs.stop(LabFactory(), by=petra, reason="그냥", learnings=" ")


def test_stop_is_refused_the_second_time(petra):
    lab = LabFactory(state=LabState.STOPPED)

    with pytest.raises(Refused):
        labs.stop(lab, by=petra, reason="또", learnings="또")
