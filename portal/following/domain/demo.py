"""Sample wishes of the demo city's people: what two neighbours of Sangsalmi want to hear of."""

from portal.accounts.domain.cast import person
from portal.following.domain import watches
from portal.following.models import Watch
from portal.proposals.models import Area, District

CENTRE = {"latitude": 37.487, "longitude": 126.804, "radius": 1000}


def load() -> None:
    """Let two people follow, once."""
    neighbour, other = person("member1"), person("member2")
    if not Watch.objects.filter(person__in=[neighbour, other]).exists():
        watches.begin(
            by=neighbour,
            asked={
                "name": "상살미마을 1km 안의 제안(표본)",
                "tells": Watch.Tells.DAILY,
                **CENTRE,
            },
        )
        watches.begin(
            by=other,
            asked={
                "name": "소사구의 주차(표본)",
                "words": "주차",
                "area": Area.objects.get(code="housing-transport"),
                "district": District.objects.get(code="sosa"),
                "tells": Watch.Tells.PORTAL,
            },
        )
