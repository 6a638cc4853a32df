"""Personal data in a proposal that is about to be published."""

import pytest
from django.urls import reverse

from portal import discretion
from portal.assisted.forms import WrittenForm
from portal.calls.forms.entries import CallProposalForm
from portal.calls.forms.problems import ProblemForm, SolutionForm
from portal.proposals.forms import SupplementForm
from portal.proposals.models import Proposal
from portal.proposals.step_forms import (
    AskSupplementForm,
    FindingForm,
    InterimReplyForm,
    OpinionForm,
)
from portal.refusals import Refused
from portal.talk.forms import AppealDecisionForm, DecisionForm
from tests.factories.portal import ProposalFactory

MASKED, KEPT = {"personal": discretion.MASK}, {"personal": discretion.KEEP}


@pytest.fixture
def draft(ana):
    return ProposalFactory(author=ana, state="draft", problem="Call me: 010-1234-5678.")


def check(client, draft, **sent):
    client.force_login(draft.author)
    return client.post(reverse("proposals:check", args=[draft.pk]), sent)


def test_the_check_page_shows_what_was_found_before_it_is_published(client, draft):
    page = check(client, draft)

    assert "010-****-****" in page.text
    assert Proposal.objects.get().state == "draft"


def test_what_was_found_is_covered_at_one_click_and_published_at_the_next(client, draft):
    check(client, draft, personal="mask")
    assert Proposal.objects.get().problem == "Call me: 010-****-****."
    check(client, draft)

    assert Proposal.objects.get().state == "submitted"


def test_an_own_number_is_kept_on_request(client, draft):
    check(client, draft, personal="keep")

    kept = Proposal.objects.get()
    assert (kept.state, kept.problem) == ("submitted", "Call me: 010-1234-5678.")


def test_the_number_of_a_resident_is_never_published(client, ana):
    draft = ProposalFactory(author=ana, state="draft", problem="I am 900101-1234567.")

    page = check(client, draft, personal="keep")

    assert "The law forbids to publish the number of a resident" in page.text
    assert Proposal.objects.get().state == "draft"
    check(client, draft, personal="mask")
    assert Proposal.objects.get().problem == "I am ******-*******."


def test_every_text_is_looked_at_and_a_clean_one_passes():
    assert discretion.look({"a": "Nothing.", "b": ""}).passes
    assert not discretion.look({"a": "Nothing.", "b": "me@example.org"}).passes
    assert discretion.look({"b": "me@example.org"}, "keep").passes
    with pytest.raises(Refused, match="resident"):
        discretion.refuse_numbers_of_residents("fine", "900101-1234567")


@pytest.mark.parametrize(
    "kind",
    [
        AppealDecisionForm,
        AskSupplementForm,
        CallProposalForm,
        DecisionForm,
        FindingForm,
        InterimReplyForm,
        OpinionForm,
        ProblemForm,
        SolutionForm,
        SupplementForm,
        WrittenForm,
    ],
)
def test_each_form_whose_words_everyone_reads_asks_about_personal_data(db, kind):
    words = dict.fromkeys(kind.public_words, "Ask Mr Kim: 010-1234-5678.")
    words.pop("photo_shows", None)  # without a photo it is not kept

    asked, masked, kept = (kind({**words, **answer}) for answer in ({}, MASKED, KEPT))

    for form in (asked, masked, kept):
        form.is_valid()
    assert [form.look is not None for form in (asked, masked, kept)] == [True, False, False]
    assert set(words) <= set(asked.errors)
    assert {masked.cleaned_data[name] for name in words} == {"Ask Mr Kim: 010-****-****."}
    assert {kept.cleaned_data[name] for name in words} == {"Ask Mr Kim: 010-1234-5678."}
