"""Pages on which someone moves a proposal on: one address, one act, one reason."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from portal.access import SignedInRequest, get_allowed
from portal.asking import Ask, ask, attempt, done, posted
from portal.proposals.domain import (
    assignments,
    clocks,
    opinions,
    proposals,
    reexaminations,
    reviews,
    supplements,
)
from portal.proposals.forms import ReasonForm, SupplementForm
from portal.proposals.models import FieldVisit, OpinionRequest, Proposal
from portal.proposals.step_forms import (
    AskOpinionsForm,
    AskSupplementForm,
    AssignForm,
    ConvertForm,
    ExtendForm,
    FindingForm,
    InterimReplyForm,
    OpinionForm,
    ReexaminationForm,
    TransferForm,
    VisitForm,
)

PROPOSALS = Proposal.objects.select_related("area__department", "department", "author", "official")
REQUESTS = OpinionRequest.objects.select_related("proposal__department", "department")
VISITS = FieldVisit.objects.select_related("proposal__department")


@dataclass(frozen=True)
class Step:
    """One step: who may take it, what it does, and the words of its page."""

    perm: str
    act: Callable[..., Any]
    title: Any
    lead: Any
    submit: Any
    done: Any
    form: type[forms.Form] = ReasonForm
    asks: Callable[[Any], dict[str, Any]] = lambda _thing: {}
    why_not: Callable[[Any], str] = lambda _thing: ""

    @property
    def words(self) -> Ask:
        return Ask(self.title, self.lead, self.submit)


WITHDRAW = Step(
    "proposals.withdraw_proposal",
    proposals.withdraw,
    _("Withdraw the proposal"),
    _("The proposal stays readable, but nobody works on it any more. This cannot be undone."),
    _("Withdraw it"),
    _("Your proposal is withdrawn."),
)
ASK_SUPPLEMENT = Step(
    "proposals.ask_supplement",
    supplements.ask,
    _("Ask for a supplement"),
    _("Say exactly what is missing. The clock stops until the supplement comes."),
    _("Ask for it"),
    _("The supplement is asked for, and the clock stands still."),
    AskSupplementForm,
    why_not=supplements.why_not_to_ask,
)
SUPPLY = Step(
    "proposals.supply_supplement",
    supplements.supply,
    _("Give the supplement"),
    _("The department has asked for more. With your supplement the clock goes on."),
    _("Send the supplement"),
    _("Your supplement has arrived."),
    SupplementForm,
)
PUT_OFF = Step(
    "proposals.put_off_supplement",
    supplements.put_off,
    _("Ask for more time"),
    _("You may put the date of your supplement off twice."),
    _("Put the date off"),
    _("You have more time now."),
)
CLOSE_LAPSED = Step(
    "proposals.close_lapsed",
    supplements.close_lapsed,
    _("Close without a supplement"),
    _("The supplement did not come in time. Say why the proposal cannot be examined without it."),
    _("Close the proposal"),
    _("The proposal is closed, with your reason."),
    why_not=supplements.why_not_to_close,
)
ASSIGN = Step(
    "proposals.assign_proposal",
    assignments.assign,
    _("Name the official who deals with it"),
    _("Everyone sees the name and the telephone of the office."),
    _("Name the official"),
    _("The official is named."),
    AssignForm,
    lambda proposal: {"proposal": proposal},
)
TRANSFER = Step(
    "proposals.transfer_proposal",
    assignments.transfer,
    _("Hand over to another department"),
    _("The clock does not stop for it. A proposal is handed over only once."),
    _("Hand it over"),
    _("The proposal is handed over."),
    TransferForm,
)
CONVERT = Step(
    "proposals.convert_proposal",
    assignments.convert,
    _("Handle it as a civil complaint"),
    _("The author is told of the kind, the new deadline and the reason."),
    _("Handle it as a complaint"),
    _("It is handled as a civil complaint from now on."),
    ConvertForm,
)
REVIEW = Step(
    "proposals.review_proposal",
    lambda proposal, *, by, reason: reviews.review(proposal, by=by, opinion=reason),
    _("Write the preliminary review"),
    _("What you found: whose business it is, what exists already, what it would take."),
    _("Publish the review"),
    _("The preliminary review is public."),
)
ASK_OPINIONS = Step(
    "proposals.ask_departments",
    opinions.ask,
    _("Ask others for their opinions"),
    _("The author is told whom you ask, and what."),
    _("Ask them"),
    _("They are asked."),
    AskOpinionsForm,
    lambda proposal: {
        "proposal": proposal,
        "initial": {"due_on": clocks.opinion_due()},
    },
)
PLAN_VISIT = Step(
    "proposals.plan_visit",
    opinions.plan_visit,
    _("Plan a visit to the place"),
    _("Everyone sees when and where, and afterwards what was found."),
    _("Announce the visit"),
    _("The visit is announced."),
    VisitForm,
    lambda proposal: {"initial": {"place": proposal.place}},
)
REPLY_MEANWHILE = Step(
    "proposals.reply_meanwhile",
    clocks.reply_meanwhile,
    _("Give an interim reply"),
    _("Tell the author how far it is. The due date stays as it is."),
    _("Send the interim reply"),
    _("The interim reply is public."),
    InterimReplyForm,
)
EXTEND = Step(
    "proposals.extend_proposal",
    clocks.extend,
    _("Let the answer come later"),
    _("Only once, on a ground of the law, and after an interim reply. Everyone reads the reason."),
    _("Move the date"),
    _("The date is moved."),
    ExtendForm,
    why_not=clocks.why_no_extension,
)
REEXAMINE = Step(
    "proposals.ask_reexamination",
    reexaminations.ask,
    _("Ask to examine it again"),
    _("Other people than before decide, under the same clock. You can ask for it once."),
    pgettext_lazy("a second examination", "Ask for it"),
    _("Your proposal is examined again."),
    ReexaminationForm,
    lambda proposal: {"open_kinds": reexaminations.open_kinds(proposal)},
)
GIVE_OPINION = Step(
    "proposals.give_opinion",
    lambda request, *, by, reason: opinions.give(request, by=by, opinion=reason),
    _("Give the opinion"),
    _("What can be done, and under which conditions."),
    _("Publish the opinion"),
    _("The opinion is public."),
    OpinionForm,
)
TELL_FINDING = Step(
    "proposals.tell_finding",
    opinions.tell_finding,
    _("Tell what the visit found"),
    _("What you saw on the spot, and what it means for the proposal."),
    _("Publish the finding"),
    _("The finding is public."),
    FindingForm,
)


# Steps that end with the time: whoever may take them is led there only while they are open.
TIMED = {"ask_supplement": ASK_SUPPLEMENT, "close_lapsed": CLOSE_LAPSED}


def over(proposal: Proposal) -> set[str]:
    """The names of the steps for which it is too late, or too early, whoever looks."""
    if not proposal.clock_started_on:
        return set()
    closed = {name for name, step in TIMED.items() if step.why_not(proposal)}
    return closed | ({"extend"} if clocks.is_past_extending(proposal) else set())


@login_required
@require_http_methods(["GET", "POST"])
def take(request: SignedInRequest, pk: int, step: Step) -> HttpResponse:
    """A step on the proposal ``pk``."""
    proposal = get_allowed(request.user, step.perm, PROPOSALS, pk=pk)
    return _ask(request, step, proposal, proposal)


@login_required
@require_http_methods(["GET", "POST"])
def give_opinion(request: SignedInRequest, pk: int, question: int) -> HttpResponse:
    asked = get_allowed(request.user, GIVE_OPINION.perm, REQUESTS, proposal__pk=pk, pk=question)
    return _ask(request, GIVE_OPINION, asked, asked.proposal, question=asked)


@login_required
@require_http_methods(["GET", "POST"])
def tell_finding(request: SignedInRequest, pk: int, visit: int) -> HttpResponse:
    made = get_allowed(request.user, TELL_FINDING.perm, VISITS, proposal__pk=pk, pk=visit)
    return _ask(request, TELL_FINDING, made, made.proposal, visit=made)


def _ask(
    request: SignedInRequest, step: Step, thing: Any, proposal: Proposal, **more: Any
) -> HttpResponse:
    """Ask for what the step needs, take it, and lead back to the proposal."""
    form = step.form(posted(request), **step.asks(thing))
    if attempt(form, lambda: step.act(thing, by=request.user, **form.cleaned_data)):
        return done(request, proposal, step.done)
    why_not = "" if form.is_bound else step.why_not(thing)
    return ask(request, proposal, step.words, form, why_not=why_not, **more)
