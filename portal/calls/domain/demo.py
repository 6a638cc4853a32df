"""Calls and local problems of the demo city. All of it is sample data, made as people make it."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.accounts.domain.cast import person
from portal.accounts.models import Department
from portal.calls.domain import calls, demo_problems, entries, jury, teams
from portal.calls.models import Call, CallKind, EntryForm, Track
from portal.proposals.models import Area, District

OPEN_TITLE = "상살미마을 골목을 바꾸는 생각 공모"
JUDGED_TITLE = "생활 데이터 아이디어톤: 걷기 좋은 동네"
PRIZES = [5_000_000, 3_000_000, 1_000_000]
DONE_TITLE = "우리 동네 쓰레기 줄이기 아이디어 공모"


def load() -> None:
    """Make the sample calls and problems that are not there yet."""
    makers = {OPEN_TITLE: _open, JUDGED_TITLE: _judged, DONE_TITLE: _done}
    for title, make in makers.items():
        if not Call.objects.filter(title=title).exists():
            make()
    demo_problems.load()


def _plan(title: str, *, kind: str, text: str, opens: int, closes: int, **more: Any) -> Call:
    """Plan a call whose dates lie ``opens`` and ``closes`` days from now, as an official does."""
    official = person("official.smart")
    now = timezone.now()
    # What has closed takes its entries first: they are handed in today.
    first, last = now + timedelta(days=opens), now + timedelta(days=max(closes, 1))
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


def _judge(call: Call, *, closed: int) -> None:
    """Let the call have closed so many days ago, and begin to judge it."""
    _draw_near(call, call.opens_at, timezone.now() - timedelta(days=closed))
    calls.begin_judging(call, by=None)


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
    _judge(call, closed=3)
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
    _judge(call, closed=10)
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
