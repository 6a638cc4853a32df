"""Reference data of the catalogue: licences and themes."""

from pathlib import Path

import yaml

from datahub.models import Licence, Theme

FOLDER = Path(__file__).parent.parent / "reference"


def load() -> None:
    """Load licences and themes by their codes."""
    for model, file in ((Licence, "licences.yaml"), (Theme, "themes.yaml")):
        for row in yaml.safe_load((FOLDER / file).read_text(encoding="utf-8")):
            model.objects.update_or_create(code=row.pop("code"), defaults=row)
