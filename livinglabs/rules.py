"""Who may do what in a lab.

Officials of the lab's department and its manager run it; an approver of the
department ends it; everybody may join while it is open. No predicate asks the
database about the lab: its facts are already in hand.
"""

import rules

from livinglabs.models import Lab, LabState
from portal.accounts.models import Role, User
from portal.accounts.rules import is_citizen, is_official
from portal.lifecycle import may_become


def serves_it_as(role: str) -> rules.Predicate:
    """Make a predicate: the person holds ``role`` in the lab's department today."""

    def serves(user: User, lab: Lab | None) -> bool:
        return (
            lab is not None
            and user.is_authenticated
            and any(
                held.role == role and held.department_id == lab.department_id
                for held in user.current_appointments
            )
        )

    return rules.predicate(f"serves_it_as:{role}")(serves)


@rules.predicate
def is_its_manager(user: User, lab: Lab | None) -> bool:
    return lab is not None and lab.manager_id == user.pk


@rules.predicate
def is_open(_user: User, lab: Lab | None) -> bool:
    """Whether the lab is prepared or running."""
    return lab is not None and lab.is_open


@rules.predicate
def is_running(_user: User, lab: Lab | None) -> bool:
    return lab is not None and lab.state == LabState.RUNNING


@rules.predicate
def has_begun(_user: User, lab: Lab | None) -> bool:
    """Whether the lab runs or has run to its end."""
    return lab is not None and lab.state in {LabState.RUNNING, LabState.COMPLETED}


runs_it = serves_it_as(Role.OFFICIAL) | (is_its_manager & is_official)
decides_on_it = serves_it_as(Role.APPROVER)

rules.add_perm("livinglabs.prepare_lab", is_official)
rules.add_perm("livinglabs.change_lab", runs_it & is_open)
rules.add_perm("livinglabs.start_lab", runs_it & may_become(LabState.RUNNING))
rules.add_perm("livinglabs.pass_gate_lab", runs_it & is_running)
rules.add_perm("livinglabs.record_lab", runs_it & is_open)
rules.add_perm("livinglabs.publish_data_lab", runs_it & has_begun)
rules.add_perm("livinglabs.see_contacts_lab", runs_it)
rules.add_perm("livinglabs.complete_lab", decides_on_it & may_become(LabState.COMPLETED))
rules.add_perm("livinglabs.stop_lab", decides_on_it & may_become(LabState.STOPPED))
rules.add_perm("livinglabs.join_lab", is_citizen & is_open)
rules.add_perm("livinglabs.leave_lab", is_citizen)
