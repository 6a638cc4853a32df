"""Reference data of this app: sectors, kinds of councils, and their composition rules."""

from pathlib import Path
from typing import Any

import yaml

from governance.models import Body, CompositionRule, Sector

FILE = Path(__file__).parent.parent / "reference" / "councils.yaml"


def load() -> None:
    """Load all of it by code; running it again changes nothing."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    sectors = _load(Sector, data["sectors"])
    bodies = _load(Body, data["bodies"])
    for row in data["composition_rules"]:
        rule, _created = CompositionRule.objects.update_or_create(
            code=row["code"],
            defaults={
                "body": bodies[row["body"]],
                "at_least": row.get("at_least"),
                "at_most": row.get("at_most"),
                "table": row["table"],
            },
        )
        rule.sectors.set([sectors[code] for code in row["sectors"]])


def _load(model: Any, rows: list[dict[str, Any]]) -> dict[str, Any]:
    found = {}
    for order, row in enumerate(rows, start=1):
        code = row.pop("code")
        found[code], _created = model.objects.update_or_create(
            code=code, defaults={**row, "order": order}
        )
    return found
