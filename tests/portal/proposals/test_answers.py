"""The answer in two pairs of hands, and the second examination."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Role
from portal.audit.domain import log
from portal.notifications.models import Note
from portal.proposals.domain import answers, proposals, reexaminations, reminders, supports
from portal.proposals.models import (
    Announcement,
    Answer,
    AnswerState,
    CountedSupport,
    Decision,
    Ground,
    Proposal,
    ProposalState,
)
from portal.refusals import Refused
from tests.factories.answers import AnswerFactory
from tests.factories.portal import ProposalFactory, UserFactory, appoint

S = ProposalState


@pytest.fixture
def proposal(ana):
    return ProposalFactory(author=ana, state=S.PRELIM_REVIEW)


def written(**words):
    soon = timezone.localdate() + timedelta(days=60)
    return {
        "decision": Decision.ACCEPTED,
        "reason": "We build it.",
        "reflection": "full",
        "reflected_in": "budget",
        "reflected_ref": "2027 roads",
        "planned_on": soon,
        "cost_won": 12_000_000,
        **words,
    }


def refusal(**words):
    return {"decision": Decision.NOT_FEASIBLE, "reason": "The law forbids it.", **words}


def proposed(proposal, by, words):
    return answers.propose(answers.draft(proposal, by=by, written=words), by=by)


def kinds_for(person):
    return list(Note.objects.for_person(person).order_by("pk").values_list("kind", flat=True))


def test_a_draft_has_the_office_and_its_telephone_and_is_nobodys_business(proposal, omar, zoe):
    answer = answers.draft(proposal, by=omar, written={"decision": ""})

    assert (answer.office.code, answer.phone) == ("traffic", "032-000-1100")
    assert not Answer.objects.visible_to(zoe).exists()


def test_an_accepted_proposal_says_when_where_and_what_it_costs(proposal, ana, omar, petra):
    answer = proposed(proposal, omar, written())

    answers.publish(answer, by=petra)

    kept = Proposal.objects.get()
    assert (kept.state, kept.decision) == (S.ADOPTED, Decision.ACCEPTED)
    assert (kept.answered_by, kept.approved_by, kept.answer) == (omar, petra, "We build it.")
    assert kinds_for(ana) == ["answer_accepted"]


@pytest.mark.parametrize(
    ("decision", "state", "ground"),
    [
        (Decision.PARTLY, S.ADOPTED, ""),
        (Decision.ALREADY_DONE, S.NOT_ADOPTED, "already_done"),
        (Decision.NOT_FEASIBLE, S.NOT_ADOPTED, "not_feasible"),
        (Decision.NOT_THE_CITYS, S.NOT_ADOPTED, "not_the_citys"),
        (Decision.COUNCIL, S.REFERRED, ""),
    ],
)
def test_each_conclusion_leads_to_its_state(proposal, omar, petra, decision, state, ground):
    answer = proposed(proposal, omar, written(decision=decision, agency="The province"))

    answers.publish(answer, by=petra)

    kept = Proposal.objects.get()
    assert (kept.state, kept.decision, kept.ground) == (state, decision, ground)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (written(decision=""), "conclusion"),
        (written(decision="maybe"), "conclusion"),
        (written(reason="  "), "reason"),
        (refusal(reason=""), "reason"),
        (refusal(phone=" "), "telephone"),
        (refusal(decision=Decision.NOT_THE_CITYS), "body whose business"),
        (written(planned_on=None), "within 3 years"),
        (written(planned_on=timezone.localdate() - timedelta(2)), "within 3 years"),
        (written(planned_on=timezone.localdate() + timedelta(1200)), "within 3 years"),
        (written(reflection="none"), "taken up"),
        (written(reflected_in=""), "taken up"),
    ],
)
def test_an_answer_that_lacks_something_is_not_put_before_the_approver(
    proposal, omar, words, sentence
):
    answer = answers.draft(proposal, by=omar, written=words)

    with pytest.raises(Refused, match=sentence):
        answers.propose(answer, by=omar)


def test_a_proposal_is_not_accepted_without_a_preliminary_review(ana, omar):
    proposal = ProposalFactory(author=ana, state=S.ANSWER_DUE)
    answer = answers.draft(proposal, by=omar, written=written())

    with pytest.raises(Refused, match="preliminary review"):
        answers.propose(answer, by=omar)


def test_the_drafter_does_not_approve(proposal, petra, transport):
    appoint(UserFactory(), Role.APPROVER, transport)
    answer = proposed(proposal, petra, refusal())

    with pytest.raises(Refused, match="Another person"):
        answers.publish(answer, by=petra)

    assert Proposal.objects.get().state == S.PRELIM_REVIEW


def test_an_answer_that_nobody_else_may_approve_is_not_put_before_anyone(proposal, petra):
    with pytest.raises(Refused, match="Nobody is there who could approve"):
        proposed(proposal, petra, refusal())

    assert answers.of(proposal).state == AnswerState.DRAFT


def test_the_database_wants_two_people(proposal, petra):
    answer = AnswerFactory(proposal=proposal, drafted_by=petra)

    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        Answer.objects.filter(pk=answer.pk).update(
            state="published", approved_by=petra, published_at=timezone.now()
        )


def test_an_answer_cannot_be_rewritten_while_the_approver_reads_it(proposal, omar, petra):
    answer = proposed(proposal, omar, refusal())

    with pytest.raises(Refused, match="before the approver"):
        answers.draft(proposal, by=omar, written=refusal(reason="Other."))
    answers.send_back(answer, by=petra, remark="Plainer, please.")
    answers.draft(proposal, by=omar, written=refusal(reason="Plain."))

    kept = Answer.objects.get()
    assert (kept.state, kept.reason, kept.remark) == ("returned", "Plain.", "Plainer, please.")
    assert kinds_for(omar)[-1] == "answer_returned"


def test_send_back_needs_a_remark(proposal, omar, petra):
    answer = proposed(proposal, omar, refusal())

    with pytest.raises(Refused, match="should be changed"):
        answers.send_back(answer, by=petra, remark=" ")


def test_an_answer_is_published_once(proposal, omar, petra):
    answer = proposed(proposal, omar, refusal())
    answers.publish(Answer.objects.get(), by=petra)

    again = appoint(UserFactory(), Role.APPROVER, proposal.department)
    with pytest.raises(Refused, match="just changed"):
        answers.publish(answer, by=again)
    with pytest.raises(Refused, match="does not wait"):
        answers.publish(Answer.objects.get(), by=again)


def test_an_answer_cannot_change_without_an_act(own_database):
    answer = AnswerFactory()

    with pytest.raises(IntegrityError, match="without an act"), transaction.atomic():
        Answer.objects.filter(pk=answer.pk).update(reason="Quietly changed")


def test_a_batch_publishes_what_can_be_and_tells_of_the_rest(ana, omar, petra):
    good = [ProposalFactory(author=ana, state=S.PRELIM_REVIEW) for _ in range(2)]
    stopped = ProposalFactory(author=ana, state=S.SUPPLEMENT)
    ready = [AnswerFactory(proposal=found, drafted_by=omar) for found in (*good, stopped)]

    done, refused = answers.publish_all(ready, by=petra)

    assert len(done) == 2
    assert list(refused) == [ready[2]]
    assert Answer.objects.get(pk=ready[2].pk).state == AnswerState.PROPOSED


def test_supporters_are_told_some_at_a_time_and_each_once(proposal, ana, omar, petra, monkeypatch):
    monkeypatch.setattr(reminders.notices, "SUPPORTERS_AT_ONCE", 2)
    supporters = [UserFactory() for _ in range(5)]
    CountedSupport.objects.bulk_create(
        CountedSupport(proposal=proposal, person=one) for one in supporters
    )
    proposals.follow(proposal, by=supporters[0])

    answers.publish(proposed(proposal, omar, refusal()), by=petra)
    told = [reminders.tell_supporters() for _ in range(4)]

    assert told == [2, 2, 0, 0]
    assert all(kinds_for(one) == ["answer_refused"] for one in supporters)
    assert Announcement.objects.get().done_at
    assert Note.objects.for_person(supporters[1]).get().subject.startswith("Not feasible")


def test_an_official_drafts_and_an_approver_publishes_several_at_once(client, ana, omar, petra):
    found = [ProposalFactory(author=ana, state=S.PRELIM_REVIEW) for _ in range(2)]
    client.force_login(omar)
    for proposal in found:
        words = {**refusal(reflection="none"), "office": proposal.department_id, "phone": "1"}
        url = reverse("proposals:answer", args=[proposal.pk])
        client.post(url, {**words, "propose": ""})
    client.force_login(petra)
    desk = client.get(reverse("desk:show")).text
    page = client.get(reverse("proposals:approvals")).text

    chosen = [str(answer.pk) for answer in Answer.objects.all()]
    client.post(reverse("proposals:approvals"), {"answer": chosen})

    assert all(proposal.title in page and proposal.title in desk for proposal in found)
    assert Proposal.objects.filter(state=S.NOT_ADOPTED).count() == 2
    assert "The law forbids it." in client.get(found[0].get_absolute_url()).text


def test_an_answer_is_looked_over_for_personal_data_before_it_is_proposed(
    client, proposal, omar, petra
):
    client.force_login(omar)
    url = reverse("proposals:answer", args=[proposal.pk])
    words = {
        **refusal(reason="Mr Kim, 010-1234-5678, says no."),
        "reflection": "none",
        "phone": "1",
    }
    words["office"] = proposal.department_id

    client.post(url, words)
    asked = client.post(url, {**words, "propose": ""})
    kept = Answer.objects.get().state
    client.post(url, {**words, "personal": "mask"})

    assert (kept, "010-****-****" in asked.text) == (AnswerState.DRAFT, True)
    answer = Answer.objects.get()
    assert (answer.state, answer.reason) == (
        AnswerState.PROPOSED,
        "Mr Kim, 010-****-****, says no.",
    )


def test_the_number_of_a_resident_goes_into_no_answer(proposal, omar):
    with pytest.raises(Refused, match="resident"):
        proposed(proposal, omar, refusal(reason="Of 900101-1234567."))


def test_a_refused_answer_keeps_what_was_typed(client, proposal, omar):
    client.force_login(omar)
    words = {"decision": "accepted", "reason": "We build it.", "reflection": "full", "phone": "1"}
    url = reverse("proposals:answer", args=[proposal.pk])

    response = client.post(url, {**words, "office": proposal.department_id, "propose": ""})

    assert response.status_code == 409
    assert "We build it." in response.text
    assert "within 3 years" in response.text


def test_the_approvers_desk_is_for_approvers(client, omar, petra, zoe):
    url = reverse("proposals:approvals")
    for person, status in ((omar, 403), (zoe, 403), (petra, 200)):
        client.force_login(person)
        assert client.get(url).status_code == status
    assert "No answer waits for you" in client.get(url).text
    assert client.post(url, {"answer": ["x"]}, follow=True).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_approvers_desk_costs_the_same(
    client, ana, omar, petra, count, django_assert_max_num_queries
):
    for _ in range(count):
        AnswerFactory(proposal=ProposalFactory(author=ana, state=S.DEPT_REVIEW), drafted_by=omar)
    client.force_login(petra)

    with django_assert_max_num_queries(14):
        page = client.get(reverse("proposals:approvals")).text

    assert page.count('name="answer"') == count


def test_the_approver_sends_back_on_the_page(client, proposal, omar, petra):
    AnswerFactory(proposal=proposal, drafted_by=omar)
    client.force_login(petra)

    empty = client.post(reverse("proposals:send_back", args=[proposal.pk]), {"remark": " "})
    client.post(reverse("proposals:send_back", args=[proposal.pk]), {"remark": "Plainer."})
    client.force_login(omar)
    page = client.get(reverse("proposals:answer", args=[proposal.pk])).text

    assert empty.status_code == 422
    assert "Plainer." in page


def test_a_remark_is_never_public(client, proposal, omar, petra):
    answers.send_back(proposed(proposal, omar, refusal()), by=petra, remark="Between us.")

    assert "Between us." not in client.get(proposal.get_absolute_url()).text


@pytest.fixture
def refused(proposal, omar, petra):
    answers.publish(proposed(proposal, omar, refusal()), by=petra)
    return Proposal.objects.get()


def ask_again(proposal, by, **words):
    asked = {"kind": "refused", "reason": "You overlooked the second street.", **words}
    return reexaminations.ask(proposal, by=by, **asked)


def test_a_refused_proposal_is_examined_again_under_a_new_clock(refused, ana):
    ask_again(refused, ana)

    kept = Proposal.objects.get()
    assert (kept.state, kept.round, kept.decision, kept.answer) == (S.ANSWER_DUE, 2, "", "")
    assert kept.clock_started_on == timezone.localdate()
    assert kept.days_left >= 30
    assert kinds_for(ana)[-1] == "reexamination_asked"


def test_other_people_decide_the_second_time(refused, ana, omar, petra):
    ask_again(refused, ana)
    late = refused.published_at
    answer = AnswerFactory(proposal=Proposal.objects.get(), round=2, drafted_by=omar)
    other = appoint(UserFactory(), Role.APPROVER, refused.department)

    with pytest.raises(Refused, match="Other people"):
        answers.publish(answer, by=other)
    with transaction.atomic():
        Answer.objects.filter(pk=answer.pk).update(drafted_by=UserFactory())
        log.record("staged", answer, by=None)
    with pytest.raises(Refused, match="Other people"):
        answers.publish(Answer.objects.get(pk=answer.pk), by=petra)
    answers.publish(Answer.objects.get(pk=answer.pk), by=other)

    kept = Proposal.objects.get()
    assert (kept.state, kept.published_at) == (S.NOT_ADOPTED, late)
    assert Answer.objects.published().count() == 2


def test_in_a_third_round_nobody_of_the_first_two_decides(refused, ana, omar, petra):
    ask_again(refused, ana)
    second = AnswerFactory(proposal=Proposal.objects.get(), round=2)
    other = appoint(UserFactory(), Role.APPROVER, refused.department)
    answers.publish(second, by=other)
    ask_again(Proposal.objects.get(), ana, kind="same_policy")
    kept = Proposal.objects.get()
    third = AnswerFactory(proposal=kept, round=3)

    assert kept.round == 3
    for person in (petra, other):
        with pytest.raises(Refused, match="Other people"):
            answers.publish(third, by=person)
    for person in (omar, second.drafted_by):
        with pytest.raises(Refused, match="Other people"):
            answers.draft(kept, by=person, written={})


def test_both_answers_stay_on_the_page(client, refused, ana):
    ask_again(refused, ana)
    AnswerFactory(proposal=Proposal.objects.get(), round=2, state="published", reason="Again no.")

    page = client.get(refused.get_absolute_url()).text

    assert "The law forbids it." in page
    assert "Again no." in page
    assert "You overlooked the second street." in page


def test_asking_again_is_for_refused_proposals_once_and_with_a_reason(refused, ana, proposal):
    adopted = ProposalFactory(author=ana, state=S.ADOPTED)

    with pytest.raises(Refused, match="refused is examined"):
        ask_again(adopted, ana)
    with pytest.raises(Refused, match="refused is examined"):
        ask_again(refused, ana, kind="whim")
    with pytest.raises(Refused, match="reason"):
        ask_again(refused, ana, reason=" ")
    ask_again(refused, ana)
    turn_down(refused)
    with pytest.raises(Refused, match="once already"):
        ask_again(Proposal.objects.get(pk=refused.pk), ana)


def turn_down(proposal):
    kept = Proposal.objects.get(pk=proposal.pk)
    proposals.decline(kept, by=UserFactory(), ground=Ground.NOT_FEASIBLE, reason="No.")


@pytest.mark.parametrize(("kind", "days"), [("refused", 15), ("same_policy", 730)])
def test_asking_again_has_its_last_day(refused, ana, kind, days, monkeypatch):
    last = reexaminations.last_day(refused, kind)
    told = timezone.localdate(refused.decided_at)
    monkeypatch.setattr(timezone, "localdate", lambda value=None: last + timedelta(1))
    monkeypatch.setattr(reexaminations, "last_day", lambda *_args: last)

    assert timedelta(days) <= last - told <= timedelta(days + 6)
    with pytest.raises(Refused, match="has passed"):
        ask_again(refused, ana, kind=kind)


def test_the_button_is_there_for_the_author_while_time_is_left(client, refused, ana, zoe):
    url = reverse("proposals:reexamine", args=[refused.pk])
    client.force_login(zoe)
    assert url not in client.get(refused.get_absolute_url()).text
    client.force_login(ana)

    assert url in client.get(refused.get_absolute_url()).text
    client.post(url, {"kind": "refused", "reason": "Look again."})

    assert Proposal.objects.get().state == S.ANSWER_DUE


def test_support_goes_on_while_it_is_examined_again(refused, ana, zoe, settings):
    settings.IDENTITY_LEVELS = {**settings.IDENTITY_LEVELS, "support": "email"}
    ask_again(refused, ana)

    supports.add(Proposal.objects.get(), by=zoe)

    assert supports.is_given(refused, zoe)


def test_programs_read_published_answers_and_choose_by_conclusion(client, proposal, omar, petra):
    answers.publish(proposed(proposal, omar, written()), by=petra)
    waiting = ProposalFactory(author=proposal.author, state=S.PRELIM_REVIEW)
    proposed(waiting, omar, refusal())

    listed = client.get("/api/v1/proposals/?decision=accepted").json()["results"]
    other = client.get(f"/api/v1/proposals/{waiting.pk}/").json()

    assert [row["id"] for row in listed] == [proposal.pk]
    assert listed[0]["answers"][0]["cost_won"] == 12_000_000
    assert listed[0]["answers"][0]["official"] == omar.name
    assert "remark" not in listed[0]["answers"][0]
    assert other["answers"] == []
