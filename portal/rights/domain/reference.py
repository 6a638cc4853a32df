"""Reference data of this app: retention periods, and the purposes with their wordings."""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from portal.rights.models import Period, Purpose, Wording

FOLDER = Path(__file__).parent.parent / "reference"
PARTS = ("title", "aim", "items", "period", "ground")


def load() -> None:
    """Load periods and purposes; what a city has changed of its periods stays as it is."""
    for place, row in enumerate(rows("periods.yaml"), 1):
        Period.objects.get_or_create(code=row["code"], defaults={**row, "order": place})
    for place, row in enumerate(rows("purposes.yaml"), 1):
        fields = {"is_required": row.pop("is_required", False), "order": place}
        purpose, _new = Purpose.objects.get_or_create(code=row.pop("code"), defaults=fields)
        if not purpose.wordings.exists():
            reword(purpose, row)


def rows(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return found


@transaction.atomic
def reword(purpose: Purpose, words: dict[str, str]) -> Wording:
    """Put a purpose into other words from now on; consents to the earlier wording allow nothing.

    ``words`` has each of ``PARTS`` in ``_ko`` and ``_en``.
    """
    earlier = purpose.wordings.current().first()
    if earlier:
        Wording.objects.filter(pk=earlier.pk).update(replaced_at=timezone.now())
    version = earlier.version + 1 if earlier else 1
    return Wording.objects.create(purpose=purpose, version=version, **words)
