"""What the demo city carries out. All of it is sample data, made as people make it."""

from datetime import timedelta
from typing import NamedTuple

from django.utils import timezone

from portal.accounts.domain.cast import person
from portal.accounts.models import Department, User
from portal.delivery.domain import marks, milestones, papers, plans, remarks, tallies, wordings
from portal.delivery.models import Plan, Wording
from portal.proposals.domain import answers, proposals, reviews, supports
from portal.proposals.models import Area, Decision, District, Issue, Proposal, Reflection

SUPPORTERS = range(1, 7)


class Promise(NamedTuple):
    """A sample proposal that the city accepted, and the words of its answer and plan."""

    title: str
    problem: str
    solution: str
    place: str
    answer: str
    summary: str


RUNNING = Promise(
    "버스 정류장에 따뜻한 의자를 놓아 주세요",
    "겨울이면 어르신들이 찬 의자에 앉아 버스를 기다립니다.",
    "이용객이 많은 정류장부터 온열 의자를 놓아 주세요.",
    "소사역 앞 정류장",
    "이용객이 많은 정류장부터 온열 의자를 놓겠습니다. (표본)",
    "정류장 세 곳을 골라 온열 의자를 놓고 겨울 동안 써 본 뒤 늘립니다. (표본)",
)
DONE = Promise(
    "학교 앞 골목에 반사경을 달아 주세요",
    "골목이 꺾여 차와 아이들이 서로 보지 못합니다.",
    "꺾이는 곳에 반사경을 달아 주세요.",
    "상살미마을 안길",
    "현장을 확인하고 반사경을 달겠습니다. (표본)",
    "꺾이는 곳 두 군데에 반사경을 답니다. (표본)",
)
WORDS = [
    (
        "현장 확인 뒤 답변",
        (
            "“{제목}” 제안을 보내 주셔서 고맙습니다. {부서} 담당자가 현장({장소})을 "
            "확인하고 {답변 기한}까지 답변드리겠습니다. 문의: {전화}"
        ),
    ),
    (
        "이미 하고 있는 일",
        (
            "제안하신 일은 우리 시가 이미 하고 있습니다. 자세한 내용은 {부서}({전화})에서 "
            "알려 드립니다."
        ),
    ),
]


def load() -> None:
    """Carry out what is not there yet; a second time changes nothing."""
    if not Plan.objects.filter(proposal__title=RUNNING.title).exists():
        _run(_promised(RUNNING))
    if not Plan.objects.filter(proposal__title=DONE.title).exists():
        _finish(_promised(DONE))
    for code, official in (("traffic", "official.traffic"), ("smart-city", "official.smart")):
        _keep_words(Department.objects.get(code=code), person(official))
    tallies.follow()


def _keep_words(department: Department, official: User) -> None:
    for title, text in WORDS:
        if not Wording.objects.filter(department=department, title=title).exists():
            wordings.keep(None, by=official, department=department, title=title, text=text)


def _promised(promise: Promise) -> Proposal:
    """Let a proposal walk to an answer of two people that accepts it."""
    author, official = person("citizen1"), person("official.traffic")
    written = {
        "title": promise.title,
        "problem": promise.problem,
        "solution": promise.solution,
        "place": promise.place,
        "area": Area.objects.get(code="housing-transport"),
        "issue": Issue.objects.get(code="traffic-safety"),
        "district": District.objects.get(code="sosa"),
    }
    proposal = proposals.publish(proposals.draft(by=author, written=written), by=author)
    for number in SUPPORTERS:
        supports.add(proposal, by=person(f"member{number}"))
    supports.fold()
    reviews.become_due(proposal, support=len(SUPPORTERS))
    reviews.review(proposal, by=official, opinion="현장과 예산을 확인했습니다. (표본)")
    remarks.write(proposal, by=official, text="현장 담당 주무관과 통화했습니다. (표본)")
    answer = answers.draft(
        proposal,
        by=official,
        written={
            "decision": Decision.ACCEPTED,
            "reason": promise.answer,
            "reflection": Reflection.FULL,
            "reflected_in": "plan",
            "reflected_ref": "교통약자 이동편의 계획 (표본)",
            "planned_on": timezone.localdate() + timedelta(days=120),
        },
    )
    answers.propose(answer, by=official)
    answers.publish(answer, by=person("approver"))
    return Proposal.objects.get(pk=proposal.pk)


def _run(proposal: Proposal) -> None:
    """A plan on its way: one step reached, one put off, one still to come."""
    today, official = timezone.localdate(), person("official.traffic")
    steps = [
        {"title": "정류장 고르기", "weight": 20, "due_on": today},
        {"title": "온열 의자 놓기", "weight": 50, "due_on": today + timedelta(days=20)},
        {"title": "써 본 뒤 정리하기", "weight": 30, "due_on": today + timedelta(days=110)},
    ]
    plan = plans.begin(proposal, by=official, summary=RUNNING.summary, milestones=steps)
    first, second, _third = plan.milestones.select_related("plan__proposal")
    milestones.advance(first, by=official, percent=100)
    milestones.advance(second, by=official, percent=40)
    milestones.slip(
        second,
        by=official,
        until=today + timedelta(days=45),
        reason="의자를 만드는 데 시간이 더 걸립니다. (표본)",
    )
    papers.enter(
        plan,
        by=official,
        source="city",
        title="온열 의자 (표본)",
        planned=18_000_000,
        spent=6_000_000,
    )
    for number, score in zip(SUPPORTERS, (5, 4, 4, 5, 3, 4), strict=True):
        marks.give(proposal, by=person(f"member{number}"), kind="answer", score=score)


def _finish(proposal: Proposal) -> None:
    """A plan that is done, with evidence, and rated by those who wanted it."""
    today, official = timezone.localdate(), person("official.traffic")
    steps = [{"title": "반사경 달기", "weight": 100, "due_on": today}]
    plan = plans.begin(proposal, by=official, summary=DONE.summary, milestones=steps)
    papers.enter(
        plan,
        by=official,
        source="city",
        title="반사경 두 개 (표본)",
        planned=900_000,
        spent=850_000,
    )
    milestones.advance(
        plan.milestones.select_related("plan__proposal").get(), by=official, percent=100
    )
    plans.complete(
        plan,
        by=official,
        outcome="두 군데에 반사경을 달았습니다. (표본)",
        evidence={"title": "설치 안내 (표본)", "url": "https://example.org/mirror"},
    )
    marks.give(
        proposal,
        by=person("citizen1"),
        kind="result",
        score=5,
        comment="아이들과 다니기 한결 낫습니다. (표본)",
    )
