"""The doors to a measurement ask who comes."""

import pytest
from django.urls import reverse

from tests.factories.evaluation import MeasurementFactory


@pytest.mark.parametrize("act", ["attach", "verify", "question", "correct"])
def test_acts_are_for_those_who_signed_in_and_may(client, ana, omar, act):
    measurement = MeasurementFactory(author=omar)
    url = reverse(f"evaluation:{act}", args=[measurement.pk])

    assert client.get(url).status_code == 302
    client.force_login(ana)
    assert client.get(url).status_code == 403
    assert client.post(url).status_code == 403
