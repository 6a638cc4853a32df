"""Public data as files: what is written, what is not, and how it is handed out."""

import csv
import hashlib
import io
import json
import tracemalloc
import zipfile
from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal import registry
from portal.accounts.models import User
from portal.exports.domain import releases, tables
from portal.exports.models import ExportFile, Release, folder_of
from portal.exports.tasks import make_release
from portal.proposals.models import ProposalState, Visibility
from portal.registry import Column, OpenDataExport
from tests.at_once import at_once
from tests.factories.portal import ProposalFactory, UserFactory, support_by
from tests.portal.proposals.test_lists import change

PERSONAL = {"author", "person", "user", "name", "email", "phone", "hash", "ip", "answered_by"}
SINCE = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def read(name, day=None):
    return (folder_of(day or timezone.localdate()) / name).read_bytes()


def rows_of(name):
    return list(csv.DictReader(io.StringIO(read(name).decode("utf-8-sig"))))


def test_csv_and_json_hold_the_same_public_proposals(ana):
    shown = ProposalFactory(author=ana, title='그늘막, "큰" 것\n둘째 줄')
    ProposalFactory(author=ana, state=ProposalState.DRAFT)
    change(ProposalFactory(author=ana), visibility=Visibility.HIDDEN)
    support_by(shown, 2)

    make_release()

    [row], [thing] = rows_of("proposals.csv"), json.loads(read("proposals.json"))
    assert read("proposals.csv").startswith(b"\xef\xbb\xbf")
    assert (row["id"], row["title"], row["supports"]) == (str(shown.pk), shown.title, "2")
    assert (thing["id"], thing["title"], thing["supports"]) == (shown.pk, shown.title, 2)
    assert thing["published_at"].endswith("+09:00")


def test_answers_tell_how_long_they_took(ana):
    ProposalFactory(author=ana, state=ProposalState.ADOPTED, answer="그렇게 합니다.")
    ProposalFactory(author=ana)

    make_release()

    [row] = rows_of("answers.csv")
    assert (row["answer"], row["days"], row["state"]) == ("그렇게 합니다.", "0", "adopted")


def test_numbers_that_might_tell_of_a_person_are_left_out(ana):
    from portal.proposals.models import District

    few, many = (ProposalFactory(author=ana, district=d) for d in District.objects.all()[:2])
    support_by(few, 4)
    support_by(many, 5)

    make_release()

    assert sorted(row["supports"] for row in rows_of("supports.csv")) == ["", "5"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+82", "-1", "@SUM(A1)", "\t=1", "  =HYPERLINK(1)", '=cmd|" /C calc"!A0']
)
def test_no_text_becomes_a_formula(ana, text):
    change(ProposalFactory(author=ana), title=text)

    make_release()

    [row] = rows_of("proposals.csv")
    assert row["title"] == f"'{text}"
    assert json.loads(read("proposals.json"))[0]["title"] == text


def test_nothing_personal_leaves(ana, omar):
    ana.phone, ana.language = "010-9876-5432", "ko"
    ana.save()
    ProposalFactory(
        author=ana,
        problem="연락처 010-1234-5678, hong@example.org 로 주세요.",
        state=ProposalState.ADOPTED,
        answered_by=omar,
    )
    support_by(ProposalFactory(author=UserFactory(name="남궁민수")), 6)

    make_release()

    everything = "".join(path.read_text("utf-8", "ignore") for path in _text_files())
    for person in User.objects.all():
        assert person.email not in everything
        assert person.name not in everything
        assert str(person.uuid) not in everything
    assert "010-1234-5678" not in everything
    assert "010-9876-5432" not in everything
    assert "hong@example.org" not in everything
    named = {column.name for export in registry.open_data_exports for column in export.columns}
    assert not named & PERSONAL


def _text_files():
    return [path for path in folder_of(timezone.localdate()).iterdir() if path.suffix != ".zip"]


def test_the_list_of_files_tells_their_rows_and_hashes(ana):
    ProposalFactory(author=ana)

    make_release()

    listed = json.loads(read("manifest.json"))["files"]
    assert {f["name"] for f in listed} >= {"proposals.csv", "answers.json", "README.md"}
    for file in listed:
        assert hashlib.sha256(read(file["name"])).hexdigest() == file["sha256"]
        assert len(read(file["name"])) == file["bytes"]
    with zipfile.ZipFile(io.BytesIO(read("hamkke-open-data.zip"))) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {f["name"] for f in listed} | {"manifest.json"}


def test_the_readme_says_every_column_in_both_languages(db):
    make_release()

    text = read("README.md").decode()
    for export in registry.open_data_exports:
        assert text.count(f"({export.key}.csv, {export.key}.json)") == 2
        for column in export.columns:
            assert text.count(f"| {column.name} | {column.kind} |") >= 2
    assert text.count("kogl.or.kr") == 2


def test_a_day_made_anew_replaces_the_earlier_one(ana):
    make_release()
    ProposalFactory(author=ana)

    make_release()

    assert Release.objects.count() == 1
    assert ExportFile.objects.get(name="proposals.csv").rows == 1
    assert [path.name for path in folder_of(timezone.localdate()).parent.iterdir()] == [
        timezone.localdate().isoformat()
    ]


def test_of_two_who_make_a_day_at_once_the_second_waits_and_replaces_it(own_database):
    ProposalFactory(author=UserFactory())

    at_once(make_release, make_release)

    assert Release.objects.count() == 1
    for file in ExportFile.objects.all():
        assert hashlib.sha256(read(file.name)).hexdigest() == file.sha256
    assert len(list(folder_of(timezone.localdate()).parent.iterdir())) == 1


def test_old_days_are_taken_away(settings, db):
    settings.EXPORT_KEEP_DAYS = 7
    today = timezone.localdate()
    for days in (0, 7, 8):
        releases.make(today - timedelta(days=days))

    assert releases.forget_old() == 1
    assert Release.objects.count() == 2
    assert not folder_of(today - timedelta(days=8)).exists()


def test_a_broken_export_leaves_yesterday_as_it_was(db, monkeypatch):
    make_release()
    before = read("manifest.json")

    def broken():
        yield (1,)

    shelf = registry.Shelf()
    columns = (Column("a", "integer", "A"), Column("b", "integer", "B"))
    shelf.add(OpenDataExport("broken", title="B", text="", columns=columns, rows=broken))
    monkeypatch.setattr(registry, "open_data_exports", shelf)

    with pytest.raises(ValueError, match="1 cells, 2 columns"):
        make_release()

    assert read("manifest.json") == before


def test_any_number_of_rows_needs_little_memory(tmp_path):
    columns = (Column("n", "integer", "N"), Column("text", "text", "T"))
    export = OpenDataExport(
        "big",
        title="B",
        text="",
        columns=columns,
        rows=lambda: ((n, "가" * 50) for n in range(20_000)),
    )
    tracemalloc.start()

    tables.write(export, tmp_path)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000
    assert (tmp_path / "big.csv").stat().st_size > 3_000_000


def test_anyone_sees_and_fetches_the_files(client, ana):
    ProposalFactory(author=ana)
    make_release()
    today = timezone.localdate().isoformat()

    page = client.get("/exports/")
    answer = client.get(f"/exports/{today}/proposals.csv")

    assert f"/exports/{today}/proposals.csv" in page.text
    assert "Reference code that letters and notices name" in page.text
    assert b"".join(answer.streaming_content) == read("proposals.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    assert client.get(f"/exports/{today}/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/exports/2026-01-01/",
        "/exports/yesterday/",
        "/exports/{today}/nothing.csv",
        "/exports/{today}/..%2f..%2fkeys",
        "/exports/{today}/%2e%2e",
    ],
)
def test_what_is_not_listed_does_not_exist(client, db, address):
    make_release()

    response = client.get(address.format(today=timezone.localdate().isoformat()))

    assert response.status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_days(
    client, db, count, django_assert_num_queries
):
    for n in range(count):
        releases.make(SINCE + timedelta(days=n))

    with django_assert_num_queries(2):
        client.get("/exports/")


def test_the_page_says_when_there_is_nothing_yet(client, db):
    assert "There are no files yet" in client.get("/exports/").text


def test_a_file_that_is_known_is_not_sent_again(client, db):
    make_release()
    address = f"/exports/{timezone.localdate().isoformat()}/proposals.json"
    first = client.get(address)

    by_tag = client.get(address, HTTP_IF_NONE_MATCH=first["ETag"])
    by_date = client.get(address, HTTP_IF_MODIFIED_SINCE=first["Last-Modified"])

    assert (by_tag.status_code, by_date.status_code) == (304, 304)
