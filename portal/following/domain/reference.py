"""Reference data of this app: well-known points of the city."""

from pathlib import Path

import yaml

from portal.following.models import Centre
from portal.registry import Landmark

CENTRES = Path(__file__).parent.parent / "reference" / "centres.yaml"


def load() -> None:
    """Load the centres by their codes."""
    for row in yaml.safe_load(CENTRES.read_text(encoding="utf-8")):
        code = row.pop("code")
        Centre.objects.update_or_create(code=code, defaults=row)


def landmarks() -> list[Landmark]:
    """The centres, to give every map of the city its bearings."""
    columns = ("name_ko", "name_en", "latitude", "longitude")
    return [Landmark(*row) for row in Centre.objects.values_list(*columns)]
