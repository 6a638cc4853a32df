"""What the clerk of the demo city entered for others. All of it is sample data."""

from datetime import date

from django.utils import timezone

from portal.accounts.domain.cast import person
from portal.assisted.domain import entries, sheets
from portal.assisted.domain.entries import Visit
from portal.assisted.models import Consent, Entry, Shown
from portal.identity.domain.hashes import Facts
from portal.proposals.models import Area, District, Proposal

TITLE = "상살미마을 경로당 앞에 쉬어 갈 의자를 놓아 주세요"
LINES = """표본일, 1951-03-01, wonmi
표본이, 1948-08-15, wonmi
표본삼, 1960-10-03, sosa
표본일, 1951-03-01, wonmi
"""


def load() -> None:
    """Enter one proposal for a citizen who came, and a sheet of signatures for it."""
    if Entry.objects.filter(proposal__title=TITLE).exists():
        return
    clerk, today = person("clerk"), timezone.localdate()
    visit = Visit(
        channel="counter",
        consent_on=today,
        consent_how=Consent.SIGNED,
        shown=Shown.RESIDENT_CARD,
        name="표본녀",
        reason="집에 컴퓨터가 없습니다. (표본)",
        facts=Facts("표본녀", date(1946, 5, 5), "wonmi"),
    )
    entry = entries.enter_proposal(visit, by=clerk, written=_written())
    proposal = Proposal.objects.get(assisted_entries=entry)
    sheet = sheets.begin(proposal, by=clerk, received_on=today, lines_on_paper=5)
    sheets.enter(sheet, by=clerk, text=LINES)


def _written() -> dict[str, object]:
    return {
        "title": TITLE,
        "problem": "경로당에서 정류장까지 가는 길에 앉을 곳이 없어 어르신들이 힘들어합니다. (표본)",
        "solution": "그늘이 드는 두 곳에 등받이 있는 의자를 놓아 주세요. (표본)",
        "place": "상살미마을 경로당 앞",
        "area": Area.objects.get(code="social-cohesion"),
        "district": District.objects.get(code="wonmi"),
        "latitude": 37.4861,
        "longitude": 126.8031,
    }
