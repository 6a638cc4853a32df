"""Evidence, money, events, conflicts, data: entered, refused, never silently changed."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from datahub.models import Dataset, Licence
from livinglabs.domain import budgets, conflicts, events, evidence, gates, publications
from livinglabs.models import (
    BudgetLine,
    BudgetSource,
    ConflictState,
    ConflictType,
    EventKind,
    Evidence,
    EvidenceKind,
    LabState,
)
from portal.notifications.models import Note
from portal.refusals import Refused
from tests.factories.livinglabs import ConflictFactory, LabFactory, pdf, with_evidence

pytestmark = pytest.mark.django_db

TABLE = "구획,이용 대수\n1구역,12\n2구역,9\n".encode("cp949")


def kind(code="diagnosis-report"):
    return EvidenceKind.objects.get(code=code)


def add(lab, **substance):
    return evidence.add(lab, by=lab.manager, kind=kind(), title="진단 보고서", **substance)


def test_add_evidence_keeps_the_file_with_its_hash():
    piece = add(LabFactory(), file=pdf("진단 보고서.pdf"))

    assert (piece.file_name, piece.size, len(piece.sha256)) == ("진단 보고서.pdf", 29, 64)
    assert "진단" not in piece.file.name


def test_add_evidence_is_refused_without_substance():
    with pytest.raises(Refused, match="file, an address or a text"):
        add(LabFactory())


def test_add_evidence_is_refused_for_a_file_that_is_not_what_its_name_says():
    with pytest.raises(ValidationError):
        add(LabFactory(), file=SimpleUploadedFile("report.pdf", b"<script>"))


def test_add_evidence_is_refused_after_the_end():
    with pytest.raises(Refused, match="ended"):
        add(LabFactory(state=LabState.STOPPED), text="늦었습니다.")


def test_withdraw_evidence_closes_the_gate_again(omar):
    lab = with_evidence(LabFactory(), "diagnosis-report")

    evidence.withdraw(lab.evidence.get(), by=omar, reason="다른 동네의 보고서입니다.")

    assert [k.code for k in gates.missing(lab)] == ["diagnosis-report"]
    assert lab.evidence.get().withdrawn_reason == "다른 동네의 보고서입니다."


def test_withdraw_evidence_is_refused_twice(omar):
    lab = with_evidence(LabFactory(), "diagnosis-report")
    piece = evidence.withdraw(lab.evidence.get(), by=omar, reason="잘못 올렸습니다.")

    with pytest.raises(Refused, match="already been withdrawn"):
        evidence.withdraw(piece, by=omar, reason="또")


@pytest.mark.parametrize("act", ["change", "delete"])
def test_evidence_is_never_changed_or_deleted(act):
    with_evidence(LabFactory(), "diagnosis-report")
    found = Evidence.objects.all()

    with pytest.raises(IntegrityError, match="kept as it is"), transaction.atomic():
        found.update(title="다른 제목") if act == "change" else found.delete()


def line(lab, **amounts):
    amounts = {"planned": 1_000_000, "spent": 0} | amounts
    source = BudgetSource.objects.get(code="national")
    return budgets.plan(lab, by=lab.manager, source=source, title="감지기", **amounts)


def test_plan_budget_keeps_won():
    row = line(LabFactory(), planned=48_000_000, spent=0)

    assert (row.planned, row.spent) == (48_000_000, 0)


def test_revise_budget_changes_the_amounts(omar):
    row = line(LabFactory())

    budgets.revise(row, by=omar, planned=2_000_000, spent=500_000)

    row.refresh_from_db()
    assert (row.planned, row.spent) == (2_000_000, 500_000)


def test_plan_budget_is_refused_after_the_end():
    with pytest.raises(Refused):
        line(LabFactory(state=LabState.COMPLETED))


@pytest.mark.parametrize("amounts", [{"planned": -1}, {"spent": -1}])
def test_plan_budget_below_zero_is_refused_by_the_database(amounts):
    with pytest.raises(IntegrityError, match="money_is_not_negative"), transaction.atomic():
        line(LabFactory(), **amounts)

    assert not BudgetLine.objects.exists()


def test_hold_event_is_refused_after_the_end(omar):
    with pytest.raises(Refused):
        events.hold(
            LabFactory(state=LabState.STOPPED),
            by=omar,
            kind=EventKind.objects.get(code="seminar"),
            title="세미나",
            held_on=timezone.localdate(),
            headcount=3,
        )


def test_name_conflict_opens_it(omar):
    between = ConflictType.objects.get(code="between-actors")

    conflict = conflicts.name(LabFactory(), by=omar, type=between, description="다툽니다.")

    assert conflict.state == ConflictState.OPEN


@pytest.mark.parametrize(
    ("walk", "state"),
    [
        ([conflicts.mediate], "mediated"),
        ([conflicts.resolve], "resolved"),
        ([conflicts.mediate, conflicts.resolve], "resolved"),
        ([conflicts.mediate, conflicts.reopen], "open"),
    ],
)
def test_settle_conflict_walks_its_life(omar, walk, state):
    conflict = ConflictFactory()

    for step in walk:
        step(conflict, by=omar, done="함께 이야기했습니다.")

    conflict.refresh_from_db()
    assert (conflict.state, conflict.done) == (state, "함께 이야기했습니다.")


def test_settle_conflict_is_refused_once_it_is_resolved(omar):
    conflict = conflicts.resolve(ConflictFactory(), by=omar, done="풀었습니다.")

    with pytest.raises(Refused):
        conflicts.mediate(conflict, by=omar, done="다시")


def publish(lab, **changes):
    given = {
        "file": SimpleUploadedFile("이용현황.csv", TABLE),
        "licence": Licence.objects.first(),
        "name": "shared-parking",
        "title_ko": "공유주차 이용 현황",
        "notes_ko": "구역마다 몇 대가 이용했는지 센 것입니다.",
    }
    return publications.publish(lab, by=lab.manager, **(given | changes))


def test_publish_data_reads_cp949_and_links_the_dataset(ana):
    lab = LabFactory(mandate__proposal__author=ana)

    made = publish(lab)

    assert made.dataset.state == "published"
    assert made.dataset.current.rows == 2
    assert Note.objects.filter(recipient=ana, kind="lab_data_published").count() == 1


def test_publish_data_is_refused_before_the_start():
    with pytest.raises(Refused, match="runs or is completed"):
        publish(LabFactory(state=LabState.PREPARED))

    assert not Dataset.objects.exists()


def test_publish_data_is_refused_for_a_broken_file():
    with pytest.raises(Refused):
        publish(LabFactory(), file=SimpleUploadedFile("빈.csv", b"\x00\x01\x02"))

    assert not Dataset.objects.exists()


def test_link_data_is_refused_twice(omar):
    lab = LabFactory()
    made = publish(lab)

    with pytest.raises(Refused, match="already"):
        publications.link(lab, made.dataset, by=omar)
