"""Local problems of the demo city. All of it is sample data, made as people make it."""

from typing import NamedTuple

from portal.accounts.domain.cast import person
from portal.accounts.models import Department
from portal.calls.domain import problems
from portal.calls.models import Problem
from portal.proposals.models import District

MANY = 3


def load() -> None:
    """Report the sample problems that are not there yet."""
    for sample in PROBLEMS:
        if not Problem.objects.filter(title=sample.title).exists():
            _walk(sample)


class Sample(NamedTuple):
    """A sample problem: its words, its place, who reports it and how far it has walked."""

    title: str
    text: str
    district: str
    place: str
    point: tuple[float, float] | None
    reporter: str
    walks: str
    voices: int


PROBLEMS = [
    Sample(
        "상살미마을 입구 가로등이 깜빡입니다",
        "보름쯤 전부터 밤마다 꺼졌다 켜졌다 합니다. 아이들이 학원에서 올 때 무섭습니다. (표본)",
        "wonmi",
        "상살미마을 입구",
        (37.4921, 126.7812),
        "citizen1",
        "handled",
        4,
    ),
    Sample(
        "소사역 앞 횡단보도에 물이 고입니다",
        "비가 오면 건널목 앞에 물이 고여 휠체어가 지나갈 수 없습니다. (표본)",
        "sosa",
        "소사역 1번 출구",
        (37.4826, 126.7952),
        "citizen2",
        "shared",
        6,
    ),
    Sample(
        "공원 화장실 문이 잠기지 않습니다",
        "가운데 칸의 걸쇠가 빠졌습니다. (표본)",
        "wonmi",
        "중앙공원",
        (37.5037, 126.7659),
        "citizen3",
        "solved",
        2,
    ),
    Sample(
        "골목 전봇대에 광고물이 쌓입니다",
        "떼어도 다음 날이면 다시 붙습니다. (표본)",
        "ojeong",
        "",
        None,
        "member1",
        "not_solved",
        1,
    ),
    Sample(
        "버스 정류장 의자가 부서졌습니다",
        "어르신들이 서서 기다리십니다. (표본)",
        "ojeong",
        "오정초등학교 앞",
        (37.5217, 126.7723),
        "member2",
        "received",
        0,
    ),
]


def _walk(sample: Sample) -> None:
    """Report a sample problem and take it as far as its part in the demo asks."""
    written = {
        "title": sample.title,
        "text": sample.text,
        "district": District.objects.get(code=sample.district),
        "place": sample.place,
        "latitude": sample.point[0] if sample.point else None,
        "longitude": sample.point[1] if sample.point else None,
        "is_sample": True,
    }
    problem = problems.report(by=person(sample.reporter), written=written)
    if sample.walks == "received":
        return
    official = person("official.traffic")
    traffic = Department.objects.get(code="traffic")
    problems.share(
        problem, by=official, department=traffic, reason="살펴보고 이웃과 나눕니다. (표본)"
    )
    for number in range(3, 3 + sample.voices):
        problems.back(problem, by=person(f"member{number}"))
    if sample.voices > MANY:
        problems.weigh(problem, by=person("member3"))
    _end(problem, sample.walks)


def _end(problem: Problem, walks: str) -> None:
    official = person("official.traffic")
    if walks in {"handled", "solved"}:
        problems.handle(problem, by=official, reason="이번 주에 현장을 살핍니다. (표본)")
    if walks == "solved":
        problems.solve(problem, by=official, reason="걸쇠를 새로 달았습니다. (표본)")
    if walks == "not_solved":
        problems.drop(
            problem,
            by=official,
            reason="사유지여서 시가 손댈 수 없습니다. 소유자께 알렸습니다. (표본)",
        )
    if walks == "shared":
        offer = {
            "company": "물길기술(표본)",
            "text": "빗물을 빨아들이는 보도블록을 시험할 수 있습니다.",
        }
        problems.offer(problem, by=person("member8"), written=offer)
