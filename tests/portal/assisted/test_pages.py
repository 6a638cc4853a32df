"""The counter's pages: who may open them, and what a clerk does there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.assisted.domain import entries, receipts, sheets
from portal.assisted.models import Entry, Sheet
from portal.identity.domain import codes, levels
from portal.identity.models import VerificationCode
from portal.proposals.domain import supports
from portal.proposals.models import Proposal, ProposalState
from portal.quarantine.domain import files
from tests.factories.portal import ProposalFactory, UserFactory
from tests.portal.assisted.conftest import visit

S = ProposalState
CAST = ["ana", "zoe", "omar", "petra", "wendy", "clara", "sam", "audrey", "olga", "eric"]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def test_who_may_see_an_entry(request, clara, written):
    entry = entries.enter_proposal(visit(), by=clara, written=written)
    Entry.objects.filter(pk=entry.pk)
    people = {name: request.getfixturevalue(name) for name in CAST}

    seen = {
        name
        for name, person in people.items()
        if Entry.objects.visible_to(person).exists()
        and person.has_perm("assisted.view_entry", entry)
    }

    assert seen == {"clara", "audrey"}


PAGES = ["assisted:counter", "assisted:proposal", "assisted:verify", "assisted:issue_code"]


@pytest.mark.parametrize("page", PAGES)
def test_only_clerks_open_the_counter(client, request, page):
    opened = set()
    for name in CAST:
        client.force_login(request.getfixturevalue(name))
        if client.get(reverse(page)).status_code == 200:
            opened.add(name)

    assert opened == {"clara"}


@pytest.mark.parametrize("page", PAGES)
def test_strangers_are_asked_to_sign_in(client, db, page):
    assert reverse("account_login") in client.get(reverse(page)).url


def test_a_clerk_enters_a_proposal_and_prints_the_receipt(client, clara, typed):
    client.force_login(clara)

    answer = client.post(reverse("assisted:proposal"), typed)
    page = client.get(answer.url)
    public = client.get(Proposal.objects.get().get_absolute_url())

    entry = Entry.objects.get()
    assert receipts.code_of(entry) in page.text
    assert "By telephone" in page.text
    assert "Entered for a citizen" in public.text
    assert "A clerk entered it for a citizen" in public.text
    assert "표본녀" not in public.text


def test_only_the_clerk_who_entered_sees_the_code(client, clara, audrey, written):
    entry = entries.enter_proposal(visit(), by=clara, written=written)
    client.force_login(audrey)

    page = client.get(entry.get_absolute_url())

    assert page.status_code == 200
    assert receipts.code_of(entry) not in page.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"birth_date": ""}, "as it stands on what was shown"),
        ({"district": ""}, "as it stands on what was shown"),
        ({"consent_on": "2999-01-01"}, "not come yet"),
        ({"consent_how": ""}, "required"),
        ({"proposal-title": ""}, "required"),
        ({"channel": "web"}, "Select a valid choice"),
        ({"birth_date": "800102-1234567"}, "cannot be read"),
    ],
)
def test_a_form_that_lacks_something_says_so_and_keeps_the_rest(
    client, clara, typed, changes, sentence
):
    client.force_login(clara)

    page = client.post(reverse("assisted:proposal"), typed | changes)

    assert page.status_code == 422
    assert sentence in page.text
    assert typed["proposal-problem"] in page.text
    assert not Entry.objects.exists()


def test_a_caller_who_shows_nothing_needs_no_birth_date(client, clara, typed):
    client.force_login(clara)

    answer = client.post(
        reverse("assisted:proposal"), typed | {"shown": "nothing", "birth_date": "", "district": ""}
    )

    assert answer.status_code == 302
    assert Entry.objects.get().level == "none"


def test_a_clerk_enters_a_support_from_the_proposals_page(client, clara, ana, typed):
    proposal = ProposalFactory(author=ana)
    client.force_login(clara)
    address = reverse("assisted:support", args=[proposal.pk])

    assert address in client.get(proposal.get_absolute_url()).text
    answer = client.post(address, typed)
    again = client.post(address, typed)

    assert answer.url == Entry.objects.get().get_absolute_url()
    assert "supports the proposal already" in again.text
    assert supports.count_now(proposal) == 1


def test_a_draft_is_not_there_for_a_clerk(client, clara, ana):
    draft = ProposalFactory(author=ana, state=S.DRAFT)
    client.force_login(clara)

    assert client.get(reverse("assisted:support", args=[draft.pk])).status_code == 404


def test_a_clerk_makes_a_code_that_a_citizen_uses(client, clara, typed):
    client.force_login(clara)
    stranger = UserFactory(resident=False)

    slip = client.post(
        reverse("assisted:issue_code"), typed | {"way": "counter", "account": stranger.email}
    )
    words = slip.context["words"]
    codes.redeem(stranger, by=stranger, typed=words)

    assert words in slip.text
    assert "no-store" in slip["Cache-Control"]
    assert levels.level_of(stranger) == "resident"
    assert VerificationCode.objects.get().issued_by == clara


def test_a_clerk_verifies_at_the_counter(client, clara, typed):
    client.force_login(clara)
    stranger = UserFactory(resident=False)

    client.post(reverse("assisted:verify"), typed | {"account": stranger.email})
    unknown = client.post(reverse("assisted:verify"), typed | {"account": "no@example.org"})
    own = client.post(reverse("assisted:verify"), typed | {"account": clara.email})

    assert levels.level_of(stranger) == "resident"
    assert "no account" in unknown.text
    assert "Another clerk" in own.text


def test_a_sheet_is_typed_in_and_bad_lines_stay_in_the_field(client, clara, ana):
    proposal = ProposalFactory(author=ana)
    client.force_login(clara)
    begun = client.post(
        reverse("assisted:begin_sheet", args=[proposal.pk]),
        {
            "received_on": timezone.localdate().isoformat(),
            "lines_on_paper": 2,
            "scan": SimpleUploadedFile("sheet.png", PNG),
        },
    )

    page = client.post(begun.url, {"lines": "표본녀, 1946-05-05, 원미구\nnobody knows"})

    assert page.context["form"].initial["lines"] == "nobody knows"
    assert "cannot be read" in page.text
    assert "1 of 2 lines entered" in page.text
    assert supports.count_now(proposal) == 1


def test_a_scan_is_handed_to_clerks_and_auditors_alone(client, clara, ana, audrey, zoe):
    proposal = ProposalFactory(author=ana)
    client.force_login(clara)
    client.post(
        reverse("assisted:begin_sheet", args=[proposal.pk]),
        {
            "received_on": timezone.localdate().isoformat(),
            "lines_on_paper": 2,
            "scan": SimpleUploadedFile("<b>.png", PNG),
        },
    )
    address = reverse("assisted:scan", args=[Sheet.objects.get().pk])
    assert "Being checked" in client.get(Sheet.objects.get().get_absolute_url()).text
    files.check_waiting()
    assert "Being checked" not in client.get(Sheet.objects.get().get_absolute_url()).text

    answers = []
    for person in (clara, audrey, zoe):
        client.force_login(person)
        answers.append(client.get(address).status_code)

    assert answers == [200, 200, 404]


def test_a_scan_of_another_kind_is_refused(client, clara, ana):
    client.force_login(clara)

    page = client.post(
        reverse("assisted:begin_sheet", args=[ProposalFactory(author=ana).pk]),
        {
            "received_on": timezone.localdate().isoformat(),
            "lines_on_paper": 2,
            "scan": SimpleUploadedFile("sheet.exe", b"MZ"),
        },
    )

    assert "not taken" in page.text
    assert not Sheet.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_counter_costs_the_same_for_any_number(client, clara, ana, written, count):
    for _time in range(count):
        entries.enter_proposal(visit(), by=clara, written=written)
        proposal = ProposalFactory(author=ana)
        sheets.begin(proposal, by=clara, received_on=timezone.localdate(), lines_on_paper=9)
    client.force_login(clara)
    client.get(reverse("assisted:counter"))

    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("assisted:counter"))

    assert len(page.context["entries"]) == count
    assert len(queries) <= 12


def test_unfinished_sheets_wait_on_the_clerks_desk(client, clara, ana):
    proposal = ProposalFactory(author=ana, title="Sheets wait")
    sheets.begin(proposal, by=clara, received_on=timezone.localdate(), lines_on_paper=9)
    client.force_login(clara)

    page = client.get(reverse("desk:show"))

    assert "0 of 9 lines entered" in page.text
    assert "Sheets wait" in page.text
