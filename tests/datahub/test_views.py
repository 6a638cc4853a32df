"""The pages of the catalogue."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from datahub.models import Dataset, DatasetState, Licence, Version
from portal.accounts.models import Department
from portal.proposals.models import Proposal
from tests.factories.datahub import DatasetFactory, csv_file, version_of

PUBLISHED = DatasetState.PUBLISHED
FORMULAS = '이름,수\n=1+1,-5\n"@SUM(A1)",3\n+82,4\n'


def fields(**changes):
    return {
        "title_ko": "공유주차",
        "title_en": "",
        "name": "shared-parking",
        "notes_ko": "표본입니다.",
        "notes_en": "",
        "publisher": Department.objects.get(code="traffic").pk,
        "keywords": "주차, 공유",
        "frequency": "monthly",
        **changes,
    }


def upload(data=b"a,b\n1,2\n", name="t.csv"):
    return SimpleUploadedFile(name, data)


def test_list_shows_published_data_alone(client, db):
    shown = DatasetFactory(state=PUBLISHED)
    DatasetFactory()
    DatasetFactory(state=DatasetState.WITHDRAWN)

    response = client.get("/data/")

    assert [row.pk for row in response.context["page"].rows] == [shown.pk]


def test_list_says_what_to_do_when_nothing_is_found(client, db):
    assert "Nothing was found" in client.get("/data/?q=없는말").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_number(client, db, count, django_assert_num_queries):
    for _ in range(count):
        DatasetFactory(state=PUBLISHED)

    with django_assert_num_queries(6):
        response = client.get("/data/")

    assert len(response.context["page"].rows) == count


def test_list_is_searched_in_both_languages_and_by_keyword(client, db):
    DatasetFactory(state=PUBLISHED, title_ko="가로등", title_en="Street lights", keywords=["불빛"])
    DatasetFactory(state=PUBLISHED)

    counts = {
        q: client.get("/data/", {"q": q}).context["count"]
        for q in ("가로", "LIGHTS", "불빛", "없음")
    }

    assert counts == {"가로": 1, "LIGHTS": 1, "불빛": 1, "없음": 0}


def test_a_facet_counts_what_each_choice_would_leave(client, db):
    for code in ("kogl-1", "kogl-1", "cc-by"):
        DatasetFactory(state=PUBLISHED, licence=Licence.objects.get(code=code))

    response = client.get("/data/?licence=cc-by")

    assert response.context["count"] == 1
    choices = dict(response.context["form"].fields["licence"].widget.choices)
    assert choices["kogl-1"].endswith("(2)")
    assert choices["cc-by"].endswith("(1)")


@pytest.mark.parametrize(
    "query",
    ["order=nonsense", "theme=%00", "q=%00", "q=" + "x" * 500, "publisher=nobody", "format=XLSX"],
)
def test_list_passes_over_what_makes_no_sense(client, db, query):
    DatasetFactory(state=PUBLISHED)

    assert client.get(f"/data/?{query}").status_code == 200


def test_detail_shows_facts_licence_columns_and_rows(client, db):
    dataset = DatasetFactory(state=PUBLISHED, data=csv_file("동네,면수\n상살미,12\n"))

    page = client.get(f"/data/{dataset.name}/").content.decode()

    for words in ("KOGL type 1", "상살미", "Whole number", "Version 1", "made by Traffic Policy"):
        assert words in page


@pytest.mark.parametrize("count", [1, 3])
def test_detail_costs_the_same_for_any_number_of_versions(
    client, db, count, django_assert_num_queries
):
    dataset = DatasetFactory(state=PUBLISHED)
    for _ in range(count - 1):
        version_of(dataset)

    with django_assert_num_queries(4):
        client.get(f"/data/{dataset.name}/")


def test_detail_of_a_draft_is_for_its_department(client, omar, wendy):
    dataset = DatasetFactory(data=True)
    answers = [client.get(f"/data/{dataset.name}/").status_code]
    for who in (wendy, omar):
        client.force_login(who)
        answers.append(client.get(f"/data/{dataset.name}/").status_code)

    assert answers == [404, 404, 200]


def test_detail_of_withdrawn_data_says_why_and_offers_no_download(client, db):
    dataset = DatasetFactory(state=DatasetState.WITHDRAWN)

    page = client.get(f"/data/{dataset.name}/").content.decode()

    assert "The rows were wrong." in page
    assert "/csv/" not in page
    assert client.get(f"/data/{dataset.name}/versions/1/csv/").status_code == 404


def test_version_pages_through_the_table(client, db):
    rows = "".join(f"{n},가{n}\n" for n in range(1, 121))
    dataset = DatasetFactory(state=PUBLISHED, data=csv_file("수,이름\n" + rows))
    url = f"/data/{dataset.name}/versions/1/"

    first = client.get(url).context["preview"]
    last = client.get(f"{url}?after=100").context["preview"]
    found = client.get(f"{url}?q=가119").context["preview"]

    assert (len(first.rows), first.next) == (50, 50)
    assert (len(last.rows), last.next) == (20, 0)
    assert [number for number, _cells in found.rows] == [119]


def test_a_record_of_published_data_leads_to_a_proposal_about_it(client, ana):
    dataset = DatasetFactory(state=PUBLISHED, data=csv_file("곳,면\n상살미,12\n원미,3\n"))
    table = f"/data/{dataset.name}/versions/1/"
    client.force_login(ana)

    ways = re.findall(r'href="(/problems/begin/[^"]+)"', client.get(table).text)
    shown = client.get(html.unescape(ways[1]))
    client.post(html.unescape(ways[1]))
    draft = Proposal.objects.get(author=ana)
    source = re.search(r"https?://[^/]+(/data/\S+)", draft.problem)[1]

    assert len(ways) == 2
    assert f"{dataset.title}, row 2" in shown.text
    assert [cells[0] for _number, cells in client.get(source).context["preview"].rows] == ["원미"]


def test_data_that_are_no_longer_published_lead_to_no_proposal(client, omar):
    dataset = DatasetFactory(publisher=Department.objects.get(code="traffic"))
    client.force_login(omar)

    assert "/problems/begin/" not in client.get(dataset.get_absolute_url()).text
    assert "/problems/begin/" not in client.get(f"/data/{dataset.name}/versions/1/").text


@pytest.mark.parametrize(
    "query", ["after=x", "after=-1", "after=99999999999999999999", "q=%25_%5C'\"", "q=%00"]
)
def test_version_takes_any_words_for_words(client, db, query):
    dataset = DatasetFactory(state=PUBLISHED)

    assert client.get(f"/data/{dataset.name}/versions/1/?{query}").status_code == 200


@pytest.mark.parametrize(
    ("shape", "kind", "start"),
    [
        ("csv", "text/csv; charset=utf-8", "이름,수\r\n=1+1,-5\r\n".encode()),
        (
            "excel",
            "text/csv; charset=utf-8",
            "\ufeff이름,수\r\n'=1+1,-5\r\n'@SUM(A1),3\r\n'+82,4\r\n".encode(),
        ),
        ("original", "application/octet-stream", FORMULAS.encode("cp949")),
        ("json", "application/json", b'{"dataset": '),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    ],
)
def test_download_sends_each_shape_as_a_file(client, db, shape, kind, start):
    dataset = DatasetFactory(state=PUBLISHED, data=csv_file(FORMULAS, encoding="cp949"))

    response = client.get(f"/data/{dataset.name}/versions/1/{shape}/")

    assert response["Content-Type"] == kind
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content).startswith(start)
    assert Dataset.objects.get(pk=dataset.pk).download_count == 1


def test_the_workbook_holds_text_and_numbers_but_no_formula(client, db):
    import io

    import python_calamine

    dataset = DatasetFactory(state=PUBLISHED, data=csv_file(FORMULAS))

    body = b"".join(client.get(f"/data/{dataset.name}/versions/1/xlsx/").streaming_content)

    sheet = python_calamine.load_workbook(io.BytesIO(body)).get_sheet_by_index(0)
    assert sheet.to_python() == [["이름", "수"], ["'=1+1", -5.0], ["'@SUM(A1)", 3.0], ["'+82", 4.0]]


def test_json_is_bounded_and_says_where_to_go_on(client, db, monkeypatch):
    from datahub.domain import downloads

    monkeypatch.setattr(downloads, "JSON_ROWS", 2)
    dataset = DatasetFactory(state=PUBLISHED, data=csv_file("수\n5\n6\n7\n"))
    url = f"/data/{dataset.name}/versions/1/json/"

    first = client.get(url)
    import json

    body = json.loads(b"".join(first.streaming_content))
    assert (body["total"], body["next_after"], body["records"][1]) == (3, 2, {"_id": 2, "수": 6})
    assert (
        json.loads(b"".join(client.get(url + "?after=2").streaming_content))["next_after"] is None
    )
    assert client.get(url + "?after=x").status_code == 400


def test_the_newest_version_has_an_address_that_stays(client, db):
    dataset = DatasetFactory(state=PUBLISHED)

    response = client.get(f"/data/{dataset.name}/download/csv/")

    assert response["Location"] == f"/data/{dataset.name}/versions/1/csv/"


def test_a_head_request_is_no_download(client, db):
    dataset = DatasetFactory(state=PUBLISHED)

    client.head(f"/data/{dataset.name}/versions/1/csv/")

    assert Dataset.objects.get(pk=dataset.pk).download_count == 0


def test_an_official_walks_from_a_draft_to_published_data(client, omar):
    client.force_login(omar)

    made = client.post("/data/new/", fields())
    handed = client.post(
        "/data/shared-parking/versions/new/", {"file": upload("이름\n가\n".encode("cp949"))}
    )
    licence = Licence.objects.get(code="kogl-1")
    published = client.post("/data/shared-parking/publish/", {"licence": licence.pk})

    assert made["Location"] == "/data/shared-parking/versions/new/"
    assert handed["Location"] == "/data/shared-parking/versions/1/"
    assert published["Location"] == "/data/shared-parking/"
    dataset = Dataset.objects.get()
    assert (dataset.state, dataset.keywords) == (PUBLISHED, ["주차", "공유"])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "new"}, "kept for the catalogue"),
        ({"name": "한글"}, "small letters"),
        ({"keywords": "a/b"}, "no slash"),
        ({"keywords": ",".join(f"w{n}" for n in range(30))}, "At most 20"),
        ({"covers_from": "2026-02-01", "covers_until": "2026-01-01"}, "before the beginning"),
        ({"publisher": ""}, "required"),
    ],
)
def test_a_wrong_form_keeps_what_was_typed_and_says_why(client, omar, changes, words):
    client.force_login(omar)

    page = client.post("/data/new/", fields(**changes)).content.decode()

    assert words in page
    assert "표본입니다." in page
    assert not Dataset.objects.exists()


def test_a_taken_name_is_told_beside_its_field(client, omar):
    DatasetFactory(name="shared-parking")
    client.force_login(omar)

    assert client.post("/data/new/", fields()).status_code == 422


def test_the_department_of_another_cannot_be_chosen(client, omar):
    client.force_login(omar)

    client.post("/data/new/", fields(publisher=Department.objects.get(code="welfare").pk))

    assert not Dataset.objects.exists()


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (upload(b""), "empty"),
        (upload(b"a,b\n1,2,3\n"), "Line 2 has 3 cells"),
        (upload(b"a,b\n1,2\n", "t.pdf"), "not taken"),
        (upload(b"<html><table></table>"), "web page"),
        (upload("이름,번호\n가,900101-1234567\n".encode()), "resident registration numbers"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_beside_its_field(client, omar, file, words):
    dataset = DatasetFactory()
    client.force_login(omar)

    response = client.post(f"/data/{dataset.name}/versions/new/", {"file": file})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Version.objects.exists()


def test_edit_changes_the_description_and_not_the_name(client, omar):
    dataset = DatasetFactory(state=PUBLISHED)
    client.force_login(omar)
    licence = dataset.licence_id

    client.post(f"/data/{dataset.name}/edit/", fields(title_ko="새 제목", licence=licence))

    changed = Dataset.objects.get()
    assert (changed.title_ko, changed.name) == ("새 제목", dataset.name)


def test_columns_are_described(client, omar):
    dataset = DatasetFactory(state=PUBLISHED)
    client.force_login(omar)

    client.post(f"/data/{dataset.name}/columns/", {"description_2": "몇 개인지", "unit_2": "개"})

    assert dataset.current.columns.get(order=2).unit == "개"


def test_a_held_version_is_confirmed_on_its_page(client, omar):
    dataset = DatasetFactory(data=csv_file("가게,전화\n하나,010-1234-5678\n"))
    client.force_login(omar)
    url = f"/data/{dataset.name}/versions/1/"

    assert "Signs of personal data" in client.get(url).content.decode()
    client.post(f"{url}confirm/", {"reason": "대표 전화"})

    assert Version.objects.get().confirmed_by == omar


def test_publishing_held_data_is_refused_with_the_column(client, omar):
    dataset = DatasetFactory(data=csv_file("가게,전화\n하나,010-1234-5678\n"))
    client.force_login(omar)

    response = client.post(f"/data/{dataset.name}/publish/", {"licence": dataset.licence_id})

    assert response.status_code == 409
    assert "전화" in response.content.decode()


def test_withdraw_needs_a_reason(client, omar):
    dataset = DatasetFactory(state=PUBLISHED)
    client.force_login(omar)

    client.post(f"/data/{dataset.name}/withdraw/", {"reason": ""})
    assert Dataset.objects.get().state == PUBLISHED
    client.post(f"/data/{dataset.name}/withdraw/", {"reason": "틀림"})
    assert Dataset.objects.get().state == DatasetState.WITHDRAWN


@pytest.mark.parametrize("page", ["edit", "columns", "publish", "withdraw", "versions/new"])
def test_strangers_are_forbidden_and_visitors_asked_to_sign_in(client, ana, page):
    dataset = DatasetFactory(state=PUBLISHED)
    url = f"/data/{dataset.name}/{page}/"

    assert client.get(url)["Location"].startswith("/accounts/login/")
    client.force_login(ana)
    assert client.get(url).status_code == 403


def test_only_officials_begin_datasets(client, ana):
    client.force_login(ana)

    assert client.get(reverse("datahub:add")).status_code == 403


@pytest.mark.parametrize(
    "url", ["/data/none/", "/data/none/versions/1/", "/data/none/download/csv/", "/data/none.ttl"]
)
def test_what_is_not_there_is_404(client, db, url):
    assert client.get(url).status_code == 404


def test_a_large_file_is_read_after_the_answer(
    client, omar, settings, django_capture_on_commit_callbacks
):
    settings.DATASET_INLINE_BYTES = 1
    dataset = DatasetFactory()
    client.force_login(omar)

    with django_capture_on_commit_callbacks():
        response = client.post(f"/data/{dataset.name}/versions/new/", {"file": upload()})

    assert (
        "The file is being checked, and is read right after"
        in client.get(response["Location"]).content.decode()
    )


def test_the_feed_names_new_data(client, db):
    dataset = DatasetFactory(state=PUBLISHED)

    body = client.get("/data/feed/").content.decode()

    assert "http://www.w3.org/2005/Atom" in body
    assert dataset.title_en in body


def test_pages_are_korean_when_asked(client, db):
    client.cookies["django_language"] = "ko"
    dataset = DatasetFactory(state=PUBLISHED)

    page = client.get(f"/data/{dataset.name}/").content.decode()

    assert dataset.title_ko in page
    assert "공공누리 제1유형" in page
