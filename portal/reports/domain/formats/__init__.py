"""The files of a report, each made from the snapshot's text and from nothing else."""

import json
from collections.abc import Callable
from typing import Any

from portal.reports.domain.formats import pdf, tables, workbook
from portal.reports.domain.manifests import Made
from portal.reports.models import Artefact

MAKERS: dict[str, tuple[str, Callable[[dict[str, Any]], bytes]]] = {
    Artefact.Format.PDF: ("pdf", pdf.render),
    Artefact.Format.XLSX: ("xlsx", workbook.render),
    Artefact.Format.CSV: ("csv.zip", tables.render),
}


def make_all(slug: str, snapshot: str) -> list[Made]:
    """Make every file of the report whose names begin with ``slug``."""
    content = json.loads(snapshot)
    made = [
        Made(str(kind), f"{slug}.{ending}", render(content))
        for kind, (ending, render) in MAKERS.items()
    ]
    return [*made, Made(str(Artefact.Format.JSON), f"{slug}.json", snapshot.encode())]
