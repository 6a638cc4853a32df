"""People who have not said who they are yet, and a register that knows two of them."""

import pytest

from portal.identity.domain import register
from tests.factories.portal import UserFactory

REGISTER = """이름,생년월일,지역
아나연,1980-01-02,원미구
조이선,1991.3.4.,sosa
"""
ANA = {"name": "아나연", "birth_date": "1980-01-02", "district": "wonmi"}


@pytest.fixture
def stranger(db):
    """A citizen with a confirmed address and nothing more."""
    return UserFactory(name="아나연", email="stranger@example.org", resident=False)


@pytest.fixture
def known_people(olga):
    """The register that the operator read in."""
    return register.load(REGISTER.encode(), by=olga, replaces=False)
