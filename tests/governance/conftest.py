"""The members of the council in these tests."""

import pytest

from tests.factories.portal import UserFactory


@pytest.fixture
def members(db):
    """Three members; the first chairs."""
    return [UserFactory(name=name) for name in ("가나다", "라마바", "사아자")]
