"""Steps, duties and panels as tables of open data."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.registry import Column, OpenDataExport
from portal.thresholds.domain import panels
from portal.thresholds.models import Duty, Panel, Step

CHUNK = 1000


def days_between(since: datetime, until: datetime | None) -> int | None:
    """Calendar days in the city from one moment to the other; ``None`` where it has not come."""
    if until is None:
        return None
    return (timezone.localdate(until) - timezone.localdate(since)).days


def steps() -> Iterator[tuple[Any, ...]]:
    """All steps that hold, held or will hold, oldest first."""
    columns = (
        *("pk", "channel", "call", "order", "supports", "days", "districts"),
        *("effect", "department__code", "valid_from", "valid_until"),
    )
    yield from (
        Step.objects.visible_to(None)
        .order_by("pk")
        .values_list(*columns)
        .iterator(chunk_size=CHUNK)
    )


def duties() -> Iterator[tuple[Any, ...]]:
    """All duties of public proposals, oldest first, without who fulfilled them."""
    found = Duty.objects.public().select_related("step", "department", "proposal").order_by("pk")
    for duty in found.iterator(chunk_size=CHUNK):
        yield (
            *(duty.pk, duty.proposal_id, duty.step_id, duty.step.effect, duty.department.code),
            *(duty.reason, duty.supports, duty.raised_at, duty.owed_on, duty.done_at),
            *(duty.outcome, days_between(duty.raised_at, duty.done_at), duty.is_late, duty.what),
        )


def all_panels() -> Iterator[tuple[Any, ...]]:
    """All panels with what it takes to draw them again; one a month, so each asks by itself."""
    for panel in Panel.objects.order_by("month"):
        yield (
            *(panel.pk, panel.month, panel.state, panel.seats, panel.candidates.count()),
            *(panel.draw_on, panel.source, panel.commitment, panel.pool_hash),
            *(panel.randomness, panel.secret, panel.seed, " ".join(panels.drawn(panel))),
            *(panel.items.count(), panel.items.exclude(duty=None).count()),
        )


DEPARTMENT = _("code of the department that owes it")

EXPORTS = [
    OpenDataExport(
        key="support-steps",
        title=_("Support steps"),
        text=_("How many supports, within how many days, oblige the city to what, since when."),
        columns=(
            Column("id", "integer", _("number of the step")),
            Column("channel", "text", _("way in for which it holds; empty: all without their own")),
            Column("call", "text", _("call for which it holds; empty: none in particular")),
            Column("order", "integer", _("place among the steps")),
            Column("supports", "integer", _("people who must support it")),
            Column("days", "integer", _("within how many days; empty: without a limit")),
            Column("districts", "integer", _("in how many districts they must live; 0: any")),
            Column("effect", "text", _("what follows: answer, discussion, council or mayor")),
            Column("department", "text", _("code of the department; empty: the one in charge")),
            Column("valid_from", "date", _("first day on which it holds")),
            Column("valid_until", "date", _("first day on which it no longer holds")),
        ),
        rows=steps,
        order=64,
    ),
    OpenDataExport(
        key="duties",
        title=_("Duties from supports"),
        text=_("What passed steps oblige the city to: who owes it, until when, and when it came."),
        columns=(
            Column("id", "integer", _("number of the duty")),
            Column("proposal", "integer", _("number of the proposal")),
            Column("step", "integer", _("number of the step that was passed")),
            Column("effect", "text", _("what is owed: answer, discussion, council or mayor")),
            Column("department", "text", DEPARTMENT),
            Column("reason", "text", _("supports, or lifted by the panel")),
            Column("supports", "integer", _("people who supported it then")),
            Column("raised_at", "time", _("when it arose")),
            Column("due_on", "date", _("until when it is owed")),
            Column("done_at", "time", _("when it was done; empty while it is owed")),
            Column("outcome", "text", _("fulfilled, answered, referred, or ended with it")),
            Column("days", "integer", _("calendar days that it took")),
            Column("late", "yes_no", _("whether it is owed still and its date has passed")),
            Column("what", "text", _("what was done, in the department's words")),
        ),
        rows=duties,
        order=65,
    ),
    OpenDataExport(
        key="panels",
        title=_("Panels drawn by lot"),
        text=_("Each panel with what it takes to draw it again. The codes name nobody."),
        columns=(
            Column("id", "integer", _("number of the panel")),
            Column("month", "date", _("first day of its month")),
            Column("state", "text", _("announced, drawn or closed")),
            Column("seats", "integer", _("seats to be filled")),
            Column("candidates", "integer", _("residents who could be drawn")),
            Column("draw_on", "date", _("day of the draw")),
            Column("source", "text", _("source of the numbers, named beforehand")),
            Column("commitment", "text", _("hash of the secret, published beforehand")),
            Column("pool_hash", "text", _("hash of the candidates, published beforehand")),
            Column("numbers", "text", _("numbers of that source")),
            Column("secret", "text", _("the secret, since the draw")),
            Column("seed", "text", _("seed made of secret, numbers and candidates")),
            Column("drawn", "text", _("codes drawn first, in the order of the lot")),
            Column("proposals", "integer", _("proposals before the panel")),
            Column("lifted", "integer", _("of these: lifted to the next step")),
        ),
        rows=all_panels,
        order=66,
    ),
]
