"""Which area a text is likely to be about: an offer, never a decision."""

from django.urls import reverse

from portal.proposals.domain import suggest
from portal.proposals.models import Area, ProposalState
from portal.search.domain import index
from tests.factories.portal import ProposalFactory


def test_areas_are_suggested_from_the_words(db):
    found = suggest.for_text("주차장이 모자랍니다", "교통 혼잡이 심하고 주차할 곳이 없습니다")

    assert found[0][0].code == "housing-transport"


def test_like_proposals_speak_for_their_area(db):
    environment = Area.objects.get(code="environment")
    ProposalFactory(title="공원 쓰레기통에 감지기를 달아 주세요", area=environment)
    index.reindex_changed()

    found = suggest.for_text("공원 쓰레기통 감지기", "주말마다 넘칩니다")

    assert [(area.code, issue) for area, issue in found] == [("environment", None)]


def test_nothing_is_suggested_for_nothing(client, db):
    assert suggest.for_text("", "") == []
    assert client.get(reverse("proposals:suggestions"), {"title": "ㅋ"}).status_code == 200


def test_whoever_chose_another_area_is_asked_once_more(client, ana):
    draft = ProposalFactory(
        author=ana,
        state=ProposalState.DRAFT,
        title="주차장이 모자랍니다",
        problem="교통 혼잡이 심합니다",
        area=Area.objects.exclude(code="housing-transport").first(),
    )
    client.force_login(ana)

    page = client.get(reverse("proposals:check", args=[draft.pk])).text

    assert "It may belong here" in page


def test_whoever_chose_the_likely_area_is_left_in_peace(ana):
    draft = ProposalFactory(author=ana, title="주차장", problem="교통 혼잡이 심합니다")

    assert suggest.other_areas(draft) == []


def test_a_suggestion_costs_the_same_for_any_text(db, django_assert_num_queries):
    for text in ("주차장", "주차장 교통 소음 공원 복지 문화 " * 50):
        with django_assert_num_queries(6):
            suggest.for_text(text, text)
