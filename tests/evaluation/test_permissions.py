"""Who may do what to a measurement in which state: the whole table."""

import pytest
from django.urls import reverse

from evaluation.models import MeasurementState
from tests.factories.evaluation import MeasurementFactory

pytestmark = pytest.mark.django_db

S = MeasurementState
STRANGERS = {"ana", "clara", "sam", "eric", "olga"}
WHO = ["omar", "petra", "wendy", "audrey", *sorted(STRANGERS)]
# omar is the author, petra an approver of his department, wendy an official of another.
MAY = {
    ("attach", S.RECORDED): {"omar"},
    ("attach", S.QUESTIONED): {"omar"},
    ("attach", S.VERIFIED): set(),
    ("verify", S.RECORDED): {"wendy", "audrey"},
    ("verify", S.QUESTIONED): set(),
    ("verify", S.VERIFIED): set(),
    ("question", S.RECORDED): {"wendy", "audrey"},
    ("question", S.QUESTIONED): set(),
    ("question", S.VERIFIED): set(),
    ("correct", S.RECORDED): set(),
    ("correct", S.QUESTIONED): {"omar"},
    ("correct", S.VERIFIED): set(),
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(("act", "state"), MAY)
def test_permission(request, omar, who, act, state):
    person = request.getfixturevalue(who)
    measurement = MeasurementFactory(author=omar, state=state)

    allowed = person.has_perm(f"evaluation.{act}_measurement", measurement)

    assert allowed == (who in MAY[act, state])


@pytest.mark.parametrize("who", WHO)
def test_permission_to_record(request, who):
    person = request.getfixturevalue(who)

    assert person.has_perm("evaluation.record_measurement") == (who in {"omar", "wendy"})


@pytest.mark.parametrize("act", ["attach", "verify", "question", "correct"])
def test_acts_are_for_those_who_signed_in_and_may(client, ana, omar, act):
    measurement = MeasurementFactory(author=omar)
    url = reverse(f"evaluation:{act}", args=[measurement.pk])

    assert client.get(url).status_code == 302
    client.force_login(ana)
    assert client.get(url).status_code == 403
    assert client.post(url).status_code == 403
