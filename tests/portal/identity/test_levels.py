"""Levels belong to actions: what each asks for, who has reached it, and what a support keeps."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal import registry
from portal.accounts.models import Role
from portal.identity.domain import levels, verifications
from portal.identity.models import Action, Ending, Level, Verification
from portal.proposals.domain import proposals, supports
from portal.proposals.models import Proposal, ProposalStat, ProposalState, Support
from portal.refusals import Refused
from tests.factories.portal import ProposalFactory, UserFactory, appoint, verify

SETTINGS = ["none", "email", "resident"]
REACHED = {
    "nobody": {"none"},
    "stranger": {"none", "email"},
    "zoe": {"none", "email", "resident"},
    "expired": {"none", "email"},
    "closed": {"none"},
}


def person_called(name, request):
    if name == "nobody":
        from django.contrib.auth.models import AnonymousUser

        return AnonymousUser()
    if name == "expired":
        past = timezone.now() - timedelta(days=731)
        return verify(
            UserFactory(resident=False),
            verified_at=past,
            expires_at=past + timedelta(days=730),
        )
    if name == "closed":
        return UserFactory(is_active=False)
    return request.getfixturevalue(name)


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("asked", SETTINGS)
@pytest.mark.parametrize("name", list(REACHED))
def test_who_has_reached_what(request, settings, db, action, asked, name):
    settings.IDENTITY_LEVELS = {**settings.IDENTITY_LEVELS, action.value: asked}
    person = person_called(name, request)

    assert levels.has_reached(person, action) == (asked in REACHED[name])


def test_verification_is_asked_for_unless_a_city_says_otherwise(settings):
    assert settings.IDENTITY_LEVELS == {
        "read": "none",
        "write": "email",
        "support": "resident",
        "vote": "resident",
    }


def test_levels_stand_in_their_order():
    assert [level.value for level in sorted(Level, key=lambda level: level.place)] == SETTINGS


@pytest.mark.parametrize(("action", "may"), [(Action.VOTE, True), (Action.SUPPORT, False)])
def test_who_holds_an_office_is_known_by_it_for_votes_alone(stranger, action, may):
    appoint(stranger, Role.EXPERT)

    assert levels.has_reached(stranger, action) is may


def test_a_support_is_refused_with_the_way_to_get_there(ana, stranger):
    proposal = ProposalFactory(author=ana)

    with pytest.raises(Refused, match="verified residents"):
        supports.add(proposal, by=stranger)

    assert not Support.objects.exists()
    assert supports.count_now(proposal) == 0


def test_a_support_keeps_the_level_and_the_hash_it_was_given_with(ana, zoe):
    proposal = ProposalFactory(author=ana)

    supports.add(proposal, by=zoe)

    given = Support.objects.get()
    assert given.level == Level.RESIDENT
    assert bytes(given.person_hash) == bytes(Verification.objects.get(user=zoe).person_hash)


def test_a_city_may_let_the_unverified_support_and_sees_it_in_the_row(ana, stranger, settings):
    settings.IDENTITY_LEVELS = {**settings.IDENTITY_LEVELS, "support": "email"}

    supports.add(ProposalFactory(author=ana), by=stranger)

    given = Support.objects.get()
    assert (given.level, given.person_hash) == ("email", None)


def test_two_accounts_of_one_person_count_once(ana, zoe):
    proposal = ProposalFactory(author=ana)
    other = verify(UserFactory(resident=False), person=zoe.email)
    supports.add(proposal, by=zoe)

    with pytest.raises(supports.AlreadyGiven, match="another account of yours"):
        supports.add(proposal, by=other)

    assert supports.count_now(proposal) == 1


def test_an_author_does_not_support_the_own_proposal_from_another_account(ana):
    proposal = ProposalFactory(author=ana)
    other = verify(UserFactory(resident=False), person=ana.email)

    with pytest.raises(Refused, match="your own proposal"):
        supports.add(proposal, by=other)

    assert supports.count_now(proposal) == 0


def test_that_holds_for_an_author_who_is_verified_only_later(stranger, zoe):
    proposal = ProposalFactory(author=stranger)
    earlier = Verification.objects.get(user=zoe)

    verifications.grant(stranger, provider="code", person_hash=earlier.person_hash)

    with pytest.raises(Refused, match="your own proposal"):
        supports.add(proposal, by=zoe)
    for forget in registry.on_closing:
        forget(stranger)
    assert ProposalStat.objects.get().author_hash is None


def test_the_other_account_may_support_once_the_first_takes_back(ana, zoe):
    proposal = ProposalFactory(author=ana)
    other = verify(UserFactory(resident=False), person=zoe.email)
    supports.add(proposal, by=zoe)
    supports.take_back(proposal, by=zoe)

    supports.add(proposal, by=other)

    assert Support.objects.get().person == other


def test_writing_asks_for_its_level(client, stranger, settings):
    settings.IDENTITY_LEVELS = {**settings.IDENTITY_LEVELS, "write": "resident"}
    client.force_login(stranger)

    assert client.get(reverse("proposals:write")).status_code == 403


def test_the_page_says_verify_first_instead_of_a_dead_button(client, ana, stranger):
    proposal = ProposalFactory(author=ana)
    client.force_login(stranger)

    page = client.get(proposal.get_absolute_url())

    assert "Verify first" in page.text
    assert "Support this proposal" not in page.text
    assert f"{reverse('identity:overview')}?next={proposal.get_absolute_url()}" in page.text


def test_an_expired_verification_no_longer_supports(ana, request):
    proposal = ProposalFactory(author=ana)

    with pytest.raises(Refused, match="verified residents"):
        supports.add(proposal, by=person_called("expired", request))


def test_a_renewal_ends_the_earlier_verification(zoe):
    earlier = Verification.objects.get(user=zoe)

    later = verifications.grant(zoe, provider="code", person_hash=bytes(earlier.person_hash))

    earlier.refresh_from_db()
    assert earlier.ending == Ending.RENEWED
    assert Verification.objects.in_force().get(user=zoe) == later
    assert later.expires_at - later.verified_at == timedelta(days=730)


def test_revoking_needs_a_reason_and_leaves_supports(ana, zoe, olga):
    proposal = ProposalFactory(author=ana)
    supports.add(proposal, by=zoe)
    verification = Verification.objects.get(user=zoe)

    with pytest.raises(Refused, match="Say why"):
        verifications.revoke(verification, by=olga, reason="  ")
    verifications.revoke(verification, by=olga, reason="Moved away.")

    assert levels.level_of(zoe) == Level.EMAIL
    assert supports.count_now(proposal) == 1
    with pytest.raises(Refused, match="ended already"):
        verifications.revoke(verification, by=olga, reason="Again.")


def test_a_council_votes_with_verified_members_alone(stranger):
    with pytest.raises(Refused, match="verified residents"):
        levels.require(stranger, Action.VOTE)


def test_publishing_ones_own_draft_asks_for_the_level_of_writing(stranger, settings):
    settings.IDENTITY_LEVELS = {**settings.IDENTITY_LEVELS, "write": "resident"}
    draft = ProposalFactory(author=stranger, state=ProposalState.DRAFT)

    with pytest.raises(Refused, match="verified residents"):
        proposals.publish(draft, by=stranger)

    assert Proposal.objects.get().state == ProposalState.DRAFT


@pytest.mark.parametrize(
    ("asked", "who", "expected"),
    [
        ("none", "nobody", 200),
        ("email", "nobody", "/accounts/login/?next=%2Fproposals%2F"),
        ("email", "stranger", 200),
        ("resident", "stranger", "/me/identity/"),
        ("resident", "zoe", 200),
    ],
)
def test_a_city_may_ask_for_a_level_even_for_reading(
    client, request, settings, db, asked, who, expected
):
    settings.IDENTITY_LEVELS = {**settings.IDENTITY_LEVELS, "read": asked}
    if who != "nobody":
        client.force_login(request.getfixturevalue(who))

    answer = client.get(reverse("proposals:list"))

    assert (answer.url if answer.status_code == 302 else answer.status_code) == expected


@pytest.mark.parametrize("address", ["/privacy/", "/receipts/", "/accounts/login/", "/healthz"])
def test_what_everyone_needs_stays_open(client, settings, db, address):
    settings.IDENTITY_LEVELS = {**settings.IDENTITY_LEVELS, "read": "resident"}

    assert client.get(address).status_code == 200


def test_programs_are_told_why_they_may_not_read(client, settings, db):
    settings.IDENTITY_LEVELS = {**settings.IDENTITY_LEVELS, "read": "resident"}

    answer = client.get("/api/v1/proposals/")

    assert answer.status_code == 403
    assert "verified residents" in answer.json()["detail"]
