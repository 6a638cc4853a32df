"""Reference data of this app: the departments."""

from pathlib import Path

import yaml

from portal.accounts.models import Department

DEPARTMENTS = Path(__file__).parent.parent / "reference" / "departments.yaml"


def load() -> None:
    """Load the departments by code; parents stand before children in the file."""
    known: dict[str, Department] = {}
    for row in yaml.safe_load(DEPARTMENTS.read_text(encoding="utf-8")):
        parent = known.get(row.pop("parent", ""))
        code = row.pop("code")
        known[code], _created = Department.objects.update_or_create(
            code=code, defaults={**row, "parent": parent}
        )
