"""A visit at the counter, and facts of people who come there."""

from datetime import date

import pytest
from django.utils import timezone

from portal.assisted.domain.entries import Visit
from portal.assisted.models import Consent, Shown
from portal.identity.domain.hashes import Facts
from portal.proposals.models import Area

OLD_LADY = Facts("표본녀", date(1946, 5, 5), "wonmi")
WRITTEN = {
    "title": "의자를 놓아 주세요",
    "problem": "앉을 곳이 없습니다.",
    "solution": "의자를 두 곳에 놓아 주세요.",
}


def visit(facts=OLD_LADY, **changes):
    given = {
        "channel": "counter",
        "consent_on": timezone.localdate(),
        "consent_how": Consent.SIGNED,
        "shown": Shown.RESIDENT_CARD,
        "name": "표본녀",
        "reason": "집에 컴퓨터가 없습니다.",
        "facts": facts,
    }
    return Visit(**(given | changes))


@pytest.fixture
def written(db):
    """A proposal as it was told."""
    return WRITTEN | {"area": Area.objects.get(code="disaster")}


@pytest.fixture
def typed(db):
    """The same visit and proposal as a clerk types them."""
    return {f"proposal-{name}": text for name, text in WRITTEN.items()} | {
        "proposal-area": Area.objects.get(code="disaster").pk,
        "channel": "phone",
        "shown": "call_back",
        "consent_how": "spoken",
        "consent_on": timezone.localdate().isoformat(),
        "name": "표본녀",
        "birth_date": "1946-05-05",
        "district": "wonmi",
        "reason": "",
    }
