"""Reference data of this app: well-known points of the city."""

from pathlib import Path

import yaml

from portal.following.models import Centre

CENTRES = Path(__file__).parent.parent / "reference" / "centres.yaml"


def load() -> None:
    """Load the centres by their codes."""
    for row in yaml.safe_load(CENTRES.read_text(encoding="utf-8")):
        code = row.pop("code")
        Centre.objects.update_or_create(code=code, defaults=row)
