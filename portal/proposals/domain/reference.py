"""Reference data of this app: areas and issues of table 6-1, districts, who answers for what."""

from pathlib import Path
from typing import Any

import yaml

from portal.accounts.models import Department
from portal.proposals.domain import boundaries, outlines
from portal.proposals.models import Area, BoundaryRing, District, Issue

FOLDER = Path(__file__).parent.parent / "reference"


def load() -> None:
    """Load areas, issues and districts by their codes."""
    departments = _read("departments_of_areas.yaml")
    for order, row in enumerate(_read("taxonomy.yaml")["areas"]):
        department = Department.objects.filter(code=departments.get(row["code"])).first()
        area, _created = Area.objects.update_or_create(
            code=row["code"],
            defaults={**_names(row), "order": order, "department": department},
        )
        for place, issue in enumerate(row["issues"]):
            Issue.objects.update_or_create(
                code=issue["code"], defaults={**_names(issue), "area": area, "order": place}
            )
    for row in _read("districts.yaml"):
        District.objects.update_or_create(
            code=row["code"], defaults={"name_ko": row["name_ko"], "name_en": row["name_en"]}
        )
    _load_sample_outlines()


def _load_sample_outlines() -> None:
    """Draw the demo city's districts, but those whose real outlines were loaded."""
    real = set(BoundaryRing.objects.real().values_list("district__code", flat=True))
    drawn = outlines.read(FOLDER / "districts.geojson", code="code", name_ko="name_ko")
    wanted = [outline for outline in drawn if outline.code not in real]
    boundaries.load(wanted, source=BoundaryRing.SAMPLE)


def _read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def _names(row: dict[str, Any]) -> dict[str, str]:
    return {"name_ko": row["ko"], "name_en": row["en"]}


def districts() -> list[tuple[str, ...]]:
    """Code and names of every district, that of the page's language first."""
    return [
        (district.code, district.name, district.name_ko, district.name_en)
        for district in District.objects.order_by("name_ko")
    ]
