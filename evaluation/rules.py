"""Who may measure, and who may verify what others measured."""

import rules

from evaluation.models import Measurement, MeasurementState
from portal.accounts.models import User
from portal.accounts.rules import is_auditor, is_official
from portal.lifecycle import may_become


@rules.predicate
def is_its_author(user: User, measurement: Measurement | None) -> bool:
    return measurement is not None and measurement.author_id == user.pk


@rules.predicate
def is_of_its_department(user: User, measurement: Measurement | None) -> bool:
    """Whether the person works for the department that measured."""
    return measurement is not None and measurement.department_id in user.departments


@rules.predicate
def is_not_verified(_user: User, measurement: Measurement | None) -> bool:
    return measurement is not None and measurement.state != MeasurementState.VERIFIED


stands_apart = ~is_its_author & ~is_of_its_department
checks_others = (is_auditor | is_official) & stands_apart

rules.add_perm("evaluation.record_measurement", is_official)
rules.add_perm("evaluation.attach_measurement", is_its_author & is_official & is_not_verified)
rules.add_perm(
    "evaluation.verify_measurement", checks_others & may_become(MeasurementState.VERIFIED)
)
rules.add_perm(
    "evaluation.question_measurement", checks_others & may_become(MeasurementState.QUESTIONED)
)
rules.add_perm(
    "evaluation.correct_measurement",
    is_its_author & is_official & may_become(MeasurementState.RECORDED),
)
