"""The life of a lab: prepared from a motion, started, led through its gates, ended.

Each step is written to the trail in its own transaction and told to the people
of the lab. Two who take the same step at once meet a conditional update: the
second is refused.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import Motion, MotionState
from livinglabs.domain.gates import missing, next_stage
from livinglabs.domain.telling import tell_people_of
from livinglabs.models import Lab, LabState, Stage, StageRecord
from portal.accounts.models import User
from portal.audit.domain import log
from portal.refusals import Refused

HOPELESS = (MotionState.LOST, MotionState.WITHDRAWN)


@transaction.atomic
def prepare(motion: Motion, *, by: User, **plan: Any) -> Lab:
    """Prepare a lab from ``motion``; ``plan`` holds the columns of the lab.

    Raises ``Refused`` where the motion was lost, has a lab already, or where the
    department is not one that ``by`` works for.
    """
    if motion.state in HOPELESS:
        raise Refused(_("This motion was lost or withdrawn, so there can be no lab."))
    if plan["department"].pk not in by.departments:
        raise Refused(_("You can prepare a lab only for a department that you work for."))
    plan = {"manager": by, "stage": Stage.objects.earliest("order"), **plan}
    try:
        with transaction.atomic():
            lab = Lab.objects.create(mandate=motion, **plan)
    except IntegrityError as error:
        raise Refused(_("There is already a lab for this motion.")) from error
    log.record("prepared", lab, by=by, title=lab.title)
    return lab


@transaction.atomic
def change(lab: Lab, *, by: User, **plan: Any) -> Lab:
    """Correct the plan of a lab that has not ended. Raises ``Refused`` where it has."""
    still_open = Lab.objects.open_to_people().filter(pk=lab.pk)
    if not still_open.update(changed_at=timezone.now(), **plan):
        raise Refused(_("This lab has ended; its plan stays as it is."))
    for column, value in plan.items():
        setattr(lab, column, value)
    log.record("changed", lab, by=by, plan={name: str(value) for name, value in plan.items()})
    return lab


@transaction.atomic
def start(lab: Lab, *, by: User) -> Lab:
    """Start a prepared lab in its first stage; the database checks the mandate once more.

    Raises ``Refused`` where the council has not carried the motion.
    """
    lab.mandate.refresh_from_db(fields=["state"])
    if lab.mandate.state != MotionState.CARRIED:
        raise Refused(_("The lab can start only when a council has carried its motion."))
    lab.move(LabState.RUNNING, by=by, also={"changed_at": timezone.now()})
    StageRecord.objects.create(lab=lab, stage=lab.stage)
    tell_people_of(lab, "lab_started", stage=lab.stage)
    return lab


@transaction.atomic
def pass_gate(lab: Lab, *, by: User, note: str = "") -> Lab:
    """Lead a running lab through the gate into the next stage.

    Raises ``Refused`` where evidence is missing (each missing kind is named),
    where the stage is the last, or where another passed this gate first.
    """
    _refuse_unfinished(lab)
    passed, coming = lab.stage, next_stage(lab.stage)
    if coming is None:
        raise Refused(_("This is the last stage. When its work is done, the lab is completed."))
    unmoved = Lab.objects.running().filter(pk=lab.pk, stage=passed)
    if not unmoved.update(stage=coming, changed_at=timezone.now()):
        raise Refused(_("Someone else has just led the lab through this gate. Look again."))
    lab.stage = coming
    _close_stage(lab, passed, by=by, note=note)
    StageRecord.objects.create(lab=lab, stage=coming)
    log.record("gate_passed", lab, by=by, reason=note, passed=passed.code, entered=coming.code)
    tell_people_of(lab, "lab_gate_passed", passed=passed, stage=coming)
    return lab


@transaction.atomic
def complete(lab: Lab, *, by: User, outcome: str, learnings: str = "") -> Lab:
    """End a lab that has walked through all stages, with its outcome.

    Raises ``Refused`` before the last stage and where its evidence is missing.
    """
    if next_stage(lab.stage):
        raise Refused(_("The lab can be completed only in its last stage."))
    _refuse_unfinished(lab)
    also = {"outcome": outcome, "learnings": learnings, "changed_at": timezone.now()}
    lab.move(LabState.COMPLETED, by=by, also=also, reason=outcome)
    _close_stage(lab, lab.stage, by=by, note=outcome)
    tell_people_of(lab, "lab_completed", outcome=outcome)
    return lab


@transaction.atomic
def stop(lab: Lab, *, by: User, reason: str, learnings: str) -> Lab:
    """End a lab early; what was learned from it is kept. Raises ``Refused`` without learnings."""
    if not (reason.strip() and learnings.strip()):
        raise Refused(_("Say why the lab stops and what was learned from it."))
    also = {"outcome": reason, "learnings": learnings, "changed_at": timezone.now()}
    lab.move(LabState.STOPPED, by=by, also=also, reason=reason)
    tell_people_of(lab, "lab_stopped", reason=reason)
    return lab


def _refuse_unfinished(lab: Lab) -> None:
    if lab.state != LabState.RUNNING:
        raise Refused(_("Only a running lab passes gates."))
    if lacking := missing(lab):
        names = ", ".join(f"“{kind.name}”" for kind in lacking)
        raise Refused(_("The gate stays closed. Still missing: %(names)s.") % {"names": names})


def _close_stage(lab: Lab, stage: Stage, *, by: User, note: str) -> None:
    lab.stage_records.filter(stage=stage).update(passed_at=timezone.now(), passed_by=by, note=note)
