"""Who may do what to a call, an entry, a team and a local problem."""

from typing import Any

import rules

from portal.accounts.models import Role, User
from portal.accounts.rules import is_citizen
from portal.calls.models import (
    Call,
    CallState,
    Entry,
    EntryForm,
    EntryState,
    Juror,
    Problem,
    ProblemState,
    Team,
)
from portal.lifecycle import may_become

S = CallState
P = ProblemState


@rules.predicate
def acts_for_a_department(user: User, _thing: Any = None) -> bool:
    return user.is_authenticated and user.holds(Role.OFFICIAL, Role.APPROVER)


@rules.predicate
def is_in_charge(user: User, call: Call | None) -> bool:
    """Whether the person acts for the department that answers for the call."""
    return user.is_authenticated and call is not None and call.department_id in user.departments


@rules.predicate
def takes_entries(_user: User, call: Call | None) -> bool:
    return call is not None and call.takes_entries


@rules.predicate
def takes_teams(_user: User, call: Call | None) -> bool:
    return call is not None and (call.state == S.ANNOUNCED or call.takes_entries)


@rules.predicate
def waits_for_jury(_user: User, call: Call | None) -> bool:
    return call is not None and call.waits_for_jury


@rules.predicate
def is_in_charge_of_entry(user: User, entry: Entry | None) -> bool:
    return entry is not None and is_in_charge(user, entry.track.call)


@rules.predicate
def entry_is_judged(user: User, entry: Entry | None) -> bool:
    judged = entry is not None and entry.track.call.state == S.JUDGING
    return judged and entry is not None and entry.state == EntryState.SUBMITTED


@rules.predicate
def judges_the_track(user: User, entry: Entry | None) -> bool:
    """Whether the person sits on the jury of the entry's track."""
    return (
        user.is_authenticated
        and entry is not None
        and Juror.objects.of_person(user).filter(track=entry.track_id).exists()
    )


@rules.predicate
def handed_it_in(user: User, entry: Entry | None) -> bool:
    return user.is_authenticated and entry is not None and entry.author_id == user.pk


@rules.predicate
def entry_is_open(user: User, entry: Entry | None) -> bool:
    open_call = entry is not None and entry.track.call.takes_entries
    return open_call and entry is not None and entry.state == EntryState.SUBMITTED


@rules.predicate
def is_no_proposal(user: User, entry: Entry | None) -> bool:
    """A proposal is changed and withdrawn on its own page."""
    return entry is not None and entry.form != EntryForm.PROPOSAL


@rules.predicate
def founded_it(user: User, team: Team | None) -> bool:
    return user.is_authenticated and team is not None and team.founder_id == user.pk


@rules.predicate
def is_in_it(user: User, team: Team | None) -> bool:
    return (
        user.is_authenticated
        and team is not None
        and team.memberships.present().filter(person=user).exists()
    )


@rules.predicate
def team_may_change(user: User, team: Team | None) -> bool:
    return team is not None and takes_teams(user, team.track.call)


def stands(*states: str) -> rules.Predicate:
    """Make a predicate: the thing is in one of ``states``."""
    return rules.predicate(f"stands:{'|'.join(states)}")(
        lambda _user, thing: thing is not None and thing.state in states
    )


@rules.predicate
def problem_is_theirs(user: User, problem: Problem | None) -> bool:
    """Whether the person acts for the department that handles the problem."""
    return (
        user.is_authenticated
        and problem is not None
        and problem.department_id is not None
        and problem.department_id in user.departments
    )


@rules.predicate
def reported_it(user: User, problem: Problem | None) -> bool:
    return user.is_authenticated and problem is not None and problem.reporter_id == user.pk


open_problem = stands(P.SHARED, P.HANDLED)

rules.add_perm("calls.view_call", rules.always_allow)
rules.add_perm("calls.plan_call", acts_for_a_department)
rules.add_perm("calls.revise_call", is_in_charge & stands(S.DRAFT))
rules.add_perm("calls.drop_call", is_in_charge & stands(S.DRAFT))
rules.add_perm("calls.announce_call", is_in_charge & may_become(S.ANNOUNCED))
rules.add_perm("calls.cancel_call", is_in_charge & may_become(S.CANCELLED))
rules.add_perm("calls.redate_call", is_in_charge & stands(S.ANNOUNCED, S.OPEN))
rules.add_perm("calls.seat_juror", is_in_charge & stands(S.DRAFT, S.ANNOUNCED, S.OPEN, S.JUDGING))
rules.add_perm("calls.publish_call", is_in_charge & may_become(S.PUBLISHED))
rules.add_perm("calls.close_call", is_in_charge & may_become(S.CLOSED))
rules.add_perm("calls.judge_call", is_in_charge & waits_for_jury)
rules.add_perm("calls.enter_call", is_citizen & ~is_in_charge & takes_entries)
rules.add_perm("calls.found_team", is_citizen & ~is_in_charge & takes_teams)

rules.add_perm("calls.view_entry", rules.always_allow)
rules.add_perm("calls.revise_entry", handed_it_in & entry_is_open & is_no_proposal)
rules.add_perm("calls.withdraw_entry", handed_it_in & entry_is_open)
rules.add_perm("calls.score_entry", entry_is_judged & judges_the_track & ~handed_it_in)
rules.add_perm("calls.use_entry", entry_is_judged & is_in_charge_of_entry & ~handed_it_in)

rules.add_perm("calls.view_team", rules.always_allow)
rules.add_perm("calls.invite_team", founded_it & team_may_change)
rules.add_perm("calls.share_team", founded_it)
rules.add_perm("calls.leave_team", team_may_change & ~founded_it & is_in_it)
rules.add_perm("calls.enter_team", founded_it)

rules.add_perm("calls.view_problem", rules.always_allow)
rules.add_perm("calls.report_problem", is_citizen)
rules.add_perm("calls.back_problem", is_citizen & ~reported_it & open_problem)
rules.add_perm("calls.weigh_problem", is_citizen & open_problem)
rules.add_perm("calls.offer_solution", is_citizen & ~problem_is_theirs & open_problem)
rules.add_perm("calls.propose_problem", is_citizen & stands(P.SHARED, P.HANDLED, P.NOT_SOLVED))
# What an official reported is for colleagues to check and settle.
checks_it = acts_for_a_department & stands(P.RECEIVED) & ~reported_it
settles_it = problem_is_theirs & ~reported_it
rules.add_perm("calls.share_problem", checks_it)
rules.add_perm("calls.handle_problem", settles_it & may_become(P.HANDLED))
rules.add_perm("calls.solve_problem", settles_it & may_become(P.SOLVED))
rules.add_perm("calls.drop_problem", (settles_it | checks_it) & may_become(P.NOT_SOLVED))
