"""What the gate of a stage asks for, and what of it is there.

The five stages are those of figure 4-18 of the research report; each has an
output, and the gate opens when all of them lie on the table.
"""

from dataclasses import dataclass

from livinglabs.models import EvidenceKind, Lab, Stage


@dataclass(frozen=True)
class Need:
    """One kind of evidence that a gate asks for, and whether the lab has it."""

    kind: EvidenceKind
    is_met: bool


def needs_of(lab: Lab) -> list[Need]:
    """List what the gate of the lab's present stage asks for, in two queries."""
    there = set(
        lab.evidence.standing().filter(stage_id=lab.stage_id).values_list("kind_id", flat=True)
    )
    return [Need(kind, kind.pk in there) for kind in lab.stage.asks.all()]


def missing(lab: Lab) -> list[EvidenceKind]:
    """List the kinds of evidence that the gate still waits for."""
    return [need.kind for need in needs_of(lab) if not need.is_met]


def next_stage(stage: Stage) -> Stage | None:
    """Give the stage behind the gate, or ``None`` at the last one."""
    return Stage.objects.filter(order__gt=stage.order).order_by("order").first()
