"""Reference data of this app: frameworks, their groups and indicators, from the report's tables."""

from pathlib import Path
from typing import Any

import yaml

from evaluation.models import Direction, Framework, Group, Indicator, Kind

FOLDER = Path(__file__).parent.parent / "reference"
FILES = ("bucheon_trial.yaml", "policy_stage_checklist.yaml", "analysis_framework.yaml")


def load() -> None:
    """Load every framework by the codes in its file."""
    for order, name in enumerate(FILES):
        row = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
        texts = {key: row[key] for key in ("source_ko", "source_en", "about_ko", "about_en")}
        framework, _new = Framework.objects.update_or_create(
            code=row["code"], defaults={**_names(row), **texts, "order": order}
        )
        for place, group in enumerate(row["groups"]):
            _load_group(framework, place, group)


def _load_group(framework: Framework, place: int, row: dict[str, Any]) -> None:
    group, _new = Group.objects.update_or_create(
        code=row["code"], defaults={**_names(row), "framework": framework, "order": place}
    )
    for order, found in enumerate(row["indicators"]):
        Indicator.objects.update_or_create(
            code=found["code"],
            defaults={
                **_names(found),
                "group": group,
                "order": order,
                "kind": found.get("kind", Kind.DONE),
                "direction": found.get("direction", Direction.HIGHER),
                "unit_ko": found.get("unit_ko", ""),
                "unit_en": found.get("unit_en", ""),
            },
        )


def _names(row: dict[str, Any]) -> dict[str, str]:
    return {"name_ko": row["ko"], "name_en": row["en"]}
