"""Pages of steps and duties, who may do what, and what they cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import Department
from portal.desk.domain import desk
from portal.proposals.models import ProposalState as S
from portal.proposals.models import Visibility
from portal.thresholds.domain import crossings, duties
from portal.thresholds.models import Duty, Effect, Step
from tests.factories.portal import ProposalFactory, support_by
from tests.factories.thresholds import make_step
from tests.portal.proposals.test_lists import change


def raised(author, effect=Effect.DISCUSSION):
    proposal = ProposalFactory(author=author, state=S.ANSWER_DUE)
    step = Step.objects.get(effect=effect)
    return duties.raise_for(proposal, step, by=None, supports=300, reason="supports")


def test_the_page_of_a_proposal_says_which_step_is_next(client, ana):
    proposal = support_by(ProposalFactory(author=ana), 2)

    text = client.get(proposal.get_absolute_url()).text

    for part in text.split('id="take-part"'):
        assert "With the support of 5 people" in part
        assert "3 more people are needed." in part
    assert '<progress class="progress" max="5" value="2"' in text


def test_the_page_of_a_proposal_says_which_step_is_passed(client, ana):
    proposal = support_by(ProposalFactory(author=ana), 5)
    crossings.follow()

    text = client.get(proposal.get_absolute_url()).text

    assert "Passed on" in text
    assert "295 more people are needed." in text


def test_an_official_says_what_was_done(client, ana, omar):
    duty = raised(ana)
    client.force_login(omar)

    answer = client.post(
        reverse("thresholds:fulfil", args=[duty.pk]), {"what": "Held on 3 December."}, follow=True
    )

    assert Duty.objects.get().outcome == "fulfilled"
    assert "Held on 3 December." in answer.text


def test_a_duty_needs_words(client, ana, omar):
    duty = raised(ana)
    client.force_login(omar)

    answer = client.post(reverse("thresholds:fulfil", args=[duty.pk]), {"what": ""})

    assert answer.status_code == 422
    assert "This field is required." in answer.text


def test_others_are_turned_away_from_a_duty(client, ana, wendy):
    duty = raised(ana)
    client.force_login(wendy)

    assert client.get(reverse("thresholds:fulfil", args=[duty.pk])).status_code == 403


def test_duties_stand_on_the_work_list_of_the_department_but_answers_do_not(ana, omar, wendy):
    raised(ana)
    raised(ana, Effect.ANSWER)

    def waiting(person):
        return next(q for q in desk.of(person) if q.queue.key == "thresholds-duties").count

    assert (waiting(omar), waiting(wendy)) == (1, 0)


def test_a_duty_of_a_hidden_proposal_stays_with_whoever_owes_it(client, ana, omar, wendy, zoe):
    """The department of omar is in charge and reads it; that of wendy owes a second duty."""
    duty = raised(ana)
    hidden = duty.proposal
    other = make_step(7, Effect.MAYOR, department=Department.objects.get(code="welfare"))
    second = duties.raise_for(hidden, other, by=None, supports=7, reason="supports")
    change(hidden, visibility=Visibility.HIDDEN)

    def found(person, owed):
        """What the page answers, whether page, list and desk name it, and how many there are."""
        client.force_login(person)
        page, listed = client.get(owed.get_absolute_url()), client.get(reverse("thresholds:show"))
        queues = [q for q in desk.of(person) if q.queue.key == "thresholds-duties"]
        said = str([item.title for queue in queues for item in queue.items])
        named = [hidden.title in text for text in (page.text, listed.text, said)]
        return page.status_code, named, sum(queue.count for queue in queues)

    assert found(omar, duty) == (200, [True] * 3, 1)
    assert found(wendy, second) == (200, [False] * 3, 1)
    assert found(wendy, duty)[0] == 404
    assert found(zoe, duty) == (404, [False] * 3, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_steps_costs_the_same_for_few_and_many(client, ana, count):
    for _ in range(count):
        raised(ana)

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("thresholds:show"))

    assert len(queries) == 7
