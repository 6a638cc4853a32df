"""Outlines of districts: read from a file, drawn, and asked by forms and maps."""

import json
import random

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from portal.calls.models import Problem
from portal.proposals.domain import boundaries, reference
from portal.proposals.models import Area, BoundaryRing, District, Proposal
from tests.real_input import real_input

WONMI, SOSA = ("37.487", "126.804"), ("37.482", "126.795")


def square(west, south, side):
    """A closed line around a square."""
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(code, *parts, name="", kind="MultiPolygon"):
    return {
        "type": "Feature",
        "properties": {"adm_cd2": code, "adm_nm": name or f"시 {code}동"},
        "geometry": {"type": kind, "coordinates": list(parts)},
    }


@pytest.fixture
def file(tmp_path):
    """Write features into a file; return its path."""

    def write(*features):
        path = tmp_path / "outlines.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        return path

    return write


def load(path, **options):
    call_command("load_districts", path, **options)


def codes(latitude, longitude):
    return [district.code for district in boundaries.at(latitude, longitude)]


def test_a_point_has_its_district_through_holes_islands_and_parts(db, file):
    """The first district has a hole with the second in it, and an island within the second."""
    first = feature(
        "first", [square(0, 0, 9), square(3, 3, 3)], [square(4, 4, 1)], [square(20, 0, 1)]
    )
    second = feature("second", [square(3, 3, 3), square(4, 4, 1)])

    load(file(first, second))

    assert codes(1, 1) == codes(4.5, 4.5) == codes(0.5, 20.5) == ["first"]
    assert codes(3.5, 3.5) == ["second"]
    assert codes(15, 15) == []
    assert codes(3, 4) == ["second"]  # the border of a hole belongs to what lies in it
    assert District.objects.get(code="second").name_ko == "second동"


def test_two_districts_have_the_point_of_their_border_and_none_is_filled_in(db, file):
    load(file(feature("east", [square(1, 0, 1)]), feature("west", [square(0, 0, 1)])))

    assert codes(0.5, 1.0) == ["east", "west"]
    assert boundaries.only_one_at(0.5, 1.0) is None


def test_loading_again_changes_nothing_and_known_districts_keep_their_codes(db, file):
    path = file(
        feature("1000", [square(0, 0, 1)], name="시 원미구"),
        feature("sosa", [square(2, 0, 1)], name="시 소사본구"),
        feature("3000", [square(4, 0, 1)], name="시 새동"),
        feature("3000", square(6, 0, 1), name="시 새동", kind="Polygon"),
    )

    load(path)
    before = list(BoundaryRing.objects.values_list("district__code", "part", "ring"))
    load(path)

    after = list(BoundaryRing.objects.values_list("district__code", "part", "ring"))
    assert before == after
    assert codes(0.5, 0.5) == ["wonmi"]
    assert codes(0.5, 4.5) == codes(0.5, 6.5) == ["3000"]
    assert District.objects.get(code="sosa").name_ko == "소사본구"
    assert District.objects.get(code="sosa").name_en == "Sosa-gu"
    assert District.objects.filter(code="1000").count() == 0


def test_reference_data_leave_real_outlines_alone(db, file):
    load(file(feature("wonmi", [square(0, 0, 1)], name="원미구")))

    reference.load()

    assert codes(0.5, 0.5) == ["wonmi"]
    assert codes(*map(float, WONMI)) == []
    assert codes(*map(float, SOSA)) == ["sosa"]


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (feature("a b", [square(0, 0, 1)]), "Feature 2: “a b” cannot be a code"),
        (feature("", [square(0, 0, 1)]), "Feature 2: its property “adm_cd2” is missing"),
        (feature("ok", [square(0, 0, 1)], name="시 Other"), "was called “시 ok동” before"),
        (feature("new", [square(0, 0, 1)[:-1]]), "Feature 2: one of its lines is not closed"),
        (feature("new", [square(200_000, 0, 1)]), "Feature 2: its numbers are not degrees"),
        (feature("new", [square(float("nan"), 0, 1)]), "Feature 2: its numbers are not degrees"),
        (feature("new", [0, 1], kind="Point"), "Feature 2: it is no polygon but “Point”"),
        (feature("new"), "Feature 2: it has no outline"),
        (feature("new", [[["x", "y"]] * 4]), "Feature 2: it is not as GeoJSON says"),
        ({"properties": None}, "Feature 2: it is not as GeoJSON says"),
        ("nonsense", "Feature 2: it is not as GeoJSON says"),
    ],
)
def test_a_broken_file_is_refused_with_the_number_of_the_feature(db, file, broken, sentence):
    path = file(feature("ok", [square(0, 0, 1)]), broken)

    with pytest.raises(CommandError, match=sentence):
        load(path)

    assert not BoundaryRing.objects.real().exists()


@pytest.mark.parametrize("text", ["", "[]", '{"features": []}', "{}", None])
def test_a_file_that_is_no_collection_is_refused(db, tmp_path, text):
    path = tmp_path / "outlines.geojson"
    if text is not None:
        path.write_text(text)

    with pytest.raises(CommandError, match="The file"):
        load(path)


def test_a_real_city_is_loaded_and_its_points_have_one_district(db):
    path = real_input("07_districts/hangjeongdong_2021-04_세종특별자치시.geojson")

    load(path)

    assert BoundaryRing.objects.real().values("district").distinct().count() == 20
    assert District.objects.get(code="3611025000").name_ko == "조치원읍"
    chance = random.Random(20)
    numbers = [
        len(boundaries.at(chance.uniform(36.43, 36.73), chance.uniform(127.13, 127.41)))
        for _n in range(300)
    ]
    assert numbers.count(1) > 150
    assert set(numbers) == {0, 1}


def written(**where):
    return {
        "title": "골목에 등을 달아 주세요",
        "problem": "골목이 어둡습니다.",
        "solution": "등을 달아 주세요.",
        "area": Area.objects.get(code="housing-transport").pk,
        **where,
    }


def placed(point, **more):
    return {"latitude": point[0], "longitude": point[1], **more}


def test_the_district_of_a_draft_is_filled_in_where_none_was_chosen(client, ana):
    client.force_login(ana)

    client.post(reverse("proposals:write"), written(**placed(WONMI)))

    assert Proposal.objects.get().district.code == "wonmi"


@pytest.mark.parametrize(("answer", "meant"), [(0, "sosa"), (1, "wonmi")])
def test_another_district_than_the_points_is_asked_about_before_publishing(
    client, ana, answer, meant
):
    wonmi = District.objects.get(code="wonmi")
    client.force_login(ana)

    client.post(reverse("proposals:write"), written(**placed(SOSA, district=wonmi.pk)))
    draft = Proposal.objects.get()
    check = reverse("proposals:check", args=[draft.pk])
    asked = client.get(check)
    question = asked.context["form"].which_district
    silent = client.post(check)
    kept = draft.district
    client.post(check, {question.name: question.answers[answer][0]})
    draft.refresh_from_db()

    assert "The point lies in Sosa-gu, but Wonmi-gu is chosen." in asked.text
    assert (asked.status_code, silent.status_code, kept) == (200, 422, wonmi)
    assert (draft.state, draft.district.code) == ("submitted", meant)


@pytest.mark.parametrize(("which", "kept"), [("found", "sosa"), ("chosen", "wonmi")])
def test_a_report_comes_back_with_a_question_and_takes_either_answer(client, ana, which, kept):
    wonmi, ojeong = (District.objects.get(code=code) for code in ("wonmi", "ojeong"))
    report = placed(SOSA, title="물이 고입니다", text="비가 오면 고입니다.", district=wonmi.pk)
    client.force_login(ana)

    page = client.post(reverse("calls:report"), report)
    question = page.context["form"].which_district
    answer = {question.name: f"{wonmi.pk}-{question.found.pk}-{which}"}
    silent = client.post(reverse("calls:report"), report)
    moved = client.post(reverse("calls:report"), {**report, **answer, "district": ojeong.pk})
    client.post(reverse("calls:report"), report | answer)

    assert "The point lies in Sosa-gu, but Wonmi-gu is chosen." in page.text
    assert "error-summary" not in page.text
    assert answer[question.name] in page.text
    assert [sent.status_code for sent in (page, silent, moved)] == [422] * 3
    assert "but Ojeong-gu is chosen." in moved.text
    assert "checked" not in moved.text
    assert Problem.objects.get().district.code == kept


def test_an_answer_about_the_district_stays_while_the_form_comes_back_for_all_else(client, ana):
    wonmi = District.objects.get(code="wonmi")
    report = placed(SOSA, title="물이 고입니다", text="", district=wonmi.pk)
    client.force_login(ana)
    asked = client.post(reverse("calls:report"), report).context["form"].which_district
    found, chosen = (value for value, _words in asked.answers)

    taken = client.post(reverse("calls:report"), {**report, asked.name: found})
    meant = client.post(reverse("calls:report"), {**report, asked.name: chosen})

    assert taken.context["form"].which_district is None
    assert taken.context["form"]["district"].value() == str(asked.found.pk)
    assert f'value="{chosen}" id="district_meant-2" checked' in meant.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"latitude": WONMI[0], "longitude": WONMI[1]}, ["wonmi"]),
        ({"latitude": "37.569", "longitude": "126.721"}, []),
        ({"latitude": "35", "longitude": "129"}, []),
        ({"latitude": "nan", "longitude": "nan"}, []),
        ({"latitude": "37.5"}, None),
        ({"latitude": "x", "longitude": "' OR 1"}, None),
    ],
)
def test_a_map_asks_for_the_district_of_a_point(client, db, query, found):
    answer = client.get(reverse("proposals:district_of_point"), query)

    if found is None:
        assert answer.status_code == 400
        assert answer.json()["error"] == "Give latitude and longitude in degrees."
    else:
        assert [one["code"] for one in answer.json()["districts"]] == found
