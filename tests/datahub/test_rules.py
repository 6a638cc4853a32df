"""Who may do what to a dataset, in which state."""

import pytest

from datahub.models import DatasetState
from tests.factories.datahub import DatasetFactory

DRAFT, PUBLISHED, WITHDRAWN = DatasetState.DRAFT, DatasetState.PUBLISHED, DatasetState.WITHDRAWN
PEOPLE = ["ana", "omar", "petra", "wendy", "clara", "sam", "audrey", "olga", "eric"]
ALLOWED = {
    ("view", DRAFT): {"omar", "audrey", "olga"},
    ("view", PUBLISHED): set(PEOPLE),
    ("view", WITHDRAWN): set(PEOPLE),
    ("edit", DRAFT): {"omar"},
    ("edit", PUBLISHED): {"omar"},
    ("edit", WITHDRAWN): set(),
    ("publish", DRAFT): {"omar"},
    ("publish", PUBLISHED): set(),
    ("publish", WITHDRAWN): {"omar"},
    ("withdraw", DRAFT): set(),
    ("withdraw", PUBLISHED): {"omar"},
    ("withdraw", WITHDRAWN): set(),
}


@pytest.mark.parametrize(("act", "state"), ALLOWED)
@pytest.mark.parametrize("who", PEOPLE)
def test_permissions_on_a_dataset(request, who, act, state):
    person = request.getfixturevalue(who)
    dataset = DatasetFactory(state=state)

    allowed = person.has_perm(f"datahub.{act}_dataset", dataset)

    assert allowed == (who in ALLOWED[act, state])


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("perm", ["add_version", "confirm_version"])
def test_only_the_department_hands_in_and_confirms(request, who, perm):
    person = request.getfixturevalue(who)

    assert person.has_perm(f"datahub.{perm}", DatasetFactory()) == (who == "omar")


@pytest.mark.parametrize("who", PEOPLE)
def test_officials_may_begin_a_dataset(request, who):
    assert request.getfixturevalue(who).has_perm("datahub.add_dataset") == (
        who in {"omar", "wendy"}
    )


def test_whoever_began_a_draft_may_change_but_not_publish_it(wendy):
    dataset = DatasetFactory(created_by=wendy)

    assert wendy.has_perm("datahub.edit_dataset", dataset)
    assert not wendy.has_perm("datahub.publish_dataset", dataset)
