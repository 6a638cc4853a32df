"""What people do with datasets, and what is refused."""

import pytest
from django.db import IntegrityError, transaction

from datahub.domain import datasets, versions
from datahub.models import Dataset, DatasetState, Licence, Version, VersionStage
from portal.accounts.models import Department
from portal.audit.models import Act
from portal.notifications.models import Note
from portal.refusals import Refused
from tests.factories.datahub import DatasetFactory, csv_file, version_of

MOBILES = "가게,전화\n하나,010-1234-5678\n"
RESIDENTS = "이름,번호\n홍길동,900101-1234567\n"


def verbs(dataset):
    acts = Act.objects.filter(subject=f"datahub.dataset:{dataset.pk}")
    return [act.verb.rpartition(":")[2] for act in acts.order_by("pk")]


@pytest.fixture
def draft(omar, transport):
    return datasets.draft(
        "shared-parking", by=omar, title_ko="공유주차", notes_ko="표본", publisher=transport
    )


def test_draft_is_kept_and_written_into_the_trail(draft):
    assert draft.state == DatasetState.DRAFT
    assert verbs(draft) == ["drafted"]


@pytest.mark.parametrize("name", ["new", "feed", "taken", "Großes", "a b", "", "x"])
def test_draft_is_refused_for_a_name_that_cannot_be(omar, transport, name):
    DatasetFactory(name="taken")

    with pytest.raises(Refused):
        datasets.draft(name, by=omar, title_ko="공유주차", notes_ko="표본", publisher=transport)


def test_add_version_reads_a_small_file_at_once(draft, omar):
    file = csv_file(
        '날짜,주소,면수\n2026-01-02,가나로 1,"1,200"\n2026-01-03,-,-\n', encoding="cp949"
    )

    version = datasets.add_version(draft, file, by=omar, note="첫 자료")

    assert (version.number, version.stage, version.rows) == (1, VersionStage.READY, 2)
    assert (version.encoding, version.format) == ("cp949", "CSV")
    columns = [(c.name, c.kind, c.nulls, c.lowest) for c in version.columns.all()]
    assert columns == [
        ("날짜", "date", 0, "2026-01-02"),
        ("주소", "text", 0, ""),
        ("면수", "integer", 1, "1200"),
    ]
    assert (
        version.text.read().decode()
        == '날짜,주소,면수\r\n2026-01-02,가나로 1,"1,200"\r\n2026-01-03,-,-\r\n'
    )
    assert Dataset.objects.get(pk=draft.pk).current == version
    assert verbs(draft) == ["drafted", "version_added"]


def test_add_version_keeps_the_original_byte_for_byte(draft, omar):
    data = "이름,수\r\n똠,1\r\n".encode("cp949")

    version = datasets.add_version(draft, csv_file(data), by=omar)

    with version.original.open() as kept:
        assert kept.read() == data
    assert version.size == len(data)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        ("a,b\n1,2,3\n", "표.csv", "Line 2 has 3 cells"),
        ("", "표.csv", "empty"),
        ("a,b\n1,2\n", "표.exe", "not taken"),
        (RESIDENTS, "표.csv", "resident registration numbers (first on line 2)"),
    ],
)
def test_add_version_is_refused_and_nothing_is_kept(draft, omar, settings, data, name, words):
    before = set(settings.MEDIA_ROOT.rglob("data/*/*/*"))

    with pytest.raises(Refused, match=words.replace("(", r"\(").replace(")", r"\)")):
        datasets.add_version(draft, csv_file(data, name=name), by=omar)

    assert not Version.objects.exists()
    assert set(settings.MEDIA_ROOT.rglob("data/*/*/*")) == before


def test_add_version_to_a_published_dataset_is_public_at_once(omar):
    dataset = DatasetFactory(state=DatasetState.PUBLISHED, created_by=omar)

    version = version_of(dataset, "이름,수\n다,3\n")

    dataset.refresh_from_db()
    assert dataset.current == version
    assert version.number == 2
    assert version.released_at is not None


def test_add_version_with_signs_of_personal_data_waits_for_a_look(omar):
    dataset = DatasetFactory(state=DatasetState.PUBLISHED, created_by=omar)

    version = version_of(dataset, MOBILES)

    dataset.refresh_from_db()
    assert version.is_held
    assert version.released_at is None
    assert dataset.current.number == 1
    assert Note.objects.get().kind == "version_held"


def test_confirm_lets_a_held_version_out(omar, petra):
    dataset = DatasetFactory(state=DatasetState.PUBLISHED, created_by=omar)
    version = version_of(dataset, MOBILES)

    versions.confirm(version, by=petra, reason="대표 전화입니다.")

    dataset.refresh_from_db()
    assert dataset.current == version
    assert dataset.current.released_at is not None
    assert verbs(dataset)[-1] == "personal_data_confirmed"


@pytest.mark.parametrize(("text", "reason"), [(MOBILES, "  "), ("이름,수\n가,1\n", "없음")])
def test_confirm_is_refused_without_a_reason_or_a_finding(omar, text, reason):
    version = version_of(DatasetFactory(created_by=omar), text)

    with pytest.raises(Refused):
        versions.confirm(version, by=omar, reason=reason)


def test_confirm_is_refused_where_the_city_forbids_it(omar, settings):
    settings.DATASET_PERSONAL_DATA_MAY_BE_CONFIRMED = False
    version = version_of(DatasetFactory(created_by=omar), MOBILES)

    with pytest.raises(Refused):
        versions.confirm(version, by=omar, reason="대표 전화입니다.")


def test_columns_keep_their_meaning_in_the_next_version(omar):
    dataset = DatasetFactory(data=True, created_by=omar)
    texts = {2: {"unit": "면", "description": "주차면 수"}}
    versions.describe_columns(dataset.current, by=omar, texts=texts)

    version = version_of(dataset, "수,새\n1,2\n")

    assert version.columns.get(name="수").description == "주차면 수"
    assert version.columns.get(name="새").description == ""


def test_publish_opens_the_data_under_a_licence(omar, draft):
    datasets.add_version(draft, csv_file(), by=omar)
    licence = Licence.objects.get(code="kogl-1")

    datasets.publish(draft, by=omar, licence=licence)

    dataset = Dataset.objects.get(pk=draft.pk)
    assert dataset.state == DatasetState.PUBLISHED
    assert dataset.licence == licence
    assert dataset.current.released_at is not None
    assert verbs(dataset) == ["drafted", "version_added", "published"]


def test_publish_by_another_tells_who_began(omar, petra):
    dataset = DatasetFactory(data=True, created_by=omar)

    datasets.publish(dataset, by=petra)

    note = Note.objects.get()
    assert (note.recipient, note.kind) == (omar, "dataset_published")
    assert dataset.title in note.body


def test_publish_is_refused_without_data(omar, draft):
    with pytest.raises(Refused, match="no data yet"):
        datasets.publish(draft, by=omar, licence=Licence.objects.get(code="kogl-1"))


def test_publish_is_refused_without_a_licence(omar, draft):
    datasets.add_version(draft, csv_file(), by=omar)

    with pytest.raises(Refused, match="licence"):
        datasets.publish(draft, by=omar)


def test_publish_is_refused_while_personal_data_wait_for_a_look(omar):
    dataset = DatasetFactory(data=csv_file(MOBILES), created_by=omar)

    with pytest.raises(Refused, match=r"Column “전화” may hold personal data \(line 2\)"):
        datasets.publish(dataset, by=omar)


def test_publish_is_refused_twice(omar):
    dataset = DatasetFactory(state=DatasetState.PUBLISHED, created_by=omar)

    with pytest.raises(Refused):
        datasets.publish(dataset, by=omar)


def test_withdraw_keeps_the_page_and_the_reason_and_may_be_undone(omar):
    dataset = DatasetFactory(state=DatasetState.PUBLISHED, created_by=omar)

    datasets.withdraw(dataset, by=omar, reason="행이 틀렸습니다.")

    assert not Dataset.objects.published().exists()
    assert Dataset.objects.get(pk=dataset.pk).withdrawn_reason == "행이 틀렸습니다."
    datasets.publish(dataset, by=omar)
    assert Dataset.objects.published().get() == dataset


def test_withdraw_is_refused_without_a_reason_and_for_a_draft(omar):
    with pytest.raises(Refused):
        datasets.withdraw(DatasetFactory(state=DatasetState.PUBLISHED), by=omar, reason=" ")
    with pytest.raises(Refused):
        datasets.withdraw(DatasetFactory(), by=omar, reason="이유")


def test_a_withdrawn_dataset_takes_no_file(omar):
    dataset = DatasetFactory(state=DatasetState.WITHDRAWN)

    with pytest.raises(Refused):
        datasets.add_version(dataset, csv_file(), by=omar)


def test_describe_changes_only_what_differs(omar):
    dataset = DatasetFactory(created_by=omar)

    datasets.describe(dataset, by=omar, title_ko=dataset.title_ko)
    datasets.describe(dataset, by=omar, title_ko="새 이름", keywords=["주차"])

    assert Dataset.objects.get(pk=dataset.pk).title_ko == "새 이름"
    assert verbs(dataset) == ["staged", "described"]


def test_describe_is_refused_to_take_the_licence_of_published_data(omar):
    dataset = DatasetFactory(state=DatasetState.PUBLISHED)

    with pytest.raises(Refused):
        datasets.describe(dataset, by=omar, licence=None)


def test_count_download_adds_one_without_an_act(own_database):
    dataset = DatasetFactory(state=DatasetState.PUBLISHED)

    datasets.count_download(dataset)

    assert Dataset.objects.get(pk=dataset.pk).download_count == 1


def test_a_published_dataset_does_not_change_without_an_act(own_database):
    dataset = DatasetFactory(state=DatasetState.PUBLISHED)

    with pytest.raises(IntegrityError, match="without an act"), transaction.atomic():
        Dataset.objects.filter(pk=dataset.pk).update(title_ko="몰래")


@pytest.mark.parametrize("change", [{"rows": 5}, {"sha256": "0" * 64}, {"note": "다르게"}])
def test_a_version_that_has_been_read_never_changes(db, change):
    version = DatasetFactory(data=True).current

    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(**change)


def test_a_version_that_has_been_read_is_not_deleted(db):
    version = DatasetFactory(data=True).current
    Dataset.objects.update(current=None)

    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        version.delete()


def test_visible_to_shows_drafts_to_their_department_alone(ana, omar, wendy, olga, audrey):
    DatasetFactory(publisher=Department.objects.get(code="traffic"))

    seen = {
        who.email: Dataset.objects.visible_to(who).exists()
        for who in (ana, omar, wendy, olga, audrey)
    }

    assert list(seen.values()) == [False, True, False, True, True]
