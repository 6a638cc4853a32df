"""What the tests of the trail share: a signer of their own, acts that really commit, the check."""

import pytest
from django.db import transaction

from portal.accounts.models import Role
from portal.audit.domain import log, sealer
from portal.audit.domain.signer import Signer
from tests.factories.portal import UserFactory, appoint


@pytest.fixture
def signer(tmp_path):
    """A signer with a new key."""
    return Signer("test.example/audit", tmp_path / "keys")


def write_acts(count=1, subject="proposals.proposal:{n}", *, files=7, linked=True, **detail):
    """Write acts on ``files`` subjects in turn, in one transaction, and give their numbers."""
    with transaction.atomic():
        return [
            log.record("staged", subject.format(n=n % files), linked=linked, **detail)
            for n in range(count)
        ]


@pytest.fixture
def write(own_database):
    """Write acts that commit: ``write(3)`` gives their numbers."""
    return write_acts


@pytest.fixture
def seal(own_database, signer):
    """Seal what waits, and give the number of acts sealed."""
    return lambda: sealer.seal_waiting(signer)


@pytest.fixture
def make_auditor(own_database):
    """Make an auditor in the database of the test's own."""

    def make():
        return appoint(UserFactory(email="auditor@example.org"), Role.AUDITOR)

    return make
