"""Calls and local problems of the demo city. All of it is sample data, made as people make it."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from portal.accounts.domain.cast import person
from portal.accounts.models import Department
from portal.calls.domain import calls, entries, jury, problems, teams
from portal.calls.models import Call, CallKind, EntryForm, Problem, Track
from portal.proposals.models import Area, District

OPEN_TITLE = "상살미마을 골목을 바꾸는 생각 공모"
JUDGED_TITLE = "생활 데이터 아이디어톤: 걷기 좋은 동네"
PRIZES = [5_000_000, 3_000_000, 1_000_000]
MANY = 3
DONE_TITLE = "우리 동네 쓰레기 줄이기 아이디어 공모"


def load() -> None:
    """Make the sample calls and problems that are not there yet."""
    makers = {OPEN_TITLE: _open, JUDGED_TITLE: _judged, DONE_TITLE: _done}
    for title, make in makers.items():
        if not Call.objects.filter(title=title).exists():
            make()
    for sample in PROBLEMS:
        if not Problem.objects.filter(title=sample.title).exists():
            _walk(sample)


def _plan(title: str, *, kind: str, text: str, opens: int, closes: int, **more: Any) -> Call:
    """Plan a call whose dates lie ``opens`` and ``closes`` days from now, as an official does."""
    official = person("official.smart")
    now = timezone.now()
    first, last = now + timedelta(days=opens), now + timedelta(days=closes)
    applicants = more.pop("applicants")
    written = {
        "kind": kind,
        "title": title,
        "text": text,
        "department": Department.objects.get(code="smart-city"),
        "supporting": [Department.objects.get(code="traffic")],
        # A plan is announced in time: its dates are drawn near only afterwards.
        "opens_at": now + timedelta(days=30),
        "closes_at": now + timedelta(days=60),
        "judged_by": _day(now, 90),
        "results_by": _day(now, 90),
        "is_sample": True,
        **more,
    }
    call = calls.plan(by=official, written=written, applicants=applicants)
    for track in call.tracks.all():
        calls.set_prizes(track, by=official, amounts=PRIZES)
    calls.announce(call, by=official)
    return _draw_near(call, first, last)


@transaction.atomic
def _draw_near(call: Call, first: datetime, last: datetime) -> Call:
    """Put the days of an announced sample where its part in the demo asks."""
    Call.objects.filter(pk=call.pk).update(announced_at=first - timedelta(days=14))
    dates = {
        "opens_at": first,
        "closes_at": last,
        "judged_by": max(_day(last, 14), timezone.localdate()),
        "results_by": max(_day(last, 28), timezone.localdate()),
    }
    return calls.redate(
        call, by=person("official.smart"), dates=dates, reason="표본의 날짜를 맞춥니다. (표본)"
    )


def _day(moment: datetime, days: int) -> date:
    return timezone.localdate(moment + timedelta(days=days))


def _track(call: Call, applicant: str) -> Track:
    return Track.objects.select_related("call").get(call=call, applicant=applicant)


def _open() -> None:
    """A call that takes entries now, with a proposal in the citizens' track."""
    call = _plan(
        OPEN_TITLE,
        kind=CallKind.TOPIC,
        topic="걷기 좋고 세우기 쉬운 골목",
        text="골목의 주차, 보행, 밤길을 함께 나아지게 할 생각을 구합니다. 작은 생각도 좋습니다. "
        "뽑힌 생각은 내년 스마트도시 계획에 반영하고, 반영하지 못하면 까닭을 밝힙니다. (표본)",
        opens=-7,
        closes=21,
        area=Area.objects.get(code="housing-transport"),
        applicants=["citizen", "company", "expert"],
    )
    jury.seat(_track(call, "citizen"), by=person("official.smart"), person=person("expert"))
    calls.open_call(call, by=None)
    written = {
        "title": "골목 모퉁이에 볼록거울과 발판 등을 함께 놓아요",
        "problem": "모퉁이에서 차와 사람이 서로 보이지 않아 놀라는 일이 잦습니다. (표본)",
        "solution": "거울과 함께 바닥 등을 놓아 다가오는 차를 알려 주세요. (표본)",
        "area": Area.objects.get(code="housing-transport"),
        "district": District.objects.get(code="wonmi"),
        "place": "상살미마을",
        "latitude": 37.4872,
        "longitude": 126.8041,
    }
    entries.propose(_track(call, "citizen"), by=person("member3"), written=written)
    team = teams.found(_track(call, "company"), by=person("member4"), name="골목연구소")
    teams.accept(teams.invite(team, by=person("member4")), by=person("member5"))


def _judged() -> None:
    """An ideathon of two days that juries score now."""
    day = timezone.localdate() - timedelta(days=6)
    call = _plan(
        JUDGED_TITLE,
        kind=CallKind.IDEATHON,
        text="이틀 동안 다섯 명 안팎이 한 팀이 되어 걷기 좋은 동네를 궁리합니다. (표본)",
        opens=-30,
        closes=-3,
        event_on=day,
        event_ends_on=day + timedelta(days=1),
        place="시청 어울마당",
        applicants=["citizen", "expert"],
    )
    official = person("official.smart")
    for applicant in ("citizen", "expert"):
        for juror in ("expert", "auditor"):
            jury.seat(_track(call, applicant), by=official, person=person(juror))
    calls.open_call(call, by=None)
    handed = [
        ("citizen", "member1", "그늘을 이어 걷는 길 지도", ""),
        ("citizen", "member2", "계단 없는 길 안내", ""),
        ("expert", "member6", "보행량 감지기로 신호 길이 조절", "걷는도시연구회"),
    ]
    for applicant, who, title, organisation in handed:
        _hand_in(_track(call, applicant), who, title, organisation)
    calls.begin_judging(call, by=None)
    first = call.tracks.get(applicant="citizen").entries.first()
    if first:
        jury.score(
            first, by=person("auditor"), points=_points(7), comment="쓸 곳이 뚜렷합니다. (표본)"
        )


def _done() -> None:
    """A contest with public results and a word on each entry."""
    call = _plan(
        DONE_TITLE,
        kind=CallKind.OPEN,
        text="집과 가게에서 나오는 쓰레기를 줄일 생각을 구했습니다. (표본)",
        opens=-50,
        closes=-10,
        applicants=["citizen", "company"],
    )
    official = person("official.smart")
    for track in call.tracks.all():
        jury.seat(track, by=official, person=person("expert"))
    calls.open_call(call, by=None)
    company = _hand_in(_track(call, "company"), "member8", "다회용 그릇 수거함", "함께그릇(표본)")
    first = _hand_in(_track(call, "citizen"), "member7", "재활용품 가져오는 날 알림", "")
    second = _hand_in(_track(call, "citizen"), "member9", "음식물 통 무게 알려 주기", "")
    calls.begin_judging(call, by=None)
    for entry, value in ((company, 8), (first, 9), (second, 6)):
        entry.track.call.refresh_from_db()
        jury.score(entry, by=person("expert"), points=_points(value))
    told = {
        first: ("used", "내년 청소 계획의 알림 서비스에 넣습니다. (표본)"),
        second: ("not_used", "통을 모두 바꿔야 해 비용이 많이 듭니다. (표본)"),
        company: ("partly", "두 공원에서 먼저 시험합니다. (표본)"),
    }
    for entry, (use, used_in) in told.items():
        entries.say_use(entry, by=official, use=use, used_in=used_in)
    calls.publish(
        call,
        by=official,
        results="세 건을 심사해 한 건을 쓰고 한 건을 일부 씁니다. "
        "쓰지 못한 까닭도 함께 밝힙니다. (표본)",
    )


def _hand_in(track: Track, who: str, title: str, organisation: str) -> Any:
    written = {
        "form": EntryForm.IDEA,
        "title": title,
        "text": "이렇게 하면 누구나 쉽게 함께할 수 있습니다. (표본)",
        "organisation": organisation,
    }
    return entries.submit(track, by=person(who), written=written)


def _points(value: int) -> dict[str, int]:
    """Scores around ``value``, one criterion a little lower."""
    names = ("feasibility", "originality", "effect", "scope", "continuity")
    return {name: value - (name == "scope") for name in names}


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
