import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.reports.models import Run, RunState
from tests.factories import reports

pytestmark = pytest.mark.django_db

LIST = "/reports/"
VERIFY = "/verify/"


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_number(client, count, django_assert_num_queries):
    for month in range(1, count + 1):
        reports.a_run(f"2026-0{month}", RunState.FAILED)

    with django_assert_num_queries(3):
        response = client.get(LIST)

    assert len(response.context["page"].rows) == count


def test_list_shows_the_schedule_and_why_a_report_failed(client):
    reports.a_run(state=RunState.FAILED)

    text = client.get(LIST).content.decode()

    assert "Every month" in text
    assert "It did not work." in text
    assert "Try again" not in text


@pytest.mark.parametrize("query", ["?kind=nothing", "?after=forged", "?kind=test-month"])
def test_list_survives_any_query(client, query):
    assert client.get(LIST + query).status_code in {200, 400}


def test_list_without_reports_says_when_one_comes(client):
    assert "No report yet" in client.get(LIST).content.decode()


def test_detail_shows_the_frozen_tables(client, published):
    text = client.get(published.get_absolute_url()).content.decode()

    assert "1,966" in text
    assert 'lang="ko"' in text
    assert published.manifest_sha256 in text


@pytest.mark.parametrize("state", [RunState.QUEUED, RunState.BUILDING, RunState.FAILED])
def test_detail_of_an_unfinished_report_says_where_it_stands(client, state):
    run = reports.a_run(state=state)

    assert client.get(run.get_absolute_url()).status_code == 200
    assert client.get(reverse("reports:download", args=[run.pk, "pdf"])).status_code == 404


def test_detail_of_nothing_is_not_found(client):
    assert client.get("/reports/999/").status_code == 404
    assert client.get("/reports/99999999999999999999/").status_code == 404


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "csv", "json", "manifest"])
def test_download_gives_the_bytes_that_were_hashed(client, published, kind):
    artefact = published.artefacts.get(format=kind)

    response = client.get(artefact.get_absolute_url())

    content = b"".join(response.streaming_content)
    assert hashlib.sha256(content).hexdigest() == artefact.sha256
    assert artefact.name in response["Content-Disposition"]


WHO = ["nobody", "ana", "omar", "clara", "sam", "eric", "audrey", "olga"]
MAY = {"audrey", "olga"}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("state", [RunState.QUEUED, RunState.BUILDING, RunState.FAILED])
def test_permissions_of_retry(client, request, who, state):
    run = reports.a_run(state=state)
    if who != "nobody":
        client.force_login(request.getfixturevalue(who))

    response = client.post(reverse("reports:retry", args=[run.pk]))

    run.refresh_from_db()
    allowed = who in MAY and state == RunState.FAILED
    assert response.status_code == (302 if allowed or who == "nobody" else 403)
    assert (run.state == RunState.QUEUED) == (allowed or state == RunState.QUEUED)


@pytest.mark.parametrize("who", WHO)
def test_permissions_of_new_and_correct(client, request, published, who):
    if who != "nobody":
        client.force_login(request.getfixturevalue(who))

    pages = [reverse("reports:new"), reverse("reports:correct", args=[published.pk])]
    codes = {client.get(page).status_code for page in pages}

    assert codes == {200 if who in MAY else 302 if who == "nobody" else 403}


def test_new_makes_a_report(client, olga, django_capture_on_commit_callbacks):
    client.force_login(olga)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("reports:new"), {"kind": reports.KIND, "period": "2026-10"})

    run = Run.objects.get()
    assert (response.url, run.state) == (run.get_absolute_url(), RunState.DONE)


@pytest.mark.parametrize("period", ["", "2026", "2026-13", "<script>", "x" * 300])
def test_new_keeps_what_was_typed_and_says_what_is_wrong(client, olga, period):
    client.force_login(olga)

    response = client.post(reverse("reports:new"), {"kind": reports.KIND, "period": period})

    assert response.status_code == 422
    assert response.context["form"].errors["period"]
    assert response.context["form"]["period"].value() == period


def test_new_for_a_period_that_has_not_ended_is_refused(client, olga):
    client.force_login(olga)

    response = client.post(reverse("reports:new"), {"kind": reports.KIND, "period": "2999-12"})

    assert response.status_code == 409
    assert "has not ended yet" in response.content.decode()


def test_correct_asks_for_a_reason(client, olga, published):
    client.force_login(olga)

    response = client.post(reverse("reports:correct", args=[published.pk]), {"reason": " "})

    assert response.context["form"].errors["reason"]
    assert Run.objects.count() == 1


def test_verify_knows_the_file_and_its_hash(client, published, files):
    artefact = published.artefacts.get(format="pdf")

    by_hash = client.post(VERIFY, {"sha256": f" {artefact.sha256.upper()}  report.pdf\n"})
    by_link = client.get(VERIFY, {"sha256": artefact.sha256})
    with files["pdf"].open("rb") as file:
        by_file = client.post(VERIFY, {"file": file})

    for response in (by_hash, by_link, by_file):
        assert "This file is what was published." in response.content.decode()


def test_verify_names_a_changed_file(client, published, files):
    raw = files["pdf"].read_bytes()[:-1] + b"X"

    response = client.post(VERIFY, {"file": SimpleUploadedFile(files["pdf"].name, raw)})

    assert "This is not what was published." in response.content.decode()


def test_verify_says_unknown_of_a_stranger(client, published):
    response = client.post(VERIFY, {"file": SimpleUploadedFile("letter.pdf", b"%PDF-1.4 letter")})

    assert "No report of this portal has this hash." in response.content.decode()


@pytest.mark.parametrize(
    ("data", "field"),
    [({}, "__all__"), ({"sha256": "abc"}, "sha256"), ({"sha256": "g" * 64}, "sha256")],
)
def test_verify_says_what_is_missing(client, data, field):
    response = client.post(VERIFY, data)

    assert response.context["form"].errors[field]
    assert response.context["answer"] is None


def test_verify_refuses_an_empty_file_with_a_sentence(client):
    response = client.post(VERIFY, {"file": SimpleUploadedFile("a.pdf", b"")})

    assert response.context["form"].errors["file"]


def test_verify_works_without_a_session_for_everyone(client):
    response = client.get(VERIFY)

    assert response.status_code == 200
    assert not response.context["form"].errors


@pytest.mark.parametrize("count", [1, 3])
def test_api_lists_reports_at_the_same_cost(client, count, django_assert_num_queries):
    for month in range(1, count + 1):
        reports.a_run(f"2026-0{month}", RunState.FAILED)

    with django_assert_num_queries(2):
        response = client.get("/api/v1/reports/")

    assert len(response.json()["results"]) == count


def test_api_gives_the_figures_of_one_report(client, published):
    found = client.get(f"/api/v1/reports/{published.pk}/").json()

    assert found["content"]["id"] == f"hamkke-report:{reports.KIND}:2026-10:1"
    assert {artefact["format"] for artefact in found["artefacts"]} >= {"pdf", "manifest"}
    assert client.post("/api/v1/reports/", {}).status_code in {403, 405}
