from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluation.models import Indicator, Measurement, MeasurementState
from tests.factories.evaluation import MeasurementFactory, text_file

pytestmark = pytest.mark.django_db

S = MeasurementState
INFLOW = "/evaluation/indicators/traffic-inflow/"
RECORD = f"{INFLOW}record/"
GOOD = {
    "subject": "Main street",
    "period_start": "2026-06-01",
    "period_end": "2026-06-30",
    "baseline": "1,966",
    "result": "1757",
}


def test_front_page_shows_the_table_in_words_and_figures(client):
    MeasurementFactory(state=S.VERIFIED)

    text = client.get("/evaluation/").content.decode()

    assert "-209 vehicles (-10.6%)" in text
    assert "Lower is better" in text
    assert "Not reported yet" in text


def test_front_page_shows_every_framework(client):
    for code in ("bucheon-trial", "policy-stages", "analysis-framework"):
        assert client.get(f"/evaluation/frameworks/{code}/").status_code == 200
    assert client.get("/evaluation/frameworks/nothing/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_front_page_costs_the_same_for_any_number(client, count, django_assert_num_queries):
    codes = ["traffic-inflow", "illegal-parking-weekday", "illegal-parking-weekend"]
    for code in codes[:count]:
        MeasurementFactory(indicator=Indicator.objects.get(code=code))

    with django_assert_num_queries(4):
        client.get("/evaluation/")


@pytest.mark.parametrize("count", [1, 3])
def test_indicator_costs_the_same_for_any_number(client, count, django_assert_num_queries):
    MeasurementFactory.create_batch(count)

    with django_assert_num_queries(2):
        response = client.get(INFLOW)

    assert len(response.context["rows"]) == count


def test_indicator_of_nobody_is_not_found(client):
    assert client.get("/evaluation/indicators/nothing/").status_code == 404
    assert client.get(f"{INFLOW}?after=forged").status_code == 400


def test_measurement_shows_evidence_and_question(client, omar):
    found = MeasurementFactory(author=omar, state=S.QUESTIONED)

    text = client.get(found.get_absolute_url()).content.decode()

    assert "How so?" in text
    assert "https://example.org/table" in text
    assert client.get("/evaluation/measurements/99999999999999999999/").status_code == 404


def test_record_makes_a_measurement_with_evidence(client, omar):
    client.force_login(omar)

    response = client.post(RECORD, GOOD | {"title": "Table", "file": text_file()})

    found = Measurement.objects.get()
    assert response.url == found.get_absolute_url()
    assert (found.baseline, found.result, found.evidence_count) == (1966, 1757, 1)
    evidence = found.evidence.get()
    download = client.get(evidence.file_url)
    assert b"".join(download.streaming_content) == b"Table 4-11, line 1."
    assert "attachment" in download["Content-Disposition"]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"result": "many"}, "result", "not a number"),
        ({"result": "1,7,57"}, "result", "not a number"),
        ({"result": "1e5"}, "result", "not a number"),
        ({"result": "NaN"}, "result", "not a number"),
        ({"result": "9" * 16}, "result", "too large"),
        ({"result": "0.1234567"}, "result", "6 digits"),
        ({"result": ""}, "result", "required"),
        ({"baseline": ""}, "baseline", "without it no change can be computed"),
        ({"subject": ""}, "subject", "Choose a living lab"),
        ({"period_end": "2026-05-01"}, "period_end", "before the first day"),
        ({"period_end": "2098-01-01"}, "period_end", "not over yet"),
        ({"period_start": "0001-01-01"}, "period_start", "between 1950 and 2099"),
        ({"period_start": "yesterday"}, "period_start", "valid date"),
        ({"url": "https://example.org"}, "title", "Say what the evidence is"),
        ({"lab": "999"}, "lab", "valid choice"),
    ],
)
def test_record_says_what_is_wrong_and_keeps_what_was_typed(client, omar, changes, field, sentence):
    client.force_login(omar)

    response = client.post(RECORD, GOOD | changes)

    form = response.context["form"]
    assert sentence in " ".join(form.errors[field])
    assert form["result"].value() == (GOOD | changes)["result"]
    assert not Measurement.objects.exists()


def test_record_refuses_a_file_of_another_kind_with_a_sentence(client, omar):
    client.force_login(omar)

    response = client.post(RECORD, GOOD | {"title": "x", "file": text_file("virus.exe")})

    assert "Files of this kind are not taken" in str(response.context["form"].errors["file"])


@pytest.mark.parametrize(("typed", "kept"), [("１，９６６", 1966), ("−5", -5), (" 37.10 ", "37.1")])
def test_record_reads_numbers_as_people_write_them(client, omar, typed, kept):
    client.force_login(omar)

    client.post(RECORD, GOOD | {"result": typed})

    assert str(Measurement.objects.get().result.normalize()) == str(kept)


def test_record_of_a_ratio_refuses_zero_below_the_line(client, omar):
    client.force_login(omar)
    figures = {"numerator": "60.4", "denominator": "0"}

    response = client.post("/evaluation/indicators/benefit-cost/record/", GOOD | figures)

    assert "divided by 0" in str(response.context["form"].errors["denominator"])


def test_record_of_a_thing_done(client, omar):
    client.force_login(omar)

    client.post("/evaluation/indicators/fair-trade/record/", GOOD | {"done": "no"})

    assert Measurement.objects.get().done is False


def test_record_twice_is_refused_with_409(client, omar):
    client.force_login(omar)
    client.post(RECORD, GOOD)

    assert client.post(RECORD, GOOD).status_code == 409


def test_verify_asks_to_read_the_evidence(client, omar, audrey):
    found = MeasurementFactory(author=omar)
    client.force_login(audrey)
    url = reverse("evaluation:verify", args=[found.pk])

    unread = client.post(url, {"note": ""})
    read = client.post(url, {"looked": "on"})

    assert "read the evidence" in str(unread.context["form"].errors["looked"])
    assert 'href="https://example.org/table"' in unread.text
    assert read.status_code == 302
    found.refresh_from_db()
    assert found.state == S.VERIFIED


def test_verify_without_evidence_is_refused_with_409(client, audrey):
    found = MeasurementFactory(evidence_count=0)
    client.force_login(audrey)

    response = client.post(reverse("evaluation:verify", args=[found.pk]), {"looked": "on"})

    assert response.status_code == 409


def test_question_correct_and_attach_walk_the_whole_way(client, omar, audrey):
    found = MeasurementFactory(author=omar)
    client.force_login(audrey)
    client.post(reverse("evaluation:question", args=[found.pk]), {"reason": "Which street?"})
    client.force_login(omar)

    client.post(
        reverse("evaluation:attach", args=[found.pk]),
        {"title": "Map", "url": "https://example.org/map"},
    )
    answer = {"baseline": "1966", "result": "1,760", "reason": "All of them."}
    response = client.post(reverse("evaluation:correct", args=[found.pk]), answer)

    found.refresh_from_db()
    assert response.status_code == 302
    assert (found.state, found.result, found.evidence_count) == (S.RECORDED, 1760, 2)


def test_attach_needs_a_file_or_an_address(client, omar):
    found = MeasurementFactory(author=omar)
    client.force_login(omar)

    response = client.post(reverse("evaluation:attach", args=[found.pk]), {"title": "Nothing"})

    assert "Choose a file or enter an address." in str(response.context["form"].errors)


def test_api_lists_measurements_with_their_figures(client):
    MeasurementFactory(state=S.VERIFIED)

    found = client.get("/api/v1/measurements/?state=verified").json()["results"]

    assert (found[0]["change"][:4], found[0]["percent"][:6]) == ("-209", "-10.63")
    assert client.get("/api/v1/indicators/traffic-inflow/").json()["direction"] == "lower"


@pytest.mark.parametrize("count", [1, 3])
def test_api_costs_the_same_for_any_number(client, count, django_assert_num_queries):
    MeasurementFactory.create_batch(count)

    with django_assert_num_queries(2):
        client.get("/api/v1/measurements/")


def test_day_after_today_is_not_over(client, omar):
    client.force_login(omar)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()

    response = client.post(RECORD, GOOD | {"period_end": tomorrow})

    assert response.context["form"].errors["period_end"]
