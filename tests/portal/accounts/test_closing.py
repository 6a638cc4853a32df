"""Closing an account: the person is forgotten, what was done in public stays."""

import pytest
from django.db import connections
from django.urls import reverse

from portal.accounts.models import PersonKey, Role, User
from portal.audit.models import ActPrivate
from portal.desk.domain import closing
from portal.proposals.domain import proposals, supports
from portal.proposals.models import Proposal, ProposalState
from portal.refusals import Refused
from tests.factories.portal import ProposalFactory, UserFactory, appoint


def test_closing_forgets_the_person_and_keeps_what_was_public(own_database):
    ana, zoe = UserFactory(name="아나연"), UserFactory(name="조이선")
    public = ProposalFactory(author=zoe)
    own = ProposalFactory(author=ana, state=ProposalState.DRAFT)
    proposals.publish(own, by=ana)
    ProposalFactory(author=ana, state=ProposalState.DRAFT)
    supports.add(public, by=ana)

    closing.close(ana)

    left = User.objects.get(pk=ana.pk)
    assert (left.name, left.phone, left.is_active) == ("", "", False)
    assert "아나연" not in left.public_name
    assert Proposal.objects.filter(author=left).get() == own
    assert supports.count_now(public) == 1
    assert not left.notes.exists()
    assert not left.emailaddress_set.exists()
    assert not PersonKey.objects.filter(user=left).exists()
    assert not ActPrivate.objects.filter(person_ref=left.uuid).exists()
    connections["eraser"].close()


def test_who_holds_an_office_cannot_close_the_account(audrey):
    with pytest.raises(Refused, match="office"):
        closing.close(audrey)


def test_who_sits_in_a_council_cannot_close_the_account(db):
    from tests.factories.governance import SeatFactory

    with pytest.raises(Refused, match="seat"):
        closing.close(SeatFactory().member)


def test_closing_asks_for_the_password_again_and_then_for_a_yes(client, own_database):
    ana = UserFactory(email="ana@example.org", password="walk-the-street-2026")
    client.force_login(ana)
    asked = client.get(reverse("accounts:close"))
    client.post(asked.url, {"password": "walk-the-street-2026"})

    unsure = client.post(reverse("accounts:close"), {})
    sure = client.post(reverse("accounts:close"), {"sure": "on"})

    assert "reauthenticate" in asked.url
    assert unsure.status_code == 422
    assert sure.url == "/"
    assert not User.objects.get(pk=ana.pk).is_active
    assert client.get(reverse("accounts:me")).status_code == 302
    connections["eraser"].close()


def test_a_closed_account_is_no_door_for_the_next_office(db):
    gone = UserFactory(name="", is_active=False)

    appoint(gone, Role.AUDITOR)

    assert not gone.has_perm("audit.export_trail")
