"""What the pages of the evaluation show, in a number of queries that no row changes."""

from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from evaluation.domain.figures import row_of
from evaluation.models import Framework, Group, Indicator, Measurement
from livinglabs.models import Lab

MOST_OF_LAB = 200


def table_of(framework: Framework) -> list[dict[str, Any]]:
    """The groups of ``framework`` with their indicators and the newest measurement of each."""
    indicators = Indicator.objects.in_order()
    groups = Group.objects.filter(framework=framework)
    found = list(groups.prefetch_related(Prefetch("indicators", indicators)))
    newest = Measurement.objects.filter(indicator__group__framework=framework).latest_each()
    rows = {m.indicator_id: row_of(m) for m in newest.with_indicator()}
    return [
        {
            "group": group,
            "lines": [
                {"indicator": indicator, "row": rows.get(indicator.pk)}
                for indicator in group.indicators.all()
            ],
        }
        for group in found
    ]


def counts_of(tables: list[dict[str, Any]]) -> dict[str, int]:
    """How many indicators there are, how many were measured, how many of those are verified."""
    lines = [line for table in tables for line in table["lines"]]
    measured = [line["row"]["measurement"] for line in lines if line["row"]]
    return {
        "indicators": len(lines),
        "measured": len(measured),
        "verified": sum(m.state == "verified" for m in measured),
    }


def section_of(lab: Lab) -> dict[str, Any] | None:
    """What a lab's own page says of its measurements; nothing before the first."""
    found = Measurement.objects.of_lab(lab).with_indicator()
    ordered = found.order_by("indicator__group__order", "indicator__order", "-period_end")
    rows = [row_of(measurement) for measurement in ordered[:MOST_OF_LAB]]
    verified = sum(row["measurement"].state == "verified" for row in rows)
    if not rows:
        return None
    return {
        "template": "evaluation/_lab_section.html",
        "context": {"rows": rows, "verified": verified},
        "anchor": "measurements",
        "title": _("What it came to"),
    }
