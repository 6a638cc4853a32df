"""The pages of plans and marks, as visitors, citizens and officials meet them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from portal.delivery.domain import marks, papers, plans
from portal.delivery.models import Mark, Plan, PlanState
from portal.proposals.models import CountedSupport, ProposalState
from portal.quarantine.domain import files
from tests.factories.delivery import PlanFactory, milestones_typed
from tests.factories.portal import ProposalFactory, UserFactory

S = ProposalState


def in_days(days):
    return timezone.localdate() + timedelta(days)


def at(plan, name, *more):
    return reverse(f"delivery:{name}", args=[plan.pk, *more])


def test_anyone_reads_a_plan_in_numbers_and_words(client, omar):
    plan = PlanFactory(due_in=(-2, 40))
    papers.enter(plan, by=omar, source="city", title="공사", planned=1_000_000, spent=250_000)

    page = client.get(plan.get_absolute_url()).text

    assert "2 days late" in page
    assert "0% done" in page
    assert "750,000" in page
    assert "Put it off" not in page


def test_the_page_of_the_proposal_shows_the_plan(client, db):
    plan = PlanFactory()

    page = client.get(plan.proposal.get_absolute_url()).text

    assert "How it is carried out" in page
    assert "단계 1" in page
    assert plan.get_absolute_url() in page


def test_an_accepted_proposal_says_that_there_is_no_plan_yet(client, db):
    proposal = ProposalFactory(state=S.ADOPTED)

    page = client.get(proposal.get_absolute_url()).text

    assert "has not said yet how and until when" in page


def test_a_hidden_proposal_hides_its_plan(client, zoe):
    plan = PlanFactory(proposal=ProposalFactory(state=S.ADOPTED, visibility="hidden"))
    client.force_login(zoe)

    assert client.get(plan.get_absolute_url()).status_code == 404
    assert plan.proposal.title not in client.get(reverse("delivery:list")).text


def test_an_official_makes_a_plan(client, omar):
    proposal = ProposalFactory(state=S.ADOPTED)
    client.force_login(omar)
    rows = milestones_typed(("설계", in_days(10), 40), ("시공", in_days(60), 60), ("", "", ""))

    answer = client.post(
        reverse("delivery:begin", args=[proposal.pk]), {"summary": "이렇게 합니다.", **rows}
    )

    plan = Plan.objects.get(proposal=proposal)
    assert answer.url == plan.get_absolute_url()
    assert [m.weight for m in plan.milestones.all()] == [40, 60]


def test_crooked_weights_are_said_and_what_was_typed_stays(client, omar):
    proposal = ProposalFactory(state=S.ADOPTED)
    client.force_login(omar)
    rows = milestones_typed(("설계하기", in_days(10), 40), ("", "", ""))

    page = client.post(
        reverse("delivery:begin", args=[proposal.pk]), {"summary": "이렇게", **rows}
    ).text

    assert "make 40 together" in page
    assert "설계하기" in page
    assert not Plan.objects.exists()


@pytest.mark.parametrize("weight", ["0", "101", "many", ""])
def test_a_weight_that_is_none_is_refused_with_a_sentence(client, omar, weight):
    proposal = ProposalFactory(state=S.ADOPTED)
    client.force_login(omar)
    rows = milestones_typed(("설계", in_days(10), weight))

    answer = client.post(
        reverse("delivery:begin", args=[proposal.pk]), {"summary": "이렇게", **rows}
    )

    assert answer.status_code == 422
    assert "Please check the milestones" in answer.text


def test_a_row_that_is_begun_is_to_be_finished(client, omar):
    proposal = ProposalFactory(state=S.ADOPTED)
    client.force_login(omar)
    rows = milestones_typed(("설계", in_days(10), 100), ("시공", "", ""))

    page = client.post(
        reverse("delivery:begin", args=[proposal.pk]), {"summary": "이렇게", **rows}
    ).text

    assert page.count("This field is required.") >= 2
    assert "시공" in page
    assert not Plan.objects.exists()


def test_an_official_reworks_milestones(client, omar):
    plan = PlanFactory()
    first, second = plan.milestones.all()
    client.force_login(omar)
    rows = milestones_typed(
        ("단계 하나", first.due_on, 20, first.pk),
        ("단계 둘", second.due_on, 80, second.pk),
        initial=2,
    )

    client.post(at(plan, "rework"), {"reason": "나누었습니다.", **rows})

    assert [(m.title, m.weight) for m in plan.milestones.all()] == [
        ("단계 하나", 20),
        ("단계 둘", 80),
    ]


def test_an_official_keeps_a_plan_to_its_end(client, omar):
    plan = PlanFactory(due_in=(5,))
    step = plan.milestones.get()
    client.force_login(omar)

    client.post(at(plan, "slip", step.pk), {"until": in_days(9), "reason": "비가 왔습니다."})
    client.post(
        at(plan, "enter"), {"source": "city", "title": "공사", "planned": "1,000", "spent": 0}
    )
    line = plan.budget_lines.get()
    client.post(at(plan, "correct", line.pk), {"planned": 900, "spent": 800, "reason": "정산"})
    client.post(at(plan, "show"), {"title": "사진", "url": "https://example.org/photo"})
    client.post(at(plan, "progress", step.pk), {"percent": 100, "done_on": ""})
    client.post(
        at(plan, "complete"),
        {"outcome": "열었습니다.", "title": "결과", "url": "https://example.org/end"},
    )

    ended = Plan.objects.get(pk=plan.pk)
    assert ended.state == PlanState.COMPLETED
    assert ended.percent == 100
    assert ended.budget_lines.get().remaining == 100
    assert "비가 왔습니다." in client.get(plan.get_absolute_url()).text


def test_completing_too_early_is_a_refused_step(client, omar):
    plan = PlanFactory()
    client.force_login(omar)

    answer = client.post(
        at(plan, "complete"), {"outcome": "끝", "title": "결과", "url": "https://example.org"}
    )

    assert answer.status_code == 409
    assert "Still to be reached" in answer.text


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("show", {"title": "사진"}),
        ("show", {"title": "사진", "url": "javascript:alert(1)"}),
        ("enter", {"source": "city", "title": "돈", "planned": "-5", "spent": "0"}),
        ("enter", {"source": "moon", "title": "돈", "planned": "5", "spent": "0"}),
        ("give_up", {"reason": "  "}),
    ],
)
def test_what_cannot_be_is_asked_again(client, omar, name, typed):
    plan = PlanFactory()
    client.force_login(omar)

    answer = client.post(at(plan, name), typed)

    assert answer.status_code == 422
    assert "Please check what you have entered" in answer.text


def test_a_false_file_is_not_taken(client, omar):
    plan = PlanFactory()
    client.force_login(omar)
    file = SimpleUploadedFile("사진.png", b"<script>alert(1)</script>")

    page = client.post(at(plan, "show"), {"title": "사진", "file": file}).text

    assert "is not what its name says" in page
    assert not plan.evidence.exists()


def test_evidence_is_handed_out_as_a_file_that_runs_nothing(client, omar):
    plan = PlanFactory()
    file = SimpleUploadedFile('"><b>.pdf', b"%PDF-1.4")
    piece = papers.show(plan, by=omar, title="<script>x</script>", file=file)
    files.check_waiting()

    response = client.get(piece.get_absolute_url())
    page = client.get(plan.get_absolute_url()).text

    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    assert "<script>x" not in page
    assert client.get(at(PlanFactory(), "evidence_file", piece.pk)).status_code == 404


@pytest.mark.parametrize("name", ["rework", "enter", "show", "complete", "give_up"])
def test_others_may_not_keep_a_plan(client, wendy, ana, name):
    plan = PlanFactory(proposal=ProposalFactory(author=ana, state=S.ADOPTED))

    assert client.get(at(plan, name)).status_code == 302
    for person in (wendy, ana):
        client.force_login(person)
        assert client.get(at(plan, name)).status_code == 403


def test_the_list_of_plans_asks_as_often_for_three_as_for_one(
    client, db, django_assert_num_queries, django_assert_max_num_queries
):
    PlanFactory()
    address = reverse("delivery:list")
    with django_assert_max_num_queries(8) as asked:
        client.get(address)
    PlanFactory()
    PlanFactory()

    with django_assert_num_queries(len(asked)):
        client.get(address)


def test_the_page_of_a_plan_asks_as_often_for_many_steps(
    client, omar, django_assert_num_queries, django_assert_max_num_queries
):
    small, large = PlanFactory(), PlanFactory(due_in=(1, 2, 3, 4, 5))
    for number in range(3):
        papers.enter(large, by=omar, source="city", title=str(number), planned=1, spent=0)
        papers.show(large, by=omar, title=str(number), url="https://example.org")
    with django_assert_max_num_queries(12) as asked:
        client.get(small.get_absolute_url())

    with django_assert_num_queries(len(asked)):
        client.get(large.get_absolute_url())


# Judging


def test_the_department_reads_why_at_the_same_cost(
    client, omar, django_assert_num_queries, django_assert_max_num_queries
):
    proposal = ProposalFactory(state=S.ADOPTED)
    address = reverse("delivery:comments", args=[proposal.pk])
    marks.give(proposal, by=UserFactory(), kind="answer", score=2, comment="Too late")
    client.force_login(omar)
    client.get(address)
    with django_assert_max_num_queries(10) as asked:
        client.get(address)
    for reason in ("Too short", "Too long"):
        marks.give(proposal, by=UserFactory(), kind="answer", score=2, comment=reason)

    with django_assert_num_queries(len(asked)):
        shown = client.get(address).text
    assert [word for word in ("late", "short", "long") if f"Too {word}" in shown] == [
        "late",
        "short",
        "long",
    ]


def supported(proposal, person):
    CountedSupport.objects.create(proposal=proposal, person=person)
    return proposal


def rate(proposal, kind):
    return reverse("delivery:rate", args=[proposal.pk, kind])


def test_a_supporter_rates_the_answer_once_and_may_change_it(client, zoe):
    proposal = supported(ProposalFactory(state=S.NOT_ADOPTED), zoe)
    client.force_login(zoe)

    client.post(rate(proposal, "answer"), {"score": 2, "comment": "이유가 모자랍니다."})
    client.post(rate(proposal, "answer"), {"score": 4, "comment": ""})

    assert Mark.objects.get().score == 4
    assert "Change your rating of the answer" in client.get(proposal.get_absolute_url()).text


def test_the_result_is_rated_after_completion(client, ana):
    running = PlanFactory(proposal=ProposalFactory(author=ana, state=S.ADOPTED))
    done = PlanFactory(
        proposal=ProposalFactory(author=ana, state=S.ADOPTED), state=PlanState.COMPLETED
    )
    client.force_login(ana)

    assert client.get(rate(running.proposal, "result")).status_code == 403
    assert client.post(rate(done.proposal, "result"), {"score": 5}).status_code == 302
    assert client.get(rate(done.proposal, "price")).status_code == 404


@pytest.mark.parametrize("score", ["0", "6", "", "best"])
def test_a_mark_that_is_none_is_asked_again(client, ana, score):
    proposal = ProposalFactory(author=ana, state=S.ADOPTED)
    client.force_login(ana)

    answer = client.post(rate(proposal, "answer"), {"score": score})

    assert "Please check what you have entered" in answer.text
    assert not Mark.objects.exists()


def test_after_some_days_a_mark_stays(client, ana):
    proposal = ProposalFactory(author=ana, state=S.ADOPTED)
    client.force_login(ana)
    client.post(rate(proposal, "answer"), {"score": 2})
    Mark.objects.update(given_at=timezone.now() - timedelta(days=15))

    answer = client.post(rate(proposal, "answer"), {"score": 5})

    assert answer.status_code == 409
    assert "15 days" not in answer.text
    assert Mark.objects.get().score == 2


def test_the_mean_is_shown_from_five_on(client, db):
    proposal = ProposalFactory(state=S.ADOPTED)
    for score in (5, 4, 4, 5):
        Mark.objects.create(proposal=proposal, person=UserFactory(), kind="answer", score=score)
    few = client.get(proposal.get_absolute_url()).text
    Mark.objects.create(proposal=proposal, person=UserFactory(), kind="answer", score=2)

    enough = client.get(proposal.get_absolute_url()).text

    assert "shown from 5 ratings on" in few
    assert "4.0" in enough


def test_the_sums_follow_every_change(db):
    proposal = ProposalFactory(state=S.ADOPTED)
    marks = [
        Mark.objects.create(proposal=proposal, person=UserFactory(), kind="answer", score=score)
        for score in (1, 3)
    ]

    Mark.objects.filter(pk=marks[0].pk).update(score=5)
    marks[1].delete()

    found = proposal.mark_sums.get()
    assert (found.n, found.total) == (1, 5)


def test_only_the_department_reads_what_was_written(client, ana, omar, wendy):
    proposal = ProposalFactory(author=ana, state=S.ADOPTED)
    Mark.objects.create(
        proposal=proposal, person=ana, kind="answer", score=1, comment="전화가 없었습니다."
    )
    address = reverse("delivery:comments", args=[proposal.pk])

    client.force_login(omar)
    assert "전화가 없었습니다." in client.get(address).text
    assert "아나연" not in client.get(address).text
    for person in (wendy, ana):
        client.force_login(person)
        assert client.get(address).status_code == 403
        assert "전화가 없었습니다." not in client.get(proposal.get_absolute_url()).text


def test_beginning_through_the_page_is_the_same_as_in_the_domain(client, omar):
    plan = PlanFactory()
    client.force_login(omar)
    rows = milestones_typed(("설계", in_days(10), 100))

    answer = client.post(
        reverse("delivery:begin", args=[plan.proposal_id]), {"summary": "또", **rows}
    )

    assert answer.status_code == 409
    assert plans.last_day(plan) == in_days(40)
