"""Reference data of labs, read from a file; loading it again changes what changed in the file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from livinglabs.models import (
    BudgetSource,
    ConflictType,
    EventKind,
    EvidenceKind,
    ReportedCase,
    ReportedFigure,
    SelectionCriterion,
    Stage,
    SuccessFactor,
)

FILE = Path(__file__).parent.parent / "reference" / "labs.yaml"
PLAIN = (
    EvidenceKind,
    BudgetSource,
    ConflictType,
    EventKind,
    SelectionCriterion,
    SuccessFactor,
    ReportedCase,
)
SOURCES = {
    "events": {"source_ko": "연구보고서 표 4-13", "source_en": "Research report, table 4-13"},
    "conflicts": {
        "source_ko": "연구보고서 4.4.2절 (2)",
        "source_en": "Research report, section 4.4.2 (2)",
    },
}


@transaction.atomic
def load() -> None:
    """Load every kind of row by its code, in the order of the file."""
    found = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    for model in PLAIN:
        for order, row in enumerate(found[model.__name__], start=1):
            _put(model, order, row)
    for order, row in enumerate(found["Stage"], start=1):
        asked = row.pop("asks")
        _put(Stage, order, row).asks.set(EvidenceKind.objects.filter(code__in=asked))
    case = ReportedCase.objects.get(code="bucheon-trial")
    for order, row in enumerate(found["ReportedFigure"], start=1):
        _put(ReportedFigure, order, {**row, **SOURCES[row["topic"]], "case": case})


def _put(model: Any, order: int, row: Mapping[str, Any]) -> Any:
    defaults = {key: value for key, value in row.items() if key != "code"}
    thing, _created = model.objects.update_or_create(
        code=row["code"], defaults={**defaults, "order": order}
    )
    return thing
