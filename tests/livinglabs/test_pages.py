"""The pages: what everyone reads, what managers type, and what is said when it is wrong."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from livinglabs import sections
from livinglabs.domain import evidence, participations
from livinglabs.models import (
    BudgetLine,
    EvidenceKind,
    Lab,
    LabDataset,
    LabState,
    Participation,
    ReportedCase,
    Stage,
)
from portal.audit.models import Act
from portal.quarantine.domain import files
from tests.factories.datahub import DatasetFactory
from tests.factories.governance import MotionFactory
from tests.factories.livinglabs import ConflictFactory, LabFactory, pdf, with_evidence
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db


def page(client, name, /, *args):
    return client.get(reverse(f"livinglabs:{name}", args=args))


def send(client, name, /, *args, **data):
    return client.post(reverse(f"livinglabs:{name}", args=args), data)


def words(response):
    return response.content.decode()


# --- Reading --------------------------------------------------------------------------------


def test_list_without_labs_says_where_they_come_from(client):
    response = page(client, "list")

    assert response.status_code == 200
    assert "There is no living lab yet" in words(response)


def test_list_shows_stage_and_state(client):
    LabFactory(title="공유주차 리빙랩")

    text = words(page(client, "list"))

    assert "공유주차 리빙랩" in text
    assert "Stage 1 of 5: Diagnose urban and social problems" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "running"}, 1),
        ({"state": "stopped"}, 0),
        ({"stage": "diagnose"}, 1),
        ({"stage": "diffuse"}, 0),
        ({"q": "상살미"}, 1),
        ({"q": "화성"}, 0),
        ({"stage": "nonsense", "state": "nonsense"}, 1),
    ],
)
def test_list_keeps_what_the_filter_asks_for(client, query, found):
    LabFactory()

    response = client.get(reverse("livinglabs:list"), query)

    assert len(response.context["page"]) == found


def test_list_refuses_a_cursor_of_others(client):
    response = client.get(reverse("livinglabs:list"), {"after": "made-up"})

    assert response.status_code == 400


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_number(client, count, django_assert_max_num_queries):
    LabFactory.create_batch(count)
    page(client, "list")

    with django_assert_max_num_queries(4):
        response = page(client, "list")

    assert len(response.context["page"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_detail_costs_the_same_for_any_number(
    client, monkeypatch, count, django_assert_num_queries
):
    monkeypatch.setattr(sections, "sections", [])
    lab = LabFactory()
    for _ in range(count):
        with_evidence(lab, "diagnosis-report")
        ConflictFactory(lab=lab)
        participations.register(lab, by=lab.manager, name="홍길동", kind="resident")
    page(client, "detail", lab.pk)

    with django_assert_num_queries(16):
        page(client, "detail", lab.pk)


def test_detail_says_what_the_next_gate_needs(client):
    lab = LabFactory(stage=Stage.objects.get(code="empower"))
    with_evidence(lab, "training-record")

    text = words(page(client, "detail", lab.pk))

    assert "Record of training" in text
    assert "Still missing" in text
    assert "Next: Trial group uses the service" in text


def test_detail_leads_to_the_motion_and_the_proposal(client):
    lab = LabFactory()

    text = words(page(client, "detail", lab.pk))

    assert lab.mandate.get_absolute_url() in text
    assert lab.mandate.proposal.get_absolute_url() in text


def test_detail_masks_names_and_hides_contacts(client):
    lab = LabFactory()
    participations.register(
        lab, by=lab.manager, name="김철수", kind="resident", contact="010-1234-5678"
    )

    text = words(page(client, "detail", lab.pk))

    assert "김*수" in text
    assert "김철수" not in text
    assert "010-1234-5678" not in text


def test_detail_shows_the_reports_figures_beside_their_own_sum(client):
    lab = LabFactory(reported_case=ReportedCase.objects.get(code="bucheon-trial"))

    text = words(page(client, "detail", lab.pk))

    assert "The report states 215; its rows add up to 205." in text
    assert ">64<" in text
    assert "29.7%" in text


def test_detail_shows_what_the_storey_above_adds(client, monkeypatch):
    def section(lab):
        return {"template": "livinglabs/_data.html", "context": {"links": []}}

    monkeypatch.setattr(sections, "sections", [section, lambda lab: None])
    lab = LabFactory()

    response = page(client, "detail", lab.pk)

    assert len(response.context["sections"]) == 1


@pytest.mark.parametrize("number", [4_000_000, 10**30])
def test_detail_of_nothing_is_not_found(client, number):
    assert page(client, "detail", number).status_code == 404


def test_about_shows_the_five_gates(client):
    text = words(page(client, "about"))

    assert "Manual and model for spreading it" in text
    assert "Operation manual" in text
    assert "Timeliness" in text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_pages_open_in_both_languages(client, language):
    client.cookies["django_language"] = language
    lab = LabFactory()

    for name, args in [("list", []), ("about", []), ("detail", [lab.pk])]:
        assert page(client, name, *args).status_code == 200


def test_feed_lists_labs(client):
    lab = LabFactory()

    response = page(client, "feed")

    assert response["Content-Type"].startswith("application/atom+xml")
    assert lab.title in words(response)


def test_file_of_evidence_is_handed_out_under_its_own_name(client):
    lab = LabFactory()
    piece = evidence.add(
        lab,
        by=lab.manager,
        kind=EvidenceKind.objects.get(code="diagnosis-report"),
        title="진단",
        file=pdf("진단 보고서.pdf"),
    )
    assert client.get(piece.file_url).status_code == 409
    files.check_waiting()

    response = client.get(piece.file_url)

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert b"".join(response.streaming_content).startswith(b"%PDF")


def test_file_of_evidence_without_one_is_not_found(client):
    lab = with_evidence(LabFactory(), "diagnosis-report")

    assert client.get(lab.evidence.get().file_url).status_code == 404


# --- Steps ----------------------------------------------------------------------------------


def a_plan(**changes):
    return {
        "title": "공유주차 리빙랩",
        "problem": "차 댈 곳이 없습니다.",
        "goal": "나누어 씁니다.",
        "place": "상살미마을",
        "starts_on": "2026-12-01",
        "ends_on": "2027-05-31",
    } | changes


def test_prepare_and_start_by_an_official(client, omar, transport):
    motion = MotionFactory(state="carried")
    client.force_login(omar)
    assert page(client, "prepare", motion.pk).status_code == 200

    send(client, "prepare", motion.pk, **a_plan(department=transport.pk))
    lab = Lab.objects.get()
    response = send(client, "start", lab.pk)

    lab.refresh_from_db()
    assert response.url == lab.get_absolute_url()
    assert lab.state == LabState.RUNNING


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_on": "2026-11-30"}, "The last day must not be before the first day."),
        ({"starts_on": "0001-01-01"}, "A lab lasts ten years at most"),
        ({"starts_on": "1999-12-31", "ends_on": "2000-05-01"}, "between the years 2000 and 2099"),
        ({"starts_on": "next spring"}, "Enter a valid date."),
        ({"ends_on": "2126-01-01"}, "A lab lasts ten years at most"),
        ({"title": ""}, "This field is required."),
        ({"title": "가" * 121}, "at most 120 characters"),
        ({"department": "0"}, "Select a valid choice"),
    ],
)
def test_prepare_answers_bad_input_and_keeps_what_was_typed(
    client, omar, transport, changes, sentence
):
    motion = MotionFactory(state="carried")
    client.force_login(omar)

    data = a_plan(department=transport.pk) | changes
    response = send(client, "prepare", motion.pk, **data)

    assert response.status_code == 422
    assert sentence in words(response)
    assert "나누어 씁니다." in words(response)
    assert not Lab.objects.exists()


def test_start_without_a_mandate_is_refused_with_a_sentence(client, omar):
    lab = LabFactory(state=LabState.PREPARED, mandate=MotionFactory())
    client.force_login(omar)

    response = send(client, "start", lab.pk)

    assert response.status_code == 409
    assert "The lab can start only when a council has carried its motion." in words(response)


def test_pass_gate_from_an_old_page_is_refused(client, omar):
    lab = with_evidence(LabFactory(), "diagnosis-report")
    client.force_login(omar)
    first = send(client, "pass_gate", lab.pk, stage="diagnose", note="끝났습니다.")

    second = send(client, "pass_gate", lab.pk, stage="diagnose", note="끝났습니다.")

    lab.refresh_from_db()
    assert (first.status_code, second.status_code) == (302, 409)
    assert lab.stage.code == "empower"


def test_pass_gate_names_what_is_missing(client, omar):
    lab = LabFactory()
    client.force_login(omar)

    response = send(client, "pass_gate", lab.pk, stage="diagnose", note="끝났습니다.")

    assert response.status_code == 409
    assert "“Diagnosis report”" in words(response)


def test_stop_and_complete_by_an_approver(client, petra):
    stopped, done = LabFactory(), LabFactory(stage=Stage.objects.latest("order"))
    with_evidence(done, "operation-manual", "diffusion-model")
    client.force_login(petra)

    send(client, "stop", stopped.pk, reason="예산", learnings="작게")
    send(client, "complete", done.pk, outcome="계속 운영합니다.")

    stopped.refresh_from_db()
    done.refresh_from_db()
    assert (stopped.state, done.state) == ("stopped", "completed")


STEPS = [
    "change",
    "start",
    "pass_gate",
    "complete",
    "stop",
    "roster",
    "register",
    "add_evidence",
    "add_line",
    "add_event",
    "add_conflict",
    "publish_data",
    "link_data",
]


@pytest.mark.parametrize("name", STEPS)
def test_steps_are_forbidden_to_citizens(client, ana, name):
    lab = LabFactory()
    client.force_login(ana)

    assert page(client, name, lab.pk).status_code == 403


@pytest.mark.parametrize("name", STEPS)
def test_steps_ask_strangers_to_sign_in(client, name):
    lab = LabFactory()

    assert page(client, name, lab.pk).status_code == 302


@pytest.mark.parametrize(
    "name",
    [n for n in STEPS if n not in {"start", "complete", "stop"}],
)
def test_steps_open_for_officials_of_the_department(client, omar, name):
    lab = LabFactory()
    client.force_login(omar)

    assert page(client, name, lab.pk).status_code == 200


# --- People ---------------------------------------------------------------------------------


def test_join_needs_the_consent(client, ana):
    lab = LabFactory()
    client.force_login(ana)

    response = send(client, "join", lab.pk, kind="tester")

    assert response.status_code == 422
    assert "Without your consent you cannot take part." in words(response)
    assert not Participation.objects.exists()


def test_join_and_leave(client, ana):
    lab = LabFactory()
    client.force_login(ana)

    send(client, "join", lab.pk, kind="tester", consents="on")
    joined = words(page(client, "detail", lab.pk))
    send(client, "leave", lab.pk)

    assert "You take part" in joined
    assert not Participation.objects.present().exists()


def test_join_twice_is_refused_with_a_sentence(client, ana):
    lab = LabFactory()
    client.force_login(ana)
    send(client, "join", lab.pk, kind="tester", consents="on")

    response = send(client, "join", lab.pk, kind="tester", consents="on")

    assert response.status_code == 409
    assert "You already take part in this lab." in words(response)


def test_leave_without_having_joined_is_not_found(client, ana):
    client.force_login(ana)

    assert send(client, "leave", LabFactory().pk).status_code == 404


def test_roster_shows_contacts_and_leaves_a_trace(client, omar):
    lab = LabFactory()
    participations.register(lab, by=omar, name="홍길동", kind="resident", contact="010-1234-5678")
    client.force_login(omar)

    text = words(page(client, "roster", lab.pk))

    assert "010-1234-5678" in text
    assert Act.objects.filter(verb="livinglabs.lab:personal_data_read").count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_roster_costs_the_same_for_any_number(client, omar, count, django_assert_num_queries):
    lab = LabFactory()
    for person in UserFactory.create_batch(count):
        participations.join(lab, by=person, kind="resident")
    client.force_login(omar)
    page(client, "roster", lab.pk)

    with django_assert_num_queries(9):
        response = page(client, "roster", lab.pk)

    assert len(response.context["page"]) == count


def test_register_and_remove_someone_without_an_account(client, omar):
    lab = LabFactory()
    client.force_login(omar)

    send(client, "register", lab.pk, name="홍길동", kind="resident", consents="on")
    someone = Participation.objects.present().get()
    send(client, "remove", lab.pk, someone.pk)

    assert not Participation.objects.present().exists()


# --- Records --------------------------------------------------------------------------------


def test_add_evidence_takes_a_file(client, omar):
    lab = LabFactory()
    client.force_login(omar)
    kind = EvidenceKind.objects.get(code="diagnosis-report")

    send(client, "add_evidence", lab.pk, kind=kind.pk, title="진단", file=pdf())

    assert lab.evidence.get().file_name == "report.pdf"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Add a file, an address or a text."),
        ({"file": SimpleUploadedFile("tool.exe", b"MZ")}, "Files of this kind are not taken"),
        ({"file": SimpleUploadedFile("a.pdf", b"<html>")}, "is not what its name says"),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_add_evidence_answers_bad_input(client, omar, data, sentence):
    lab = LabFactory()
    client.force_login(omar)
    kind = EvidenceKind.objects.get(code="diagnosis-report")

    response = send(client, "add_evidence", lab.pk, kind=kind.pk, title="진단 보고서", **data)

    assert response.status_code == 422
    assert sentence in words(response)
    assert "진단 보고서" in words(response)
    assert "evidence_has_substance" not in words(response)


@pytest.mark.parametrize(
    ("planned", "sentence"),
    [
        ("-1", "An amount cannot be below zero."),
        ("many", "Enter the amount in won, in digits"),
        ("1.5", "Enter the amount in won, in digits"),
        ("99999999999999999999", "at most 10 trillion won"),
        ("", "This field is required."),
    ],
)
def test_add_line_answers_bad_amounts(client, omar, planned, sentence):
    lab = LabFactory()
    client.force_login(omar)

    response = send(
        client, "add_line", lab.pk, source=1, title="감지기", planned=planned, spent="0"
    )

    assert response.status_code == 422
    assert sentence in words(response)
    assert not BudgetLine.objects.exists()


def test_budget_forgives_commas_and_adds_up(client, omar):
    from livinglabs.models import BudgetSource

    lab = LabFactory()
    client.force_login(omar)
    source = BudgetSource.objects.get(code="national").pk
    amounts = [("1,200,000원", "300,000", pdf()), ("800000", "0", "")]
    for planned, spent, file in amounts:
        line = {"planned": planned, "spent": spent, "file": file}
        send(client, "add_line", lab.pk, source=source, title="감지기", **line)

    text = words(page(client, "detail", lab.pk))
    files.check_waiting()

    assert text.count("Being checked") == 1
    assert "Being checked" not in words(page(client, "detail", lab.pk))

    assert "2,000,000" in text
    assert "15% spent" in text


def test_change_line_corrects_the_amounts(client, omar):
    from livinglabs.models import BudgetSource

    lab = LabFactory()
    row = BudgetLine.objects.create(
        lab=lab, source=BudgetSource.objects.first(), title="감지기", planned=1
    )
    client.force_login(omar)

    send(client, "change_line", lab.pk, row.pk, planned="5", spent="2")

    row.refresh_from_db()
    assert (row.planned, row.spent) == (5, 2)


def test_add_event_refuses_a_day_to_come(client, omar):
    lab = LabFactory()
    client.force_login(omar)
    tomorrow = timezone.localdate() + timezone.timedelta(days=1)

    response = send(
        client, "add_event", lab.pk, kind=1, title="설명회", held_on=tomorrow, headcount=3
    )

    assert "Enter an event after it was held" in words(response)
    assert not lab.events.exists()


def test_conflict_is_named_and_settled(client, omar):
    from livinglabs.models import ConflictType

    lab = LabFactory()
    client.force_login(omar)
    kind = ConflictType.objects.first().pk

    send(client, "add_conflict", lab.pk, type=kind, description="다툽니다.")
    conflict = lab.conflicts.get()
    send(client, "settle_conflict", lab.pk, conflict.pk, state="resolved", done="풀었습니다.")

    text = words(page(client, "detail", lab.pk))
    assert "Resolved" in text
    assert "풀었습니다." in text


def test_withdraw_evidence_shows_why(client, omar):
    lab = with_evidence(LabFactory(), "diagnosis-report")
    client.force_login(omar)

    send(client, "withdraw_evidence", lab.pk, lab.evidence.get().pk, reason="다른 동네입니다.")

    text = words(page(client, "detail", lab.pk))
    assert "Taken back" in text
    assert "다른 동네입니다." in text


def test_publish_data_puts_the_table_into_the_catalogue(client, omar):
    from datahub.models import Licence

    lab = LabFactory()
    client.force_login(omar)
    table = SimpleUploadedFile("이용.csv", "구획,대수\n가,1\n".encode("cp949"))

    send(
        client,
        "publish_data",
        lab.pk,
        file=table,
        name="lab-parking",
        title_ko="이용 현황",
        notes_ko="센 것입니다.",
        licence=Licence.objects.first().pk,
        frequency="irreg",
    )

    assert "이용 현황" in words(page(client, "detail", lab.pk))


def test_publish_data_keeps_what_was_typed_when_the_file_is_broken(client, omar):
    from datahub.models import Licence

    lab = LabFactory()
    client.force_login(omar)

    response = send(
        client,
        "publish_data",
        lab.pk,
        file=SimpleUploadedFile("이용.csv", b"\x00\x01\x02"),
        name="lab-parking",
        title_ko="이용 현황",
        notes_ko="센 것입니다.",
        licence=Licence.objects.first().pk,
        frequency="irreg",
    )

    assert response.status_code == 409
    assert "이용 현황" in words(response)


def test_published_data_lead_back_to_the_lab_and_the_proposal(client):
    lab = LabFactory()
    dataset = DatasetFactory(state="published")
    LabDataset.objects.create(lab=lab, dataset=dataset, linked_by=lab.manager)

    text = client.get(dataset.get_absolute_url()).text

    assert lab.get_absolute_url() in text
    assert lab.mandate.proposal.get_absolute_url() in text
