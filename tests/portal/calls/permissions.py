"""Who may do what to a call, an entry, a team and a local problem."""

from django.utils import timezone

from portal.calls.models import (
    Call,
    CallState,
    Entry,
    EntryForm,
    EntryState,
    Problem,
    ProblemState,
    Team,
)
from tests.factories.calls import (
    CallFactory,
    EntryFactory,
    ProblemFactory,
    seat,
    team_of,
    track_of,
)
from tests.factories.portal import UserFactory
from tests.permission_tables import (
    ALWAYS,
    AUTHOR,
    CITY,
    DEPARTMENT,
    EVERYONE,
    SIGNED_IN,
    Table,
    crossed,
    either,
    who,
)

S, E, P = CallState, EntryState, ProblemState
JUROR, JUDGING_MEMBER, MEMBER = who("juror"), who("juror in the team"), who("member")
LEFT = who("who left the team")


def a_call(_people):
    call = CallFactory()
    return call, {"juror": seat(track_of(call)).person}


def a_call_whose_time_is_over(people):
    """It is open until its jury is made up; entries come too late."""
    call, related = a_call(people)
    call.closes_at = timezone.now()
    return call, related


def a_team(people):
    """A team that the author founded."""
    team = team_of(track_of(CallFactory()), people["author"])
    related = {"member": UserFactory(), "who left the team": UserFactory()}
    for person in related.values():
        team.memberships.create(call=team.track.call, person=person)
    team.memberships.filter(person=related["who left the team"]).update(left_at=timezone.now())
    return team, related


def an_entry(people):
    """The entry of a team, handed in by the author; a juror has come into that team."""
    team, related = a_team(people)
    entry = EntryFactory(track=team.track, team=team, author=people["author"])
    juror, member = seat(team.track).person, seat(team.track).person
    team.memberships.create(call=team.track.call, person=member)
    return entry, {**related, "juror": juror, "juror in the team": member}


def a_problem(people):
    return ProblemFactory(reporter=people["author"]), {}


OPEN_CALL = crossed([S.OPEN], [E.SUBMITTED])
JUDGED = crossed([S.JUDGING], [E.SUBMITTED])
NO_PROPOSAL = crossed([S.OPEN], [E.SUBMITTED], set(EntryForm) - {EntryForm.PROPOSAL})
CHANGING = either(S.ANNOUNCED, S.OPEN)
OPEN_PROBLEM = either(P.SHARED, P.HANDLED)
IN_THE_TEAM = MEMBER | LEFT
TO_CALLS = {
    "calls.view_call": {EVERYONE | JUROR: ALWAYS},
    "calls.revise_call": {DEPARTMENT: [S.DRAFT]},
    "calls.drop_call": {DEPARTMENT: [S.DRAFT]},
    "calls.announce_call": {DEPARTMENT: [S.DRAFT]},
    "calls.redate_call": {DEPARTMENT: CHANGING},
    "calls.cancel_call": {DEPARTMENT: CHANGING | {S.JUDGING}},
    "calls.seat_juror": {DEPARTMENT: CHANGING | {S.DRAFT, S.JUDGING}},
    # While a call is open this waits for its last moment: the make-up of its jury is asked then.
    "calls.judge_call": {},
    "calls.publish_call": {DEPARTMENT: [S.JUDGING]},
    "calls.close_call": {DEPARTMENT: [S.PUBLISHED]},
    # That a juror takes no part is refused with a sentence that says so.
    "calls.enter_call": {SIGNED_IN - DEPARTMENT | JUROR: [S.OPEN]},
    "calls.found_team": {SIGNED_IN - DEPARTMENT | JUROR: CHANGING},
}
TO_ENTRIES = {
    "calls.view_entry": {EVERYONE | IN_THE_TEAM | JUROR | JUDGING_MEMBER: ALWAYS},
    "calls.revise_entry": {AUTHOR: NO_PROPOSAL},
    "calls.withdraw_entry": {AUTHOR: OPEN_CALL},
    "calls.score_entry": {JUROR | JUDGING_MEMBER: JUDGED},
    "calls.use_entry": {DEPARTMENT: JUDGED},
}
TO_TEAMS = {
    "calls.view_team": {EVERYONE | IN_THE_TEAM: ALWAYS},
    "calls.invite_team": {AUTHOR: CHANGING},
    "calls.share_team": {AUTHOR: ALWAYS},
    "calls.enter_team": {AUTHOR: ALWAYS},
    "calls.leave_team": {MEMBER: CHANGING},
}
TO_PROBLEMS = {
    "calls.view_problem": {EVERYONE: ALWAYS},
    "calls.back_problem": {SIGNED_IN - AUTHOR: OPEN_PROBLEM},
    "calls.weigh_problem": {SIGNED_IN: OPEN_PROBLEM},
    "calls.offer_solution": {SIGNED_IN - DEPARTMENT: OPEN_PROBLEM},
    "calls.propose_problem": {SIGNED_IN: OPEN_PROBLEM | {P.NOT_SOLVED}},
    # Until one department takes it, every official may.
    "calls.share_problem": {CITY: [P.RECEIVED]},
    "calls.drop_problem": {CITY: [P.RECEIVED], DEPARTMENT: OPEN_PROBLEM},
    "calls.handle_problem": {DEPARTMENT: [P.SHARED, P.NOT_SOLVED]},
    "calls.solve_problem": {DEPARTMENT: OPEN_PROBLEM},
}
TABLES = [
    Table(Call, a_call, TO_CALLS, is_owned=False),
    Table(
        Call,
        a_call_whose_time_is_over,
        {
            "calls.judge_call": {DEPARTMENT: [S.OPEN]},
            "calls.enter_call": {},
            "calls.found_team": {SIGNED_IN - DEPARTMENT | JUROR: [S.ANNOUNCED]},
        },
        is_owned=False,
    ),
    Table(Entry, an_entry, TO_ENTRIES, ("track.call.state", "state", "form")),
    Table(Team, a_team, TO_TEAMS, ("track.call.state",)),
    Table(Problem, a_problem, TO_PROBLEMS),
]
