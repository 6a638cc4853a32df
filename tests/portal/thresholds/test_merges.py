"""Merging like proposals: the first leads, supporters decide, doubles count once, all is undone."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Role
from portal.audit.domain import trail
from portal.notifications.models import Note
from portal.proposals.domain import reviews, supports
from portal.proposals.models import (
    Area,
    CountedSupport,
    Proposal,
    ProposalStat,
    Support,
    Visibility,
)
from portal.proposals.models import ProposalState as S
from portal.refusals import Refused
from portal.thresholds.domain import carrying, crossings, merges, voices
from portal.thresholds.models import Carried, Duty, Merge, MergeState, Voice
from tests.at_once import at_once
from tests.factories.portal import ProposalFactory, UserFactory, appoint
from tests.factories.thresholds import end_asking, like_proposals
from tests.portal.proposals.test_lists import change


def give(proposal, *people):
    for person in people:
        supports.add(proposal, by=person)
    supports.fold()


def count(proposal):
    return ProposalStat.objects.get(pk=proposal.pk).support_count


def rows(proposal):
    return Support.objects.filter(proposal=proposal).count()


def asked(omar, *, earlier_people=(), later_people=()):
    """A merge whose supporters are asked."""
    earlier, later = like_proposals()
    give(earlier, *earlier_people)
    give(later, *later_people)
    return merges.propose(later, by=omar, earlier=earlier, reason="Both ask for the same.")


def say(merge, person, word):
    voices.answer(Voice.objects.get(merge=merge, person=person), says=word)


def test_supporters_are_asked_each_by_a_link_of_their_own(omar, zoe, ana):
    before = timezone.now()
    merge = asked(omar, later_people=[zoe, ana])

    links = set(Note.objects.filter(kind="merge_asked_silent").values_list("url", flat=True))

    assert len(links) == 2
    assert before <= merge.answer_by - timedelta(days=14) <= timezone.now()
    assert count(merge.earlier) == 0


def test_of_two_who_propose_at_once_one_is_refused_and_no_chain_arises(own_database):
    first, second = like_proposals()
    third = ProposalFactory(published_at=timezone.now())
    official, other = UserFactory(), UserFactory()

    answers = at_once(
        lambda: merges.propose(second, by=official, earlier=first, reason="The same."),
        lambda: merges.propose(third, by=other, earlier=second, reason="The same."),
        lambda: merges.propose(second, by=official, earlier=first, reason="The same."),
    )

    assert [type(answer).__name__ for answer in answers].count("Refused") == 2


def test_those_who_agree_or_say_nothing_are_counted_and_those_who_object_are_not(omar):
    yes, no, silent, direct = UserFactory.create_batch(4)
    merge = asked(omar, earlier_people=[direct], later_people=[yes, no, silent])
    say(merge, yes, "yes")
    say(merge, no, "no")

    merges.carry_out(end_asking(merge))

    there = set(Support.objects.filter(proposal=merge.earlier).values_list("person", flat=True))
    assert there == {direct.pk, yes.pk, silent.pk}
    assert (count(merge.earlier), carrying.carried_to(merge.earlier)) == (3, 2)
    merge.later.refresh_from_db()
    assert (merge.later.state, merge.later.merged_into) == (S.MERGED, merge.earlier)
    assert (count(merge.later), rows(merge.later)) == (3, 3)


def test_where_the_city_says_so_only_those_who_agree_are_counted(omar, settings):
    settings.MERGE_COUNTS_SILENT = False
    yes, silent = UserFactory.create_batch(2)
    merge = asked(omar, later_people=[yes, silent])
    say(merge, yes, "yes")

    merges.carry_out(end_asking(merge))

    assert list(Support.objects.filter(proposal=merge.earlier)) == [
        Support.objects.get(proposal=merge.earlier, person=yes)
    ]


def test_a_support_comes_over_with_its_time_channel_and_level(omar, zoe):
    merge = asked(omar, later_people=[zoe])
    CountedSupport.objects.filter(person_id=zoe.pk).update(
        channel="paper", level="resident", person_hash=b"zoe"
    )
    before = Support.objects.get(proposal=merge.later, person=zoe)

    merges.carry_out(end_asking(merge))

    after = Support.objects.get(proposal=merge.earlier, person=zoe)
    kept = ("channel", "level", "created_at")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]


def test_who_supports_both_counts_once_by_account_and_by_person(omar, zoe):
    both, twin = UserFactory.create_batch(2)
    merge = asked(omar, earlier_people=[both, zoe], later_people=[both, twin])
    CountedSupport.objects.filter(person_id__in=[twin.pk, zoe.pk]).update(person_hash=b"one person")

    merges.carry_out(end_asking(merge))

    assert (count(merge.earlier), rows(merge.earlier)) == (2, 2)
    assert not Carried.objects.exists()


def test_supports_that_still_wait_come_over_too(omar, zoe):
    merge = asked(omar)
    supports.add(merge.later, by=zoe)
    voices.ask(merge)

    merges.carry_out(end_asking(merge))

    assert (count(merge.later), count(merge.earlier), rows(merge.earlier)) == (1, 1, 1)
    assert carrying.carried_to(merge.earlier) == 1


def test_the_author_of_the_first_is_not_counted_for_it(omar):
    earlier, later = like_proposals()
    give(later, earlier.author)
    merge = merges.propose(later, by=omar, earlier=earlier, reason="The same.")

    merges.carry_out(end_asking(merge))

    assert count(earlier) == 0


def test_supports_that_came_over_can_pass_a_step(omar):
    merge = asked(
        omar, earlier_people=UserFactory.create_batch(3), later_people=UserFactory.create_batch(2)
    )
    crossings.follow()

    merges.carry_out(end_asking(merge))
    crossings.follow()

    assert Duty.objects.get().proposal == merge.earlier


def test_splitting_restores_exact_counts(omar):
    both, one, two, direct = UserFactory.create_batch(4)
    merge = asked(omar, earlier_people=[both, direct], later_people=[both, one, two])
    merges.carry_out(end_asking(merge))
    assert count(merge.earlier) == 4

    merges.split(merge, by=omar, reason="They differ after all.")

    assert (count(merge.earlier), rows(merge.earlier)) == (2, 2)
    assert (count(merge.later), rows(merge.later)) == (3, 3)
    later = Proposal.objects.get(pk=merge.later_id)
    assert (later.state, later.merged_into) == (S.SUBMITTED, None)


def test_a_support_given_anew_stays_after_a_split(omar, zoe):
    merge = asked(omar, later_people=[zoe])
    merges.carry_out(end_asking(merge))
    supports.take_back(merge.earlier, by=zoe)
    Carried.objects.update(created_at=timezone.now() - timedelta(days=1))
    give(merge.earlier, zoe)

    merges.split(merge, by=omar, reason="They differ.")

    assert (count(merge.earlier), rows(merge.earlier)) == (1, 1)


def test_who_came_over_by_two_merges_stays_by_the_other(omar, zoe):
    first = asked(omar, later_people=[zoe])
    third = ProposalFactory()
    give(third, zoe)
    second = merges.propose(third, by=omar, earlier=first.earlier, reason="The same.")
    for merge in (first, second):
        merges.carry_out(end_asking(merge))

    merges.split(first, by=omar, reason="They differ.")

    assert (count(first.earlier), rows(first.earlier)) == (1, 1)
    assert Carried.objects.get().merge == second


def test_an_answer_that_was_due_goes_on_after_a_split_without_the_days_of_the_merge(omar):
    earlier, later = like_proposals()
    reviews.become_due(later, support=5)
    due = later.due_on
    merge = merges.propose(later, by=omar, earlier=earlier, reason="The same.")
    merges.carry_out(end_asking(merge))

    merges.split(merge, by=omar, reason="They differ.")

    later.refresh_from_db()
    assert (later.state, later.due_on) == (S.ANSWER_DUE, due)


def test_both_threads_tell_of_the_merge_and_of_the_split(omar, zoe):
    merge = asked(omar, later_people=[zoe])
    merges.carry_out(end_asking(merge))
    merges.split(merge, by=omar, reason="They differ.")

    told = {
        proposal.pk: {
            e.verb.partition(":")[2] for e in trail.entries([f"proposals.proposal:{proposal.pk}"])
        }
        for proposal in (merge.later, merge.earlier)
    }

    assert told[merge.later_id] >= {"merge_proposed", "merged", "split"}
    assert told[merge.earlier_id] >= {"merge_proposed", "took_over", "gave_back"}


def test_the_first_received_leads(omar):
    earlier, later = like_proposals()

    with pytest.raises(Refused, match="received first leads"):
        merges.propose(earlier, by=omar, earlier=later, reason="The same.")


def test_a_merge_needs_a_reason_and_an_open_first_proposal(omar):
    earlier, later = like_proposals()
    with pytest.raises(Refused, match="reason"):
        merges.propose(later, by=omar, earlier=earlier, reason=" ")

    done = ProposalFactory(state=S.NOT_ADOPTED, published_at=timezone.now() - timedelta(days=9))
    with pytest.raises(Refused, match="no longer gathers"):
        merges.propose(later, by=omar, earlier=done, reason="The same.")


def test_a_proposal_that_goes_far_is_not_merged(omar):
    earlier, _later = like_proposals()
    far = ProposalFactory(state=S.DEPT_REVIEW)

    with pytest.raises(Refused, match="too far"):
        merges.propose(far, by=omar, earlier=earlier, reason="The same.")


def test_merges_do_not_cross(omar):
    merge = asked(omar)
    newest = ProposalFactory()

    with pytest.raises(Refused, match="being merged already"):
        merges.propose(merge.later, by=omar, earlier=merge.earlier, reason="Again.")
    with pytest.raises(Refused, match="being merged already"):
        merges.propose(newest, by=omar, earlier=merge.later, reason="A chain.")

    oldest = ProposalFactory(published_at=timezone.now() - timedelta(days=9))
    with pytest.raises(Refused, match="Split them first"):
        merges.propose(merge.earlier, by=omar, earlier=oldest, reason="A chain.")


def test_one_merge_each_proposal_is_the_database_s_rule_too(omar):
    merge = asked(omar)

    with pytest.raises(IntegrityError), transaction.atomic():
        Merge.objects.create(
            later=merge.later,
            earlier=merge.earlier,
            proposed_by=omar,
            answer_by=merge.answer_by,
            counts_silent=True,
        )


def test_nothing_is_merged_before_the_time_to_answer_has_ended(omar):
    merge = asked(omar)

    with pytest.raises(Refused, match="not ended yet"):
        merges.carry_out(merge)


def test_no_answer_is_taken_after_the_end_and_none_but_yes_or_no(omar, zoe):
    merge = asked(omar, later_people=[zoe])
    voice = Voice.objects.get()
    with pytest.raises(Refused, match="one of the two"):
        voices.answer(voice, says="perhaps")

    end_asking(merge)

    with pytest.raises(Refused, match="has ended"):
        voices.answer(voice, says="yes")


def test_the_task_asks_who_came_later_carries_out_and_calls_off(omar, zoe, ana):
    merge = asked(omar, later_people=[zoe])
    gone = asked(omar)
    give(merge.later, ana)
    merges.finish_due()
    assert Voice.objects.filter(merge=merge).count() == 2
    reviews.become_due(gone.later, support=5)
    Proposal.objects.filter(pk=gone.later_id).update(state=S.PRELIM_REVIEW)
    end_asking(merge)
    end_asking(gone)

    assert merges.finish_due() == 2

    states = dict(Merge.objects.values_list("pk", "state"))
    assert states == {merge.pk: MergeState.MERGED, gone.pk: MergeState.CALLED_OFF}


@pytest.mark.parametrize("hidden", ["later", "earlier"])
def test_a_merge_waits_for_a_held_proposal_a_day_and_then_all_read_why_it_is_off(
    client, omar, zoe, hidden
):
    merge = asked(omar, later_people=[zoe])
    shown = merge.earlier if hidden == "later" else merge.later
    change(getattr(merge, hidden), visibility=Visibility.HIDDEN)
    with pytest.raises(Refused, match="hidden by moderation"):
        merges.carry_out(end_asking(merge))

    waiting = merges.finish_due()
    end_asking(merge, ago=timedelta(hours=26))
    ended = merges.finish_due()

    merge.refresh_from_db()
    assert (waiting, ended, merge.state) == (0, 1, MergeState.CALLED_OFF)
    assert (rows(merge.earlier), rows(merge.later)) == (0, 1)
    page = client.get(shown.get_absolute_url()).text
    assert "One of the two proposals has been hidden by moderation." in page


def test_a_merge_that_is_called_off_moves_nobody(omar, zoe):
    merge = asked(omar, later_people=[zoe])

    merges.call_off(merge, by=omar, reason="They differ.")

    assert (count(merge.earlier), count(merge.later)) == (0, 1)
    with pytest.raises(Refused):
        merges.split(merge, by=omar, reason="Nothing to split.")


@pytest.mark.parametrize("act", [merges.call_off, merges.split])
def test_steps_of_a_merge_need_a_reason(omar, act):
    with pytest.raises(Refused, match="reason"):
        act(asked(omar), by=omar, reason="")


@pytest.mark.parametrize("reference", [None, "2026-주거교통-00007"])
def test_an_official_proposes_a_merge_by_the_number_under_the_title(client, omar, reference):
    earlier, later = like_proposals()
    Proposal.objects.filter(pk=earlier.pk).update(reference=reference)
    earlier.refresh_from_db()
    client.force_login(omar)

    client.post(
        reverse("thresholds:propose_merge", args=[later.pk]),
        {"other": earlier.number, "reason": "Both ask for the same."},
    )

    merge = Merge.objects.get()
    assert (merge.later, merge.earlier) == (later, earlier)
    assert "Both ask for the same." in client.get(merge.get_absolute_url()).text


def test_either_department_proposes_a_merge_and_no_other(client, omar, wendy, zoe):
    earlier, later = like_proposals(area=Area.objects.get(code="environment"))
    at = {each: reverse("thresholds:propose_merge", args=[each.pk]) for each in (earlier, later)}
    sam = appoint(zoe, Role.OFFICIAL, earlier.area.department)

    def found(person, proposal):
        """What the page answers, and whether the proposal's own has the button."""
        client.force_login(person)
        return client.get(at[proposal]).status_code, at[proposal] in client.get(
            proposal.get_absolute_url()
        ).text

    seen = {p: [found(p, earlier), found(p, later)] for p in (omar, wendy, sam)}
    client.force_login(sam)
    client.post(at[earlier], {"other": later.number, "reason": "Both ask for the same."})

    assert seen == {
        omar: [(403, False), (200, True)],
        wendy: [(403, False)] * 2,
        sam: [(200, True), (403, False)],
    }
    merge = Merge.objects.get()
    assert (merge.later, merge.earlier, merge.proposed_by) == (later, earlier, sam)


def test_nobody_proposes_a_merge_of_their_own(omar):
    earlier, later = like_proposals(author=omar)

    with pytest.raises(Refused, match="your own proposal"):
        merges.propose(later, by=omar, earlier=earlier, reason="The same.")


def test_a_number_that_is_no_proposal_is_said_so_and_what_was_typed_stays(client, omar):
    _earlier, later = like_proposals()
    client.force_login(omar)

    answer = client.post(
        reverse("thresholds:propose_merge", args=[later.pk]), {"other": 0, "reason": "Same."}
    )
    other = client.post(
        reverse("thresholds:propose_merge", args=[later.pk]), {"other": 10**9, "reason": "Same."}
    )

    turned = client.post(
        reverse("thresholds:propose_merge", args=[later.pk]),
        {"other": later.number, "reason": "Same."},
    )

    assert (answer.status_code, other.status_code, turned.status_code) == (422, 422, 409)
    assert "There is no public proposal with this number." in other.text
    assert "This is the same proposal." in turned.text
    assert turned.context["form"]["reason"].value() == "Same."


def test_the_link_of_a_note_answers_without_signing_in(client, omar, zoe):
    asked(omar, later_people=[zoe])
    url = Note.objects.get(recipient=zoe, kind="merge_asked_silent").url

    seen = client.get(url)
    assert Voice.objects.get().answer == ""
    client.post(url, {"answer": "no"})

    assert seen.status_code == 200
    assert Voice.objects.get().answer == "no"


def test_a_link_that_was_changed_or_has_ended_opens_nothing(client, omar, zoe):
    merge = asked(omar, later_people=[zoe])
    url = Note.objects.get(recipient=zoe, kind="merge_asked_silent").url
    assert client.get(url[:-2] + "x/").status_code == 404

    end_asking(merge)

    assert client.post(url, {"answer": "no"}).status_code == 409
    assert "The time to answer has ended." in client.get(url).text


def test_both_pages_show_the_merge_and_the_sum(client, omar):
    merge = asked(
        omar, earlier_people=UserFactory.create_batch(2), later_people=UserFactory.create_batch(1)
    )
    merges.carry_out(end_asking(merge))

    earlier = client.get(merge.earlier.get_absolute_url()).text
    later = client.get(merge.later.get_absolute_url()).text

    assert "Supports: 2 direct + 1 carried over" in earlier
    assert f"Proposed jointly by {merge.later.author.public_name}" in earlier
    assert "It goes on there:" in later


@pytest.mark.parametrize("hidden", ["later", "earlier"])
def test_a_merge_tells_nothing_of_a_proposal_that_was_hidden_since(client, omar, zoe, ana, hidden):
    merge = asked(omar, later_people=[zoe])
    url = Note.objects.get(recipient=zoe, kind="merge_asked_silent").url
    away = getattr(merge, hidden)
    shown = merge.earlier if hidden == "later" else merge.later
    Note.objects.all().delete()
    change(away, visibility=Visibility.HIDDEN)
    give(merge.later, ana)

    voices.ask(Merge.objects.with_proposals().get())
    end_asking(Merge.objects.get(), ago=timedelta(hours=26))
    merges.finish_due()

    texts = [client.get(url).text, client.get(shown.get_absolute_url()).text]
    texts += [note.subject + note.body for note in Note.objects.exclude(recipient=away.author)]
    assert Note.objects.filter(recipient=ana).exists()
    assert [away.title in text for text in texts] == [False] * len(texts)
    # The page of a merge is there for two proposals that everyone sees.
    assert merge.get_absolute_url() not in texts[1]
