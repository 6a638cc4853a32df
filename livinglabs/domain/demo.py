"""The lab of the demo city: sample data, but for the report's figures, which are marked as such."""

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from datahub.models import Dataset
from governance.models import Motion, MotionState
from livinglabs.domain import (
    budgets,
    conflicts,
    events,
    evidence,
    labs,
    participations,
    publications,
)
from livinglabs.models import (
    BudgetSource,
    ConflictType,
    EventKind,
    EvidenceKind,
    Lab,
    ParticipantKind,
    ReportedCase,
)
from portal.accounts.domain.cast import person
from portal.accounts.models import Department, User
from portal.proposals.domain.demo import PARKING_TITLE
from portal.proposals.models import District

TITLE = "상살미마을 공유주차 리빙랩"
DATASET = "sangsalmi-shared-parking"
PLAN = {
    "title": TITLE,
    "problem": "저녁마다 차를 댈 곳이 없어 이웃끼리 다툽니다. "
    "낮에는 거주자우선주차 구획이 비어 있는데도 아무도 쓰지 못합니다. (표본)",
    "goal": "비어 있는 주차면을 이웃과 나누어 쓰고, 저녁 8시에 차를 댈 곳을 찾는 시간을 "
    "절반으로 줄입니다. 운영은 마을기업이 맡습니다. (표본)",
    "place": "상살미마을",
}
# 3 of the cast: who takes part, and as what.
PEOPLE = [
    ("citizen1", ParticipantKind.RESIDENT),
    ("citizen2", ParticipantKind.TESTER),
    ("citizen3", ParticipantKind.RESIDENT),
]
LINES = [
    ("national", "주차 감지기와 안내 화면 (표본)", 48_000_000, 12_500_000),
    ("municipal", "주민 교육과 설명회 (표본)", 12_000_000, 3_200_000),
]
EVENTS = [
    ("resident-briefing", "공유주차가 무엇인지 알리는 주민 설명회 (표본)", 28, 34),
    ("site-check", "저녁 시간 골목 현장점검 (표본)", 24, 9),
    ("working-meeting", "시·마을기업·참여기업 실무회의 (표본)", 10, 7),
]
DIAGNOSIS = (
    "부천시 상살미마을 주차 문제 진단 (표본)\n\n"
    "1. 저녁 7시부터 10시까지 골목에 빈 주차면이 없습니다.\n"
    "2. 낮에는 거주자우선주차 구획의 절반쯤이 비어 있습니다.\n"
    "3. 주민은 모르는 사람이 자기 구획에 차를 대는 것을 가장 걱정합니다.\n"
)


@transaction.atomic
def load() -> None:
    """Start the lab of the carried motion, lead it through its first gate, and fill its records."""
    carried = Motion.objects.filter(proposal__title=PARKING_TITLE, state=MotionState.CARRIED)
    motion = carried.first()
    if motion is None or Lab.objects.filter(mandate=motion).exists():
        return
    manager = person("official.traffic")
    lab = _start(motion, manager)
    _fill(lab, manager)
    _pass_first_gate(lab, manager)
    _name_conflicts(lab, manager)
    _link_data(lab, manager)


def _start(motion: Motion, manager: User) -> Lab:
    today = timezone.localdate()
    plan: dict[str, Any] = {
        **PLAN,
        "district": District.objects.filter(code="wonmi").first(),
        "department": Department.objects.get(code="traffic"),
        "starts_on": today - timedelta(days=30),
        "ends_on": today + timedelta(days=150),
        "reported_case": ReportedCase.objects.get(code="bucheon-trial"),
        "is_sample": True,
    }
    lab = labs.prepare(motion, by=manager, **plan)
    for key, kind in PEOPLE[:2]:
        participations.join(lab, by=person(key), kind=kind)
    lab = labs.start(lab, by=manager)
    last, kind = PEOPLE[2]
    participations.join(lab, by=person(last), kind=kind)
    return lab


def _fill(lab: Lab, manager: User) -> None:
    for source, title, planned, spent in LINES:
        found = BudgetSource.objects.get(code=source)
        budgets.plan(lab, by=manager, source=found, title=title, planned=planned, spent=spent)
    for kind, title, days_ago, headcount in EVENTS:
        events.hold(
            lab,
            by=manager,
            kind=EventKind.objects.get(code=kind),
            title=title,
            held_on=_days_ago(days_ago),
            headcount=headcount,
        )


def _pass_first_gate(lab: Lab, manager: User) -> None:
    evidence.add(
        lab,
        by=manager,
        kind=EvidenceKind.objects.get(code="diagnosis-report"),
        title="상살미마을 주차 문제 진단 보고서 (표본)",
        file=_pdf_of_nothing(),
        text=DIAGNOSIS,
    )
    labs.pass_gate(
        lab,
        by=manager,
        note="진단을 마쳤습니다. 낮에 비는 구획을 나누어 쓰는 것부터 시험합니다. (표본)",
    )
    evidence.add(
        lab,
        by=manager,
        kind=EvidenceKind.objects.get(code="training-record"),
        title="스마트시티즌 1단계 주민 초기교육 이수 기록 (표본)",
        text="주민 12명이 2시간씩 두 번 배웠습니다. (표본)",
    )


def _name_conflicts(lab: Lab, manager: User) -> None:
    actors = ConflictType.objects.get(code="between-actors")
    parking = conflicts.name(
        lab,
        by=manager,
        type=actors,
        description="구획을 가진 주민과 나누어 쓰려는 주민의 생각이 다릅니다. (표본)",
    )
    conflicts.mediate(
        parking,
        by=manager,
        done="마을기업이 자리를 만들어 나누어 쓰는 시간을 함께 정하고 있습니다. (표본)",
    )
    conflicts.name(
        lab,
        by=manager,
        type=ConflictType.objects.get(code="new-technology"),
        description="앱을 쓰기 어려운 어르신은 이용할 수 없다는 걱정이 있습니다. (표본)",
    )


def _link_data(lab: Lab, manager: User) -> None:
    """Link the sample dataset of the catalogue where it is there."""
    if dataset := Dataset.objects.published().filter(name=DATASET).first():
        publications.link(lab, dataset, by=manager)


def _days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def _pdf_of_nothing() -> SimpleUploadedFile:
    """Make a PDF of one page that says what it is."""
    stream = b"BT /F1 14 Tf 60 760 Td (Sample document of the demo city: diagnosis report) Tj ET"
    font = b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s>>" % font,
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = (
        b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    )
    return SimpleUploadedFile("진단-보고서-표본.pdf", body + end % (table, len(body)))
