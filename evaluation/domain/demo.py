"""The measurements of the demo city: table 4-11 of the report, recorded, verified, reported.

The figures are the report's and shown as the report's; that they were recorded and
verified here by these people is sample data.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from evaluation.domain import measurements
from evaluation.models import Indicator, Measurement
from livinglabs.domain.demo import TITLE
from livinglabs.models import Lab
from portal.accounts.domain.cast import person
from portal.reports import periods
from portal.reports.domain import runs
from portal.reports.models import Run, RunState

FIRST, LAST = date(2019, 6, 1), date(2019, 12, 31)
SOURCE = "연구보고서 표 4-11 (부천시 스마트시티 챌린지 예비사업, 2019년 6월~12월)"
NOTE = f"{SOURCE}의 수치입니다. 기록과 검증은 시연용 표본입니다."
# Per indicator: the figures of the table and, where it prints one, what follows from them.
FIGURES: dict[str, dict[str, Any]] = {
    "traffic-inflow": {
        "baseline": 1966, "result": 1757, "reported": {"change": "-209", "percent": "-10.6"},
    },
    "parking-supply-weekday": {
        "baseline": "37.1", "result": "109.4", "reported": {"points": "72.3"},
    },
    "parking-supply-weekend": {
        "baseline": "37.3", "result": "110.8", "reported": {"points": "73.5"},
    },
    "illegal-parking-weekday": {"baseline": 266, "result": 156, "reported": {"change": "-110"}},
    "illegal-parking-weekend": {"baseline": 301, "result": 195, "reported": {"change": "-106"}},
    "resident-satisfaction": {
        "baseline": "44.3", "result": "54.8", "reported": {"percent": "23.6"},
    },
    "neighbourhood-renewal": {"done": True},
    "urban-vitality": {"done": True},
    "fair-trade": {"done": True},
    "shared-parking": {"result": "19.46"},
    "benefit-cost": {
        "numerator": "60.4", "denominator": "23.8", "reported": {"ratio": "2.53"},
    },
    "jobs": {"result": 21},
    "village-company": {"done": True},
    "manuals": {"result": 6},
    "sustainable-model": {"done": True},
    "policy-support": {"done": True},
}  # fmt: skip
LEFT_WAITING = "policy-support"
REPORT = "monitoring-month"
OF_THE_DAY = "monitoring-day"


def load() -> None:
    """Record and verify the table for the demo's lab, then make the two reports."""
    lab = Lab.objects.filter(title=TITLE).first()
    if lab and not Measurement.objects.of_lab(lab).exists():
        _measure(lab)
    _report()


@transaction.atomic
def _measure(lab: Lab) -> None:
    author, auditor = person("official.smart"), person("auditor")
    for indicator in Indicator.objects.filter(code__in=FIGURES).in_order():
        facts = {
            "lab": lab,
            "period_start": FIRST,
            "period_end": LAST,
            "note": NOTE,
            "is_sample": True,
            **_exact(FIGURES[indicator.code]),
        }
        evidence = {"title": f"{SOURCE}: {indicator.name_ko}", "file": _page(indicator)}
        found = measurements.record(indicator, by=author, facts=facts, evidence=evidence)
        if indicator.code != LEFT_WAITING:
            measurements.verify(found, by=auditor)


def _exact(figures: dict[str, Any]) -> dict[str, Any]:
    kept = {"reported", "done"}
    return {name: value if name in kept else Decimal(str(value)) for name, value in figures.items()}


def _page(indicator: Indicator) -> SimpleUploadedFile:
    """Write the evidence: the line of the table, and where it stands."""
    lines = [SOURCE, "", f"지표: {indicator.name_ko}"]
    names = {"baseline": "사업 전", "result": "사업 후", "numerator": "편익", "denominator": "비용"}
    for name, value in FIGURES[indicator.code].items():
        if name in names:
            lines.append(f"{names[name]}: {value} {indicator.unit_ko}")
        elif name == "done":
            lines.append("결과: 완료")
        else:
            lines += [f"보고서에 적힌 {key}: {printed}" for key, printed in value.items()]
    text = "\r\n".join([*lines, "", "시연을 위해 옮겨 적은 표본 문서입니다.", ""])
    return SimpleUploadedFile(f"표4-11-{indicator.code}.txt", text.encode(), "text/plain")


def _report() -> None:
    """Have last month's report made, and one on the day on which the sample city was made.

    The trail takes no acts of an earlier day, so only the second has events to tell.
    """
    today = timezone.localdate()
    wanted = [runs.request(REPORT, periods.last_ended(today, periods.MONTH))]
    if not Run.objects.of_kind(OF_THE_DAY).exists():
        wanted.append(runs.request(OF_THE_DAY, periods.containing(today, periods.DAY)))
    for run in wanted:
        if run.state == RunState.QUEUED:
            runs.build(run)
