"""Clerks enter for citizens: who acted for whom stays visible, and nobody becomes the other."""

import pytest

from portal.accounts.models import Role, User
from portal.assisted.domain import entries, own, people, receipts
from portal.assisted.models import Entry, Shown
from portal.audit.models import Act
from portal.identity.domain import hashes, levels, verifications
from portal.identity.models import Level, Verification
from portal.notifications.models import Note
from portal.proposals.domain import proposals, supports
from portal.proposals.models import Channel, Follow, Proposal, Support
from portal.refusals import Refused
from tests.at_once import in_the_moment_of_a_fold, just_before_a_fold
from tests.factories.portal import ProposalFactory, UserFactory, appoint
from tests.portal.assisted.conftest import OLD_LADY, visit


def verified(user, facts=OLD_LADY):
    verifications.grant(user, provider="counter", person_hash=hashes.person(facts))
    return user


def test_a_clerk_enters_a_proposal_and_the_citizen_is_its_author(clara, written):
    entry = entries.enter_proposal(visit(), by=clara, written=written)

    proposal = Proposal.objects.get()
    assert entry.proposal == proposal
    assert (entry.clerk, entry.citizen) == (clara, proposal.author)
    assert proposal.author != clara
    assert proposal.author.public_name == "표*녀"
    assert not proposal.author.is_active
    assert proposal.channel == Channel.COUNTER
    assert [follow.person for follow in Follow.objects.all()] == [proposal.author]


def test_the_trail_says_that_the_clerk_acted_for_a_pseudonym(clara, written):
    entry = entries.enter_proposal(visit(), by=clara, written=written)

    acts = Act.objects.about(f"proposals.proposal:{entry.proposal_id}").order_by("id")
    verbs = [act.verb.partition(":")[2] for act in acts]
    office = clara.current_appointments[0].pseudonym.hex
    assert "submitted" in verbs
    assert "entered_for" in verbs
    assert all(office in act.leaf_data for act in acts)
    assert all("표본녀" not in act.leaf_data for act in acts)


def test_who_shows_nothing_is_known_to_nobody(clara, written):
    one = entries.enter_proposal(
        visit(facts=None, shown=Shown.NOTHING, channel="phone"), by=clara, written=written
    )
    two = entries.enter_proposal(
        visit(facts=None, shown=Shown.NOTHING, channel="phone"), by=clara, written=written
    )

    assert one.citizen != two.citizen
    assert one.level == Level.NONE
    assert not Verification.objects.filter(user=one.citizen).exists()


def test_the_same_person_has_one_account_however_often_they_come(clara, written, ana):
    first = entries.enter_proposal(visit(), by=clara, written=written)
    second = entries.enter_support(visit(), by=clara, proposal=ProposalFactory(author=ana))

    assert first.citizen == second.citizen
    assert User.objects.filter(email__endswith=f"@{people.HOST}").count() == 1


def test_a_person_with_an_account_keeps_it(clara, written, zoe):
    verified(zoe)

    entry = entries.enter_proposal(visit(), by=clara, written=written)

    assert entry.citizen == zoe
    assert Note.objects.for_person(zoe).filter(kind="entered_for_you").exists()


def test_a_support_at_the_counter_counts_once_with_its_channel(clara, ana):
    proposal = ProposalFactory(author=ana)
    entries.enter_support(visit(), by=clara, proposal=proposal)

    with pytest.raises(Refused, match="supports the proposal already"):
        entries.enter_support(visit(channel="post"), by=clara, proposal=proposal)

    given = Support.objects.get()
    assert (given.channel, given.level) == ("counter", "resident")
    assert supports.count_now(proposal) == 1
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("facts", [None, OLD_LADY])
def test_a_support_is_refused_for_who_shows_nothing(clara, ana, facts):
    with pytest.raises(Refused, match="shows who they are"):
        entries.enter_support(
            visit(facts=facts, shown=Shown.NOTHING), by=clara, proposal=ProposalFactory(author=ana)
        )

    assert not Support.objects.exists()


def test_a_clerk_enters_nothing_for_themself(clara, ana, written):
    verified(clara)

    with pytest.raises(Refused, match="Another clerk"):
        entries.enter_support(visit(), by=clara, proposal=ProposalFactory(author=ana))
    with pytest.raises(Refused, match="Another clerk"):
        entries.enter_proposal(visit(), by=clara, written=written)
    with pytest.raises(Refused, match="Another clerk"):
        entries.enter_verification(visit(), by=clara, account=clara)


def test_a_clerk_verifies_an_account_at_the_counter(clara):
    stranger = UserFactory(resident=False)

    entry = entries.enter_verification(visit(), by=clara, account=stranger)

    assert levels.level_of(stranger) == Level.RESIDENT
    assert Verification.objects.get(user=stranger).by == clara
    assert receipts.standing_of(entry).state == "In force"


def test_nobody_is_verified_without_showing_anything(clara):
    stranger = UserFactory(resident=False)

    with pytest.raises(Refused, match="shows who they are"):
        entries.enter_verification(
            visit(facts=None, shown=Shown.NOTHING), by=clara, account=stranger
        )


def test_a_verified_citizen_takes_over_what_was_entered(clara, ana, written):
    proposal = entries.enter_proposal(visit(), by=clara, written=written).proposal
    entries.enter_support(visit(), by=clara, proposal=ProposalFactory(author=ana))
    citizen = UserFactory(resident=False)

    verified(citizen)

    proposal.refresh_from_db()
    assert proposal.author == citizen
    assert Support.objects.get().person == citizen
    assert set(Entry.objects.values_list("citizen", flat=True)) == {citizen.pk}
    assert Follow.objects.get(proposal=proposal).person == citizen
    assert Note.objects.for_person(citizen).filter(kind="taken_over").exists()
    assert not people.waiting_for(hashes.person(OLD_LADY))
    assert citizen.has_perm("proposals.withdraw_proposal", proposal)


@pytest.mark.parametrize("is_counted", [True, False])
def test_supports_that_would_double_are_dropped_and_counts_stay_exact(
    clara, ana, settings, is_counted
):
    settings.IDENTITY_LEVELS = {**settings.IDENTITY_LEVELS, "support": "email"}
    theirs, others = ProposalFactory(author=ana), ProposalFactory(author=ana)
    citizen = UserFactory(resident=False)
    written_by_citizen = ProposalFactory(author=citizen)
    supports.add(theirs, by=citizen)
    for proposal in (theirs, others, written_by_citizen):
        entries.enter_support(visit(), by=clara, proposal=proposal)
    if is_counted:
        supports.fold()

    verified(citizen)
    supports.fold()

    found = {
        proposal: (supports.count_now(proposal), proposal.supports.count())
        for proposal in (theirs, others, written_by_citizen)
    }
    assert found == {theirs: (1, 1), others: (1, 1), written_by_citizen: (0, 0)}


@pytest.mark.parametrize("at_a_fold", [just_before_a_fold, in_the_moment_of_a_fold])
def test_taking_over_and_the_fold_do_not_block_each_other(own_database, settings, at_a_fold):
    """The citizen's own proposal and own support are counted while the citizen is verified."""
    settings.IDENTITY_LEVELS = {**settings.IDENTITY_LEVELS, "support": "email"}
    clara, citizen = appoint(UserFactory(), Role.CLERK), UserFactory(resident=False)
    authors = (citizen, UserFactory(), UserFactory())
    theirs, others, entered = (ProposalFactory(author=author) for author in authors)
    supports.add(theirs, by=UserFactory())
    supports.add(others, by=citizen)
    entries.enter_support(visit(), by=clara, proposal=entered)

    answer = at_a_fold(lambda: verified(citizen))

    assert answer == citizen
    assert Support.objects.get(proposal=entered).person == citizen
    assert [supports.count_now(one) for one in (theirs, others, entered)] == [1, 1, 1]


def test_whoever_is_somebody_else_takes_nothing_over(clara, written, zoe):
    entry = entries.enter_proposal(visit(), by=clara, written=written)

    verifications.grant(zoe, provider="counter", person_hash=b"2" * 32)

    entry.proposal.refresh_from_db()
    assert entry.proposal.author != zoe


def test_a_person_who_comes_again_after_taking_over_meets_their_own_account(clara, ana, written):
    entries.enter_proposal(visit(), by=clara, written=written)
    citizen = verified(UserFactory(resident=False))

    entry = entries.enter_support(visit(), by=clara, proposal=ProposalFactory(author=ana))

    assert entry.citizen == citizen


def test_a_receipt_shows_how_it_stands_without_an_account(clara, written):
    entry = entries.enter_proposal(visit(), by=clara, written=written)
    code = receipts.code_of(entry)

    standing = receipts.find(code.lower())

    assert standing.entry == entry
    assert standing.state == "Gathering support"


def test_a_receipt_tells_of_a_support_that_was_taken_back(clara, ana):
    proposal = ProposalFactory(author=ana)
    entry = entries.enter_support(visit(), by=clara, proposal=proposal)
    supports.take_back(proposal, by=entry.citizen)

    assert receipts.standing_of(entry).state == "The support was taken back"


def test_only_a_hash_of_the_receipts_code_is_kept(clara, written):
    entry = entries.enter_proposal(visit(), by=clara, written=written)
    code = receipts.code_of(entry)

    kept = str(list(Entry.objects.values_list()))
    assert code not in kept
    assert hashes.plain(code) not in kept


def test_my_data_holds_the_entries_and_closing_erases_their_reasons(clara, written, zoe):
    verified(zoe)
    entry = entries.enter_proposal(visit(), by=clara, written=written)

    rows = list(own.entries(zoe))
    own.forget(zoe)

    assert [(row["what"], row["reason"]) for row in rows] == [("proposal", visit().reason)]
    entry.refresh_from_db()
    assert entry.reason == ""


def test_a_refused_entry_leaves_nothing(clara, written):
    written["title"] = ""

    with pytest.raises(Refused):
        entries.enter_proposal(visit(), by=clara, written=written)

    assert not Entry.objects.exists()
    assert not Proposal.objects.exists()
    assert not User.objects.filter(email__endswith=f"@{people.HOST}").exists()


def test_the_clerk_does_not_follow_what_was_entered(clara, written):
    entry = entries.enter_proposal(visit(), by=clara, written=written)

    proposals.follow(entry.proposal, by=entry.citizen)
    assert not Follow.objects.filter(person=clara).exists()
