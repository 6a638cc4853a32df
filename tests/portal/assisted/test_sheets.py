"""Signatures on paper count like supports on the web, line by line."""

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.assisted.domain import sheets
from portal.assisted.domain.people import HOST
from portal.assisted.models import Outcome, Sheet, SheetLine
from portal.identity.domain import hashes, register, verifications
from portal.proposals.domain import supports
from portal.proposals.models import Support
from tests.factories.portal import ProposalFactory, UserFactory
from tests.portal.assisted.conftest import OLD_LADY

LINE = "표본녀, 1946-05-05, 원미구"
OTHER = "홍길동\t1980.1.2.\tsosa"


@pytest.fixture
def sheet(clara, ana):
    """A sheet of three signatures for a proposal of Ana's."""
    proposal = ProposalFactory(author=ana)
    return sheets.begin(proposal, by=clara, received_on=timezone.localdate(), lines_on_paper=3)


def outcomes(found):
    return [line.outcome for line in found]


def test_lines_are_counted_once_each(sheet, clara):
    found = sheets.enter(sheet, by=clara, text=f"{LINE}\n\n{OTHER}\n{LINE}\n")

    assert outcomes(found) == [Outcome.COUNTED, Outcome.COUNTED, Outcome.DUPLICATE]
    assert supports.count_now(sheet.proposal) == 2
    assert set(Support.objects.values_list("channel", flat=True)) == {"paper"}
    assert sheets.totals(sheet)["counted"] == 2


def test_a_bad_line_harms_no_other_and_is_given_back(sheet, clara):
    text = f"{LINE}\nno commas here\n홍길동, 1980-13-02, 소사구\n나나나, 1980-01-02, 화성\n{OTHER}"

    found = sheets.enter(sheet, by=clara, text=text)

    assert outcomes(found) == ["counted", "", "", "", "counted"]
    assert "commas" in found[1].why
    assert "1980-13-02" in found[2].why
    assert "화성" in found[3].why
    assert SheetLine.objects.count() == 2


def test_who_supports_on_the_web_does_not_count_again_on_paper(sheet, clara):
    zoe = UserFactory(resident=False)
    verifications.grant(zoe, provider="register", person_hash=hashes.person(OLD_LADY))
    supports.add(sheet.proposal, by=zoe)

    found = sheets.enter(sheet, by=clara, text=LINE)

    assert outcomes(found) == [Outcome.DUPLICATE]
    assert supports.count_now(sheet.proposal) == 1
    assert not User.objects.filter(email__endswith=f"@{HOST}").exists()


def test_who_signed_on_paper_does_not_count_again_on_the_web(sheet, clara):
    sheets.enter(sheet, by=clara, text=LINE)
    zoe = UserFactory(resident=False)
    verifications.grant(zoe, provider="register", person_hash=hashes.person(OLD_LADY))

    with pytest.raises(supports.AlreadyGiven):
        supports.add(sheet.proposal, by=zoe)

    assert supports.count_now(sheet.proposal) == 1
    assert Support.objects.get().person == zoe


def test_lines_that_the_register_does_not_know_are_reported(sheet, clara, olga):
    file = "name,birth_date,district\n표본녀,1946-05-05,wonmi\n"
    register.load(file.encode(), by=olga, replaces=False)

    found = sheets.enter(sheet, by=clara, text=f"{LINE}\n{OTHER}")

    assert outcomes(found) == [Outcome.COUNTED, Outcome.UNKNOWN]
    assert supports.count_now(sheet.proposal) == 1


def test_the_author_and_a_closed_proposal_are_refused_in_words(sheet, clara, ana):
    verifications.grant(ana, provider="register", person_hash=hashes.person(OLD_LADY))

    found = sheets.enter(sheet, by=clara, text=LINE)

    assert outcomes(found) == [Outcome.REFUSED]
    assert "your own proposal" in found[0].why


def test_nothing_of_who_signed_is_kept_in_the_lines(sheet, clara):
    sheets.enter(sheet, by=clara, text=LINE)

    account = User.objects.get(email__endswith=f"@{HOST}")
    kept = f"{list(SheetLine.objects.values_list())}{account.name}{account.email}"
    assert "표본녀" not in kept
    assert not account.is_active
    assert not account.has_usable_password()


def test_a_sheet_waits_until_all_its_lines_are_in(sheet, clara):
    assert Sheet.objects.unfinished().count() == 1

    sheets.enter(sheet, by=clara, text=f"{LINE}\n{OTHER}\n{LINE}")

    assert not Sheet.objects.unfinished().exists()


def test_a_resident_number_is_not_taken(sheet, clara):
    found = sheets.enter(sheet, by=clara, text="홍길동, 800102-1234567, 소사구")

    assert found[0].number is None
    assert "registration number" in found[0].why


def test_numbers_of_lines_go_on(sheet, clara):
    sheets.enter(sheet, by=clara, text=LINE)

    found = sheets.enter(sheet, by=clara, text=OTHER)

    assert found[0].number == 2
