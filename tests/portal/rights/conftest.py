"""What tests of people's rights share."""

import pytest

from portal.rights.domain import requests
from portal.rights.models import About, RequestKind


@pytest.fixture
def asked(ana):
    """A request of Ana's that waits for an answer."""
    wish = {"kind": RequestKind.CORRECTION, "about": About.NAME, "wish": "", "new_value": "아나래"}
    return requests.receive(ana, asked=wish)
