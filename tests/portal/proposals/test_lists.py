"""Finding proposals: by words, by choices, in every order, on a map, by their reference."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Department
from portal.audit.domain import log
from portal.proposals.domain import facets, lists
from portal.proposals.domain.choices import Choice
from portal.proposals.domain.map import Frame, points
from portal.proposals.models import Area, District, Proposal, ProposalState, Visibility
from portal.search.domain import index, matches
from portal.talk.domain import comments
from tests.factories.calls import CallFactory
from tests.factories.portal import ProposalFactory, support_by

S = ProposalState
URL = "/proposals/"


def change(proposal, **fields):
    """Change a row past the domain, with the act that the trail asks for."""
    log.record("staged", proposal, by=None)
    Proposal.objects.filter(pk=proposal.pk).update(**fields)
    return proposal


@pytest.fixture
def sosa(db):
    return District.objects.get(code="sosa")


@pytest.fixture
def library(ana):
    """Proposals that can be found by their words."""

    def make(*titles, **fields):
        made = [ProposalFactory(author=ana, title=title, **fields) for title in titles]
        index.reindex_changed()
        return made

    return make


def titles(client, **query):
    return [card.title for card in client.get(URL, query).context["page"].rows]


def test_words_are_found_in_title_text_and_answer(client, library):
    library("공유 주차장을 늘려 주세요", "그늘막을 놓아 주세요")
    library("셋째", state=S.ADOPTED, answer="도서관을 밤에도 엽니다.")

    assert titles(client, q="주차장") == ["공유 주차장을 늘려 주세요"]
    assert titles(client, q="도서관") == ["셋째"]


def test_words_without_spaces_are_found_loosely_and_the_page_says_so(client, library):
    library("공유 주차장을 늘려 주세요")

    response = client.get(URL, {"q": "공유주차장늘려"})

    assert len(response.context["page"].rows) == 1
    assert "share some of their letters" in response.text


def test_what_is_not_found_leads_on(client, db):
    response = client.get(URL, {"q": "없는말 다른말", "state": "adopted"})

    assert "No proposal fits" in response.text
    assert "share some of their letters" not in response.text
    assert 'href="?q=%EC%97%86%EB%8A%94%EB%A7%90&amp;state=adopted"' in response.text
    assert 'value="없는말 다른말"' in response.text


def test_words_and_choices_meet(client, library, sosa):
    library("주차장 하나", district=sosa)
    library("주차장 둘", "주차장 셋")

    assert titles(client, q="주차장", district="sosa") == ["주차장 하나"]


@pytest.mark.parametrize("order", ["best", "newest", "supported"])
def test_every_order_of_what_was_found_goes_on(client, library, monkeypatch, order):
    monkeypatch.setattr(lists, "PAGE_SIZE", 2)
    made = library(*(f"주차장 {n}" for n in range(5)))
    seen, after = [], ""

    for _page in range(3):
        page = client.get(URL, {"q": "주차장", "order": order, "after": after}).context["page"]
        seen += [card.pk for card in page.rows]
        after = page.next

    assert sorted(seen) == sorted(proposal.pk for proposal in made)
    assert not after


def test_common_words_are_walked_by_date_and_counted_by_the_index(client, library, monkeypatch):
    monkeypatch.setattr(matches, "MOST", 2)
    library("주차장 1", "주차장 2", "주차장 3", "다른 것")
    library("주차장 4", state=S.ADOPTED)

    response = client.get(URL, {"q": "주차장"})

    shown = [card.title for card in response.context["page"].rows]
    assert shown == ["주차장 4", "주차장 3", "주차장 2", "주차장 1"]
    assert response.context["total"] == 4
    assert titles(client, q="주차장", state="adopted") == ["주차장 4"]
    assert (f'value="adopted">{S.ADOPTED.label} (1)') in response.text


def test_nearly_due_lists_those_whose_clock_runs_soonest_first(client, ana):
    today = timezone.localdate()
    for days, title in ((9, "later"), (-1, "late"), (3, "soon")):
        ProposalFactory(
            author=ana, title=title, state=S.ANSWER_DUE, due_on=today + timedelta(days=days)
        )
    ProposalFactory(author=ana, title="stopped", state=S.SUPPLEMENT)
    ProposalFactory(author=ana, title="gathering")

    assert titles(client, order="due") == ["late", "soon", "later"]


def test_recently_answered_lists_the_newest_answer_first(client, ana, monkeypatch):
    monkeypatch.setattr(lists, "PAGE_SIZE", 1)
    now = timezone.now()
    for hours in (5, 1):
        at = now - timedelta(hours=hours)
        ProposalFactory(author=ana, title=f"h{hours}", state=S.ADOPTED, decided_at=at)
    ProposalFactory(author=ana, title="open")

    first = client.get(URL, {"order": "answered"}).context["page"]
    second = client.get(URL, {"order": "answered", "after": first.next}).context["page"]

    assert [first.rows[0].title, second.rows[0].title] == ["h1", "h5"]
    assert not second.next


def test_a_cursor_holds_for_its_own_order_only(client, ana, monkeypatch):
    monkeypatch.setattr(lists, "PAGE_SIZE", 1)
    for _ in range(2):
        ProposalFactory(author=ana)
    page = client.get(URL).context["page"]

    response = client.get(URL, {"order": "supported", "after": page.next})

    assert response.status_code == 400


def test_periods_are_presets_or_own_dates(client, ana):
    now = timezone.now()
    for days in (2, 60, 200):
        ProposalFactory(author=ana, title=f"d{days}", published_at=now - timedelta(days=days))
    day = timezone.localdate() - timedelta(days=60)

    assert titles(client, period="month") == ["d2"]
    assert titles(client, period="quarter") == ["d2", "d60"]
    assert titles(client, period="year") == ["d2", "d60", "d200"]
    assert titles(client, since=day.isoformat(), until=day.isoformat()) == ["d60"]


def staged(ana, sosa):
    """Eight proposals, of which two are hidden and one is a draft; four answer the call 77."""
    CallFactory(pk=77)
    traffic = Department.objects.get(code="traffic")
    health = Area.objects.get(code="health")
    ProposalFactory(author=ana, district=sosa, department=traffic)
    ProposalFactory(author=ana, area=health)
    ProposalFactory(author=ana, state=S.ANSWER_DUE, district=sosa)
    ProposalFactory(author=ana, state=S.ADOPTED, area=health, district=sosa)
    ProposalFactory(author=ana, state=S.DRAFT, department=traffic, call_id=77)
    ProposalFactory(author=ana, area=health, call_id=77)
    ProposalFactory(author=ana, state=S.ANSWER_DUE, district=sosa, call_id=77)
    change(ProposalFactory(author=ana, call_id=77), visibility=Visibility.HIDDEN)
    change(ProposalFactory(author=ana, state=S.ADOPTED), visibility=Visibility.HIDDEN)
    return traffic, health


def offered(found):
    """Every number with the facet and the value in the address that stand for it."""
    kinds = {"area": Area, "district": District, "department": Department}
    for name, numbers in found.items():
        for key, number in numbers.items():
            if key:
                value = kinds[name].objects.get(pk=key).code if name in kinds else str(key)
                yield name, value, number


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"state": "adopted"},
        {"district": "sosa", "area": "health"},
        {"department": "traffic"},
        {"department": "traffic", "state": "answer_due"},
        {"period": "month"},
        {"period": "month", "department": "traffic", "area": "health"},
        {"q": "운동장"},
        {"q": "운동장", "district": "sosa"},
        {"call": "77"},
        {"call": "77", "state": "answer_due"},
        {"call": "77", "department": "traffic", "district": "sosa"},
        {"call": "77", "period": "month", "area": "health"},
        {"call": "77", "q": "운동장"},
    ],
)
def test_each_number_is_what_choosing_it_would_show(ana, sosa, query):
    staged(ana, sosa)
    index.reindex_changed()
    choice = Choice.from_query(query)
    found = facets.facets(choice, lists.matches_of(choice))

    for name, value, number in offered(found):
        other = Choice.from_query(query | {name: value})
        assert len(lists.cards(other, matches=lists.matches_of(other)).rows) == number
    shown = lists.cards(choice, matches=lists.matches_of(choice)).rows
    assert facets.total(choice, lists.matches_of(choice)) == len(shown)


def test_numbers_of_departments_follow_every_change(ana, transport):
    proposal = ProposalFactory(author=ana, state=S.ANSWER_DUE)
    welfare = Department.objects.get(code="welfare")

    def numbers():
        return {pk: n for pk, n in facets.facets(Choice())["department"].items() if n}

    assert numbers() == {transport.pk: 1}
    change(proposal, department=welfare)
    assert numbers() == {welfare.pk: 1}
    change(proposal, visibility=Visibility.HIDDEN)
    assert numbers() == {}


def test_numbers_of_calls_follow_every_change(ana, db):
    spring, autumn = CallFactory(), CallFactory()
    proposal = ProposalFactory(author=ana, call_id=spring.pk)

    def numbers():
        return {pk: n for pk, n in facets.facets(Choice())["call"].items() if n}

    assert numbers() == {spring.pk: 1}
    change(proposal, call_id=autumn.pk, state=S.WITHDRAWN)
    assert numbers() == {autumn.pk: 1}
    change(proposal, visibility=Visibility.HIDDEN)
    assert numbers() == {}


def test_calls_are_offered_where_some_take_proposals(client, ana):
    ProposalFactory(author=ana, title="outside")
    without = client.get(URL).text
    call = CallFactory(title="골목을 바꾸는 생각 공모")
    inside = ProposalFactory(
        author=ana, title="inside", call_id=call.pk, latitude=37.5, longitude=126.8
    )

    page = client.get(URL, {"call": call.pk})

    assert "id_call" not in without
    assert "골목을 바꾸는 생각 공모 (1)" in page.text
    assert [card.pk for card in page.context["page"].rows] == [inside.pk]
    assert f"/me/follows/new/?call={call.pk}" in page.text
    assert titles(client, call=call.pk + 1) == ["inside", "outside"]
    shown = client.get("/proposals/points/", {**CITY, "call": call.pk}).json()["features"]
    assert [feature["properties"]["title"] for feature in shown] == ["inside"]


@pytest.mark.parametrize("view", ["list", "cards", "map"])
def test_every_view_shows_the_same_proposals_at_the_same_cost(
    client, ana, view, django_assert_num_queries
):
    for n in range(3):
        ProposalFactory(author=ana, title=f"<i>{n}</i>")

    with django_assert_num_queries(12):
        response = client.get(URL, {"view": view})

    assert len(response.context["page"].rows) == 3
    assert "&lt;i&gt;0" in response.text
    assert "<i>" not in response.text


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_costs_the_same_for_any_number(client, library, count, django_assert_num_queries):
    library(*(f"주차장 {n}" for n in range(count)))

    with django_assert_num_queries(13):
        response = client.get(URL, {"q": "주차장"})

    assert len(response.context["page"].rows) == count


@pytest.mark.parametrize(
    "query",
    [
        {"q": "'; DROP TABLE proposals_proposal; --"},
        {"q": "%(sought)s %s {0} & | ! :*"},
        {"q": "\x00\x1f" * 9},
        {"q": "가" * 5000},
        {"since": "2026-13-45", "until": "-1"},
        {"since": "0001-01-01", "until": "9999-12-31"},
        {"order": "stat.support_count; SELECT 1"},
        {"view": "../../etc/passwd", "period": "century"},
        {"author__email__startswith": "a"},
    ],
)
def test_a_forged_question_is_no_error(client, ana, query):
    ProposalFactory(author=ana)

    assert client.get(URL, query).status_code == 200


def test_a_question_is_written_as_text(client, db):
    response = client.get(URL, {"q": '"><script>alert(1)</script>'})

    assert "<script>alert" not in response.text


def test_a_reference_leads_to_its_proposal(client, ana):
    proposal = ProposalFactory(author=ana, reference="2026-주거교통-00123")

    answer = client.get("/p/2026-주거교통-00123/")
    sought = client.get(URL, {"q": "2026-주거교통-00123"})

    assert answer.url == sought.url == proposal.get_absolute_url()
    assert client.get("/p/2026-없음-00001/").status_code == 404


def test_the_reference_of_what_is_hidden_leads_nowhere(client, ana):
    change(ProposalFactory(author=ana, reference="2026-보건-00001"), visibility=Visibility.HIDDEN)

    assert client.get("/p/2026-보건-00001/").status_code == 404


# --- The map ---

CITY = {"bbox": "126.7,37.4,126.9,37.6", "zoom": "12"}


def at(ana, latitude, longitude, **fields):
    return ProposalFactory(author=ana, latitude=latitude, longitude=longitude, **fields)


def test_points_near_each_other_are_one_heap_and_part_when_one_comes_nearer(client, ana):
    at(ana, 37.4870, 126.7990)
    at(ana, 37.4872, 126.7992)
    at(ana, 37.5260, 126.7900, title="apart")

    far = client.get("/proposals/points/", CITY).json()["features"]
    near = client.get(
        "/proposals/points/", {"bbox": "126.798,37.486,126.800,37.488", "zoom": "18"}
    ).json()["features"]

    assert [f["properties"]["count"] for f in far] == [2, 1]
    assert far[1]["properties"]["title"] == "apart"
    assert far[1]["geometry"]["coordinates"] == [126.79, 37.526]
    assert [f["properties"]["count"] for f in near] == [1, 1]


def test_points_follow_the_choices_and_hide_what_is_hidden(client, ana):
    at(ana, 37.5, 126.8, state=S.ADOPTED, title="adopted")
    at(ana, 37.52, 126.82)
    change(at(ana, 37.54, 126.84, state=S.ADOPTED), visibility=Visibility.HIDDEN)

    found = client.get("/proposals/points/", {**CITY, "state": "adopted"}).json()["features"]

    assert [f["properties"]["title"] for f in found] == ["adopted"]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"bbox": "1,2,3"},
        {"bbox": "nan,nan,inf,0", "zoom": "x"},
        {"bbox": "9,9,1,1", "zoom": "99"},
    ],
)
def test_a_forged_frame_shows_the_world(client, ana, query):
    at(ana, 37.5, 126.8)

    response = client.get("/proposals/points/", query)

    assert response.status_code == 200
    assert len(response.json()["features"]) == 1


def test_points_are_bounded(ana, monkeypatch):
    monkeypatch.setattr("portal.proposals.domain.map.MOST", 2)
    for n in range(4):
        at(ana, 37.40 + n / 20, 126.8)

    assert len(points(Choice(), Frame(126, 37, 127, 38, 14))["features"]) == 2


def test_the_map_page_has_a_table_of_the_same(client, ana):
    at(ana, 37.5, 126.8, title="In both")

    response = client.get(URL, {"view": "map", "state": "submitted"})

    assert "<caption>" in response.text
    assert "In both" in response.text
    assert 'data-points="/proposals/points/?state=submitted"' in response.text


def test_supports_order_what_was_found(client, library):
    made = library("주차장 하나", "주차장 둘")
    support_by(made[0], 2)

    assert titles(client, q="주차장", order="supported")[0] == "주차장 하나"


def test_the_page_offers_to_follow_and_a_feed_of_the_same(client, db):
    text = client.get(URL, {"area": "health"}).text

    assert f"{reverse('following:new')}?area=health" in text
    assert f"{reverse('proposals:feed')}?area=health" in text


def test_words_of_a_comment_find_its_proposal(client, library, zoe):
    [proposal, _other] = library("공유 주차장", "그늘막")
    comments.write(proposal, by=zoe, text="우리 동네 도서관 옆에도 필요합니다.", stance="for")
    index.reindex_changed()

    assert titles(client, q="도서관") == ["공유 주차장"]
    assert titles(client, q="도서관", order="supported") == ["공유 주차장"]
