"""Who meets in the talk, and what they say."""

import pytest

from portal.accounts.models import Role
from portal.talk.domain import cases, comments
from tests.factories.portal import ProposalFactory, UserFactory, appoint


@pytest.fixture
def mona(db):
    """A moderator."""
    return appoint(UserFactory(name="모나리", email="mona@example.org"), Role.MODERATOR)


@pytest.fixture
def milo(db):
    """Another moderator."""
    return appoint(UserFactory(name="민이로", email="milo@example.org"), Role.MODERATOR)


@pytest.fixture
def proposal(ana):
    return ProposalFactory(author=ana, title="Shade at the crossing")


@pytest.fixture
def comment(proposal, zoe):
    """What zoe says about ana's proposal."""
    return comments.write(proposal, by=zoe, text="A good idea.", stance="for")


@pytest.fixture
def case(comment, ana):
    """A case about zoe's comment, reported by ana."""
    return cases.report(comment, by=ana, rule="abuse")


@pytest.fixture
def hidden(case, mona):
    """The same case, after mona has hidden the comment."""
    return cases.hide(case, by=mona, rule="abuse", reason="It insults.")
