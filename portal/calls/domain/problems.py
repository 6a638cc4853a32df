"""The life of a local problem: reported, shared, handled, solved or not, and who else has it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from portal.accounts.models import Department, User
from portal.audit.domain import log
from portal.calls.models import (
    OPEN_PROBLEMS,
    MeToo,
    Problem,
    ProblemProposal,
    ProblemState,
    Solution,
    Weight,
)
from portal.notifications.domain import notes
from portal.page_cache import forget_pages
from portal.proposals.domain import proposals
from portal.proposals.models import Proposal
from portal.quarantine.domain import files
from portal.refusals import Refused


@transaction.atomic
def report(*, by: User, written: Mapping[str, Any], photo: Any = None) -> Problem:
    """Take a problem in; only the reporter and officials see it until it is shared.

    ``photo`` has passed ``portal.images.clean_photo``; it lies apart until it is checked.
    Raises ``Refused`` without any place.
    """
    somewhere = ("place", "district", "latitude")
    if all(written.get(name) in {"", None} for name in somewhere):
        raise Refused(_("Say where it is: a district, an address or a point on the map."))
    problem = Problem.objects.create(reporter=by, photo=photo or "", **written)
    if photo:
        files.hold(problem.photo, by=by, name=photo.name, url=problem.get_absolute_url())
    log.record("received", problem, by=by, title=problem.title, text=problem.text)
    notes.leave(by, "problem_received", url=problem.get_absolute_url(), title=problem.title)
    return problem


@transaction.atomic
def share(problem: Problem, *, by: User, department: Department, reason: str) -> Problem:
    """Show a problem to everyone and name the department that takes care of it."""
    also = {"shared_at": timezone.now(), "department": department}
    return _step(problem, ProblemState.SHARED, by=by, reason=reason, also=also)


@transaction.atomic
def handle(problem: Problem, *, by: User, reason: str) -> Problem:
    """Say that the department has begun, and with what."""
    return _step(problem, ProblemState.HANDLED, by=by, reason=reason)


@transaction.atomic
def solve(problem: Problem, *, by: User, reason: str) -> Problem:
    """Say that the problem is solved, and how."""
    return _step(problem, ProblemState.SOLVED, by=by, reason=reason)


@transaction.atomic
def drop(problem: Problem, *, by: User, reason: str) -> Problem:
    """Say that the problem is not solved, and why."""
    return _step(problem, ProblemState.NOT_SOLVED, by=by, reason=reason)


def _step(
    problem: Problem,
    to: str,
    *,
    by: User,
    reason: str,
    also: Mapping[str, Any] | None = None,
) -> Problem:
    """Move a problem on with a reason, and tell who reported it and who has it too."""
    if not reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))
    changes = {"reason": reason, "changed_at": timezone.now(), **(also or {})}
    problem.move(to, by=by, also=changes, reason=reason)
    transaction.on_commit(forget_pages)
    told = User.objects.filter(
        pk__in=[problem.reporter_id, *problem.me_too.values_list("person_id", flat=True)]
    )
    notes.leave_for_all(
        told,
        f"problem_{to}",
        url=problem.get_absolute_url(),
        title=problem.title,
        reason=reason,
        department=problem.department or "",
    )
    return problem


@transaction.atomic
def back(problem: Problem, *, by: User) -> None:
    """Say “me too”; a second time changes nothing. Raises ``Refused`` for one's own and ended."""
    if problem.reporter_id == by.pk:
        raise Refused(_("You have reported this problem yourself."))
    _refuse_ended(problem)
    _row, created = MeToo.objects.get_or_create(problem=problem, person=by)
    if created:
        _count(problem, "me_too_count", 1)


@transaction.atomic
def unback(problem: Problem, *, by: User) -> None:
    """Take “me too” back."""
    deleted, _rows = MeToo.objects.filter(problem=problem, person=by).delete()
    if deleted:
        _count(problem, "me_too_count", -1)


@transaction.atomic
def weigh(problem: Problem, *, by: User) -> Weight:
    """Give one of the month's few votes to a problem.

    Two votes at once cannot take the same number, so nobody gets more than there are.
    Raises ``Refused`` where they are used up or one lies here already.
    """
    _refuse_ended(problem)
    month = this_month()
    used = set(Weight.objects.filter(person=by, month=month).values_list("slot", flat=True))
    free = [s for s in range(1, settings.PROBLEM_VOTES_A_MONTH + 1) if s not in used]
    if not free:
        words = _("You have given your {n} votes of this month. Take one back first.")
        raise Refused(words.format(n=settings.PROBLEM_VOTES_A_MONTH))
    try:
        with transaction.atomic():
            vote = Weight.objects.create(problem=problem, person=by, month=month, slot=free[0])
    except IntegrityError as error:
        raise Refused(_("You have given this problem a vote this month.")) from error
    _count(problem, "vote_count", 1)
    return vote


@transaction.atomic
def unweigh(problem: Problem, *, by: User) -> None:
    """Take this month's vote back, to give it to another problem."""
    mine = Weight.objects.filter(problem=problem, person=by, month=this_month())
    deleted, _rows = mine.delete()
    if deleted:
        _count(problem, "vote_count", -1)


def votes_left(person: User) -> int:
    """How many votes a person still has this month."""
    used = Weight.objects.filter(person=person, month=this_month()).count()
    return max(0, settings.PROBLEM_VOTES_A_MONTH - used)


def this_month() -> date:
    return timezone.localdate().replace(day=1)


@transaction.atomic
def offer(problem: Problem, *, by: User, written: Mapping[str, Any]) -> Solution:
    """Let a company say what it would do. Raises ``Refused`` for a second offer to a problem."""
    _refuse_ended(problem)
    try:
        with transaction.atomic():
            solution = Solution.objects.create(problem=problem, author=by, **written)
    except IntegrityError as error:
        raise Refused(_("You have offered a solution to this problem already.")) from error
    log.record("offered", solution, by=by, company=solution.company)
    notes.leave(
        problem.reporter,
        "problem_solution",
        url=problem.get_absolute_url(),
        title=problem.title,
        company=solution.company,
    )
    return solution


@transaction.atomic
def withdraw_offer(solution: Solution, *, by: User) -> None:
    """Take an offer back. Raises ``Refused`` where it is somebody else's or gone."""
    mine = Solution.objects.filter(pk=solution.pk, author=by, withdrawn_at=None)
    if not mine.update(withdrawn_at=timezone.now()):
        raise Refused(_("This offer is not yours or is already withdrawn."))
    log.record("withdrawn", solution, by=by)


@transaction.atomic
def propose(problem: Problem, *, by: User) -> Proposal:
    """Begin a proposal from a problem: a draft with its words and place, linked both ways."""
    url = problem.get_absolute_url()
    source = _("From the local problem no. {number}: {url}").format(number=problem.pk, url=url)
    written = {
        "title": problem.title,
        "problem": f"{problem.text}\n\n{source}",
        "area": problem.area,
        "district": problem.district,
        "place": problem.place,
        "latitude": problem.latitude,
        "longitude": problem.longitude,
    }
    proposal = proposals.draft(by=by, written=written)
    ProblemProposal.objects.create(problem=problem, proposal=proposal, added_by=by)
    return proposal


@transaction.atomic
def propose_from_record(*, by: User, title: str, source: str) -> Proposal:
    """Begin a proposal from a page of this portal: a dataset, a survey's result.

    Raises ``Refused`` where ``source`` leads elsewhere.
    """
    refuse_elsewhere(source)
    origin = _("Begun from “{title}”: {url}").format(title=title, url=settings.SITE_URL + source)
    return proposals.draft(by=by, written={"title": "", "problem": origin})


def refuse_elsewhere(source: str) -> None:
    """Raise ``Refused`` unless ``source`` is the address of a page here, without the host."""
    if not (source.startswith("/") and url_has_allowed_host_and_scheme(source, None)):
        raise Refused(_("A proposal can begin only from a page of this portal."))


def _refuse_ended(problem: Problem) -> None:
    if problem.state not in OPEN_PROBLEMS:
        raise Refused(_("This problem is not open at the moment."))


def _count(problem: Problem, column: str, change: int) -> None:
    """Keep a count that a page shows; the row's lock makes it exact."""
    Problem.objects.filter(pk=problem.pk).update(**{column: F(column) + change})
    problem.refresh_from_db(fields=[column])
