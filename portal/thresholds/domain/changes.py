"""Changing the steps: with four eyes, from a date on, and never for what is published already."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.domain import log
from portal.notifications.domain import notes
from portal.refusals import Refused
from portal.thresholds import scopes
from portal.thresholds.domain import simulator
from portal.thresholds.domain.simulator import Rule
from portal.thresholds.models import ChangeState, RuleChange, Step
from portal.thresholds.scopes import Scope


@transaction.atomic
def propose(
    scope: Scope, *, by: User, steps: Sequence[Rule], valid_from: date, reason: str
) -> RuleChange:
    """Propose other steps for ``scope`` from a day on, with what they would have done last year.

    Without steps a way in or a call shares those of others again. Raises ``Refused`` where it has
    none to give up, without a reason, for steps that do not rise, for a day past, and for a call
    that takes no proposals on that day.
    """
    _check_day(scope, valid_from)
    _check(scope, steps, reason)
    since, until = simulator.last_year()
    found = simulator.compare(steps, since=since, until=until, scope=scope)
    period = {"since": str(since), "until": str(until), "pool": str(found.pool)}
    change = RuleChange.objects.create(
        channel=scope.channel,
        call=scope.call,
        steps=[step.as_dict() for step in steps],
        figures={"now": found.total.now, "then": found.total.then, **period},
        valid_from=valid_from,
        reason=reason.strip(),
        proposed_by=by,
    )
    log.record(
        "proposed", change, by=by, reason=reason, scope=scope.key, valid_from=str(valid_from)
    )
    return change


def _check(scope: Scope, steps: Sequence[Rule], reason: str) -> None:
    if not reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))
    if not steps and not (scope.key and Step.objects.of(scope.channel, scope.call).exists()):
        raise Refused(_("A change needs at least one step."))
    numbers = [step.supports for step in steps]
    if numbers != sorted(set(numbers)):
        raise Refused(_("Each step must ask for more people than the one before."))


@transaction.atomic
def approve(change: RuleChange, *, by: User, reason: str) -> RuleChange:
    """Approve a change: its steps hold from its day on, those of before until then.

    Raises ``Refused`` for one's own proposal, where the day has passed meanwhile, and once the
    call has closed.
    """
    scope = scopes.of(change)
    # Of two who approve changes of the same steps at once, the second sees what the first wrote.
    list(RuleChange.objects.of(scope.channel, scope.call).select_for_update().values_list("pk"))
    _check_day(scope, change.valid_from)
    _decide(change, ChangeState.APPROVED, by=by, reason=reason)
    held = Step.objects.of(scope.channel, scope.call).in_force(change.valid_from)
    for step in held.select_for_update():
        Step.objects.filter(pk=step.pk).update(valid_until=change.valid_from)
        log.record("ended", step, by=by, reason=reason, until=str(change.valid_from))
    for order, facts in enumerate(change.steps, 1):
        _write(change, order, facts, by=by)
    return change


@transaction.atomic
def reject(change: RuleChange, *, by: User, reason: str) -> RuleChange:
    """Do not approve a change; the rule in force stays."""
    return _decide(change, ChangeState.REJECTED, by=by, reason=reason)


def _decide(change: RuleChange, to: str, *, by: User, reason: str) -> RuleChange:
    if change.proposed_by_id == by.pk:
        raise Refused(_("Somebody else must decide on what you proposed."))
    if not reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))
    change.move(to, by=by, also={"decided_by": by, "answer": reason.strip()}, reason=reason)
    url, state = change.get_absolute_url(), ChangeState(to).label
    notes.leave(change.proposed_by, "change_decided", url=url, state=state, reason=reason)
    return change


def _check_day(scope: Scope, valid_from: date) -> None:
    if scope.is_over:
        raise Refused(_("The call has closed: its steps stay as they are."))
    if valid_from <= timezone.localdate():
        raise Refused(_("The change must begin tomorrow or later."))
    if scope.card and valid_from > scope.card.closes_on:
        raise Refused(_("The call closes before that day: nothing would follow these steps."))
    if Step.objects.of(scope.channel, scope.call).filter(valid_from__gte=valid_from).exists():
        raise Refused(_("Steps that begin on that day or later are approved already."))


def _write(change: RuleChange, order: int, facts: dict[str, Any], *, by: User) -> None:
    step = Step.objects.create(
        channel=change.channel,
        call=change.call,
        order=order,
        supports=facts["supports"],
        days=facts["days"],
        districts=facts["districts"],
        effect=facts["effect"],
        department_id=facts["department"],
        valid_from=change.valid_from,
    )
    log.record("set", step, by=by, reason=change.answer, change=change.pk, **facts)
