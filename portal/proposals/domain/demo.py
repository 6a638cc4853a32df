"""Proposals of the demo city. All of it is sample data, made as people make it."""

from typing import NamedTuple

from portal.accounts.domain.cast import person
from portal.accounts.models import Department, User
from portal.proposals.domain import answers, opinions, proposals, reviews, supplements, supports
from portal.proposals.models import Area, Decision, District, Issue, Proposal, Reflection

PARKING_TITLE = "상살미마을 공유주차로 주차난을 풀어요"


class Idea(NamedTuple):
    """A sample proposal: its texts, where it belongs and how far it has walked."""

    title: str
    problem: str
    solution: str
    area: str
    issue: str
    district: str
    author: str
    walks: str
    place: str = ""
    # Degrees north and east, roughly where it is about.
    point: tuple[float, float] | None = None


IDEAS = [
    Idea(
        PARKING_TITLE,
        "저녁이면 골목마다 차를 댈 곳이 없어 이웃끼리 다툽니다. "
        "낮에는 거주자 우선 주차면이 비어 있는데도 쓸 수 없습니다.",
        "비어 있는 주차면을 이웃과 나누어 쓰는 공유주차를 시험해 봅시다. "
        "언제 비는지 앱과 전화로 알리고, 수익은 마을을 위해 씁니다.",
        "housing-transport",
        "congestion",
        "wonmi",
        "citizen1",
        "referred",
        "상살미마을",
        (37.4868, 126.8035),
    ),
    Idea(
        "어린이보호구역 횡단보도에 바닥 신호등을 놓아 주세요",
        "학교 앞 건널목에서 아이들이 신호를 놓치는 일이 잦습니다.",
        "바닥에 불이 들어오는 신호등을 먼저 두 곳에 시험해 주세요.",
        "housing-transport",
        "traffic-safety",
        "sosa",
        "citizen2",
        "second_referral",
        "소사초등학교 앞",
        (37.4817, 126.7952),
    ),
    Idea(
        "여름 폭염 때 그늘막 위치를 지도로 알려 주세요",
        "어르신들이 한낮에 쉴 곳을 찾지 못합니다.",
        "그늘막과 무더위 쉼터를 지도와 큰 글씨 안내판으로 알려 주세요.",
        "disaster",
        "weather-disaster",
        "ojeong",
        "citizen3",
        "owed",
        point=(37.5271, 126.7968),
    ),
    Idea(
        "공원 쓰레기통이 차면 알려 주는 감지기를 달아 주세요",
        "주말이면 쓰레기통이 넘쳐 냄새가 납니다.",
        "가득 차면 수거 담당자에게 알려 주는 감지기를 시험해 주세요.",
        "environment",
        "household-waste",
        "wonmi",
        "citizen2",
        "gathering",
        "중앙공원",
        (37.5046, 126.7652),
    ),
    Idea(
        "디지털 기기 교육을 경로당으로 찾아와 해 주세요",
        "무인 주문기와 병원 예약 앱이 어려워 외출을 꺼리는 어르신이 많습니다.",
        "한 달에 두 번, 경로당에서 작은 모둠으로 가르쳐 주세요.",
        "social-cohesion",
        "digital-divide",
        "sosa",
        "citizen3",
        "supplement",
        point=(37.4823, 126.7941),
    ),
    Idea(
        "빈 점포를 동네 문화 공간으로 열어 주세요",
        "전시나 모임을 할 곳이 없습니다. 빈 점포는 늘어 갑니다.",
        "주인과 협약해 한 달씩 빌려 쓰는 문화 공간으로 열어 주세요.",
        "culture-leisure",
        "lack-of-culture-space",
        "ojeong",
        "citizen1",
        "declined",
    ),
]


def load() -> None:
    """Write the sample proposals that are not there yet, and let each walk its way."""
    for idea in IDEAS:
        if not Proposal.objects.filter(title=idea.title).exists():
            _walk(publish(idea), idea.walks)


def publish(idea: Idea) -> Proposal:
    """Let the idea's author write and publish it."""
    author = person(idea.author)
    written = {
        "title": idea.title,
        "problem": idea.problem,
        "solution": idea.solution,
        "place": idea.place,
        **_point(idea.point),
        "area": Area.objects.get(code=idea.area),
        "issue": Issue.objects.get(code=idea.issue),
        "district": District.objects.get(code=idea.district),
    }
    return proposals.publish(proposals.draft(by=author, written=written), by=author)


def _point(point: tuple[float, float] | None) -> dict[str, float | None]:
    latitude, longitude = point or (None, None)
    return {"latitude": latitude, "longitude": longitude}


def _walk(proposal: Proposal, walks: str) -> None:
    """Take a proposal as far as its part in the demo asks."""
    if walks == "gathering":
        supports.add(proposal, by=person("member1"))
        supports.add(proposal, by=person("member2"))
        return
    for number in range(1, 7):
        supports.add(proposal, by=person(f"member{number}"))
    supports.fold()
    reviews.become_due(proposal, support=6)
    steps = {
        "referred": _refer_parking,
        "second_referral": _refer,
        "supplement": _ask,
        "declined": _decline,
    }
    if walks in steps:
        steps[walks](proposal)


def _official(proposal: Proposal) -> User:
    """The official of the demo who answers for the proposal's department."""
    department = proposal.department
    in_traffic = department is not None and department.code == "traffic"
    return person("official.traffic" if in_traffic else "official.smart")


def _refer(proposal: Proposal) -> None:
    official = _official(proposal)
    reviews.review(
        proposal, by=official, opinion="법령과 예산에 걸림이 없어 시험해 볼 만합니다. (표본)"
    )
    reviews.refer(
        proposal,
        by=official,
        reason="주민과 함께 시험할 일이므로 리빙랩 협의체의 의결을 구합니다. (표본)",
    )


def _refer_parking(proposal: Proposal) -> None:
    official = _official(proposal)
    supplements.ask(
        proposal,
        by=official,
        reason="어느 골목이 가장 심한지, 낮에 비는 주차면이 얼마나 되는지 알려 주세요. (표본)",
    )
    supplements.supply(
        proposal,
        by=person("citizen1"),
        text="상살미마을 안쪽 골목이 가장 심합니다. 낮에는 절반쯤 비어 있습니다. (표본)",
    )
    reviews.review(
        proposal, by=official, opinion="주차면 소유자와 협약하면 시험할 수 있습니다. (표본)"
    )
    asked = opinions.ask(
        proposal,
        by=official,
        departments=[Department.objects.get(code="smart-city")],
        reason="스마트시티담당관에 시범 사업과 함께 할 수 있는지 묻습니다. (표본)",
    )
    opinions.give(
        asked[0],
        by=person("official.smart"),
        opinion="예비 사업 예산으로 함께 추진할 수 있습니다. (표본)",
    )
    reviews.refer(
        proposal,
        by=official,
        reason="주민이 직접 운영할 일이므로 리빙랩 협의체가 정하는 것이 맞습니다. (표본)",
    )


def _ask(proposal: Proposal) -> None:
    official = _official(proposal)
    supplements.ask(
        proposal, by=official, reason="어느 경로당에서 먼저 하면 좋을지 알려 주세요. (표본)"
    )


def _decline(proposal: Proposal) -> None:
    official = _official(proposal)
    reviews.review(proposal, by=official, opinion="비슷한 사업이 이미 있습니다. (표본)")
    written = {
        "decision": Decision.ALREADY_DONE,
        "reason": (
            "빈 점포를 빌려 쓰는 사업을 이미 하고 있습니다. 신청 방법을 알려 드립니다. (표본)"
        ),
        "reflection": Reflection.NONE,
    }
    drafted = answers.draft(proposal, by=official, written=written)
    answers.publish(answers.propose(drafted, by=official), by=person("approver.smart"))
