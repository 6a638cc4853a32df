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


@pytest.fixture
def write(own_database):
    """Write acts that commit: ``write(3)`` gives their numbers."""

    def write(count=1, subject="proposals.proposal:{n}", *, files=7, linked=True, **detail):
        uids = []
        with transaction.atomic():
            for n in range(count):
                key = subject.format(n=n % files)
                uids.append(log.record("staged", key, linked=linked, **detail))
        return uids

    return write


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
