"""Proposals of the demo city that show how the city examines and answers. All of it is sample data.

Among them are one whose answer is months late, one that is due today, and one in each stage.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.accounts.domain.cast import person
from portal.accounts.models import Department
from portal.proposals.domain import (
    answers,
    assignments,
    clocks,
    opinions,
    proposals,
    reexaminations,
    reviews,
    supplements,
    supports,
)
from portal.proposals.domain.demo import Idea, publish
from portal.proposals.models import Decision, ExtensionGround, Pause, Proposal

MONTHS_LATE = 240
SINCE_ASKED = 11


def load() -> None:
    """Write the sample proposals that are not there yet, and let each walk its way."""
    for idea, walk in WALKS:
        if not Proposal.objects.filter(title=idea.title).exists():
            with transaction.atomic():
                walk(publish(idea))
    supports.fold()


def _idea(title: str, problem: str, solution: str, author: str = "citizen1") -> Idea:
    """An idea about the streets of the village: the demo's traffic division answers it."""
    where = ("housing-transport", "traffic-safety", "wonmi")
    return Idea(title, problem, solution, *where, author, "", "상살미마을")


def receive(proposal: Proposal, on: date | None = None) -> Proposal:
    """Let six people support it, and a department owe the answer since ``on``."""
    for number in range(1, 7):
        supports.add(proposal, by=person(f"member{number}"))
    reviews.become_due(proposal, on=on, support=6)
    if on:
        set_back(proposal, to=on)
    return proposal


def set_back(proposal: Proposal, *, to: date) -> None:
    """Let a sample look as if it had been received on the day ``to``."""
    then = timezone.now() - (timezone.localdate() - to)
    Proposal.objects.filter(pk=proposal.pk).update(
        published_at=then,
        state_since=then,
        clock_started_on=to,
        due_on=clocks.due_from(to, days=settings.ANSWER_DAYS),
    )
    proposals.note_step(proposal, "backdated", by=None)


def deal(proposal: Proposal) -> Proposal:
    """Name the official of the demo, who writes the preliminary review."""
    assignments.assign(proposal, by=person("approver"), official=person("official.traffic"))
    return reviews.review(
        proposal,
        by=person("official.traffic"),
        opinion="현장 여건과 예산을 확인하고 있습니다. (표본)",
    )


def _months_late(proposal: Proposal) -> None:
    receive(proposal, on=timezone.localdate() - timedelta(MONTHS_LATE))
    deal(proposal)


def _due_today(proposal: Proposal) -> None:
    """Receive it so long ago that the answer is due today, or when offices open next."""
    today = timezone.localdate()
    starts = (today - timedelta(days) for days in range(50, 20, -1))
    receive(proposal, on=next(day for day in starts if clocks.due_from(day, days=30) >= today))
    deal(proposal)


def _before_approver(proposal: Proposal) -> None:
    deal(receive(proposal))
    _propose(
        proposal,
        decision=Decision.NOT_FEASIBLE,
        reason="도로 폭이 좁아 소방차가 지날 수 없게 됩니다. (표본)",
        reflection="none",
    )


def _accepted_in_part(proposal: Proposal) -> None:
    deal(receive(proposal))
    answer = _propose(
        proposal,
        decision=Decision.PARTLY,
        reason="학교 앞 두 곳에 먼저 설치하고 효과를 본 뒤 넓히겠습니다. (표본)",
        reflection="partly",
        reflected_in="budget",
        reflected_ref="내년도 교통안전시설 예산 (표본)",
        cost_won=18_000_000,
        period_from=timezone.localdate() + timedelta(60),
        period_to=timezone.localdate() + timedelta(180),
        planned_on=timezone.localdate() + timedelta(180),
    )
    answers.publish(answer, by=person("approver"))


def _propose(proposal: Proposal, **written: Any) -> Any:
    official = person("official.traffic")
    return answers.propose(answers.draft(proposal, by=official, written=written), by=official)


def _others_asked(proposal: Proposal) -> None:
    deal(receive(proposal))
    official = person("official.traffic")
    opinions.ask(
        proposal,
        by=official,
        reason="감지기 자료를 함께 쓸 수 있는지 알려 주세요. (표본)",
        departments=[Department.objects.get(code="smart-city")],
        outside="도로 안전 전문가 (표본)",
    )
    opinions.plan_visit(
        proposal,
        by=official,
        at=timezone.now() + timedelta(days=5),
        place="상살미마을 어귀",
        who="교통정책과 최교통, 제안자",
    )


def _later(proposal: Proposal) -> None:
    deal(receive(proposal))
    official = person("official.traffic")
    clocks.reply_meanwhile(
        proposal, by=official, text="교통량을 재고 있습니다. 결과가 나오면 답변하겠습니다. (표본)"
    )
    clocks.extend(
        proposal,
        by=official,
        ground=ExtensionGround.INQUIRY,
        days=20,
        reason="두 주 동안의 교통량 조사가 더 필요합니다. (표본)",
    )


def _lapsed(proposal: Proposal) -> None:
    receive(proposal)
    supplements.ask(
        proposal,
        by=person("official.traffic"),
        reason="어느 시간대에 가장 위험한지 알려 주세요. (표본)",
    )
    today = timezone.localdate()
    set_back(proposal, to=today - timedelta(SINCE_ASKED))
    Pause.objects.filter(proposal=proposal).update(
        asked_on=today - timedelta(SINCE_ASKED), due_on=today - timedelta(3)
    )


def _converted(proposal: Proposal) -> None:
    receive(proposal)
    assignments.convert(
        proposal,
        by=person("official.traffic"),
        kind="suggestion",
        reason="고장 난 시설을 고쳐 달라는 요청이므로 민원으로 처리합니다. (표본)",
    )


def _examined_again(proposal: Proposal) -> None:
    deal(receive(proposal))
    answer = _propose(
        proposal,
        decision=Decision.NOT_FEASIBLE,
        reason="차량 통행이 많아 어렵습니다. (표본)",
        reflection="none",
    )
    answers.publish(answer, by=person("approver"))
    reexaminations.ask(
        proposal,
        by=proposal.author,
        kind="refused",
        reason="저녁 여섯 시 뒤에는 차가 거의 없습니다. 그 시간만이라도 다시 봐 주세요. (표본)",
    )


WALKS: list[tuple[Idea, Callable[[Proposal], None]]] = [
    (
        _idea(
            "버스 정류장에 온열 의자를 놓아 주세요",
            "겨울에 어르신들이 찬 의자에서 오래 기다립니다.",
            "전기를 적게 쓰는 온열 의자를 네 곳에 먼저 놓아 주세요.",
        ),
        _months_late,
    ),
    (
        _idea(
            "골목 보안등을 사람이 지나면 밝아지게 해 주세요",
            "밤길이 어두워 늦게 다니기 무섭습니다.",
            "움직임을 알아채는 보안등으로 바꾸어 주세요.",
            "citizen2",
        ),
        _due_today,
    ),
    (
        _idea(
            "좁은 골목 한쪽에 화분 거리를 만들어 주세요",
            "골목이 삭막하고 불법 주차가 많습니다.",
            "한쪽에 큰 화분을 놓아 걷기 좋게 해 주세요.",
        ),
        _before_approver,
    ),
    (
        _idea(
            "학교 앞 횡단보도에 그림자 조명을 비춰 주세요",
            "비 오는 저녁에는 횡단보도가 보이지 않습니다.",
            "바닥을 비추는 조명을 학교 앞 네 곳에 달아 주세요.",
            "citizen3",
        ),
        _accepted_in_part,
    ),
    (
        _idea(
            "마을 어귀 과속을 알려 주는 표지를 세워 주세요",
            "마을로 들어오는 차들이 속도를 줄이지 않습니다.",
            "속도를 보여 주는 표지와 감지기를 시험해 주세요.",
            "citizen2",
        ),
        _others_asked,
    ),
    (
        _idea(
            "시장 앞 신호를 어르신 걸음에 맞춰 주세요",
            "초록불이 짧아 어르신들이 길 가운데에서 멈춥니다.",
            "보행 신호를 다섯 초만 늘려 주세요.",
            "citizen3",
        ),
        _later,
    ),
    (
        _idea(
            "자전거 도로 끊긴 곳을 이어 주세요",
            "자전거 도로가 교차로마다 끊깁니다.",
            "끊긴 곳에 색을 칠해 이어 주세요.",
        ),
        _lapsed,
    ),
    (
        _idea(
            "깨진 보도블록을 고쳐 주세요",
            "보도블록이 깨져 유모차가 다니기 어렵습니다.",
            "깨진 곳을 새 블록으로 바꾸어 주세요.",
            "citizen2",
        ),
        _converted,
    ),
    (
        _idea(
            "저녁에 마을 길을 차 없는 거리로 해 주세요",
            "아이들이 놀 곳이 길뿐인데 차가 다닙니다.",
            "저녁 두 시간만 차 없는 거리로 시험해 주세요.",
            "citizen3",
        ),
        _examined_again,
    ),
]
