"""Proposals on a map: points where there are few, and heaps of a grid where there are many."""

from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.urls import reverse

from portal.keeping import kept
from portal.proposals.domain.choices import Choice
from portal.proposals.domain.lists import conditions, matches_of

KEPT_SECONDS = 30
# As far as web maps go, and as many heaps as a screen of points 64 pixels apart can hold.
DEEPEST = 18
CELLS_OF_A_TILE = 4
MOST = 600

HEAPS = """
SELECT count(*), avg(proposal.longitude), avg(proposal.latitude), min(proposal.id),
       min(proposal.title), min(stat.state)
  FROM proposals_proposal proposal
  JOIN proposals_proposalstat stat ON stat.proposal_id = proposal.id
 WHERE {conditions} AND proposal.latitude IS NOT NULL
   AND proposal.latitude BETWEEN %(south)s AND %(north)s
   AND proposal.longitude BETWEEN %(west)s AND %(east)s
 GROUP BY floor(proposal.longitude / %(cell)s), floor(proposal.latitude / %(cell)s)
 ORDER BY 1 DESC LIMIT %(most)s
"""


@dataclass(frozen=True)
class Frame:
    """A part of the world in degrees, and how near one looks (0 to 18)."""

    west: float
    south: float
    east: float
    north: float
    zoom: int

    @classmethod
    def from_query(cls, bbox: str, zoom: str) -> "Frame":
        """Read ``west,south,east,north``; what is not sound shows the whole world."""
        try:
            west, south, east, north = (float(part) for part in bbox.split(","))
            near = min(max(int(zoom), 0), DEEPEST)
        except ValueError:
            return cls(-180, -90, 180, 90, 0)
        sound = -360 <= west < east <= 360 and -90 <= south < north <= 90  # noqa: PLR2004  the globe
        return cls(west, south, east, north, near) if sound else cls(-180, -90, 180, 90, 0)

    @property
    def cell(self) -> float:
        """The side of a cell of the grid, in degrees."""
        return 360 / 2**self.zoom / CELLS_OF_A_TILE


@kept(KEPT_SECONDS, by=lambda choice, frame: (choice, frame))
def points(choice: Choice, frame: Frame) -> dict[str, Any]:
    """Return what lies within ``frame`` as GeoJSON: at most 600 points and heaps."""
    choice = replace(choice, order="newest", view="list")
    wanted, values = conditions(choice, matches_of(choice))
    values |= {"most": MOST, "cell": frame.cell, "west": frame.west, "south": frame.south}
    values |= {"east": frame.east, "north": frame.north}
    with connection.cursor() as cursor:
        cursor.execute(HEAPS.format(conditions=" AND ".join(wanted)), values)
        found = cursor.fetchall()
    return {"type": "FeatureCollection", "features": [_feature(row) for row in found]}


def _feature(row: tuple[Any, ...]) -> dict[str, Any]:
    """One point with its proposal, or a heap with its number."""
    n, east, north, pk, title, state = row
    told: dict[str, Any] = {"count": n}
    if n == 1:
        told |= {"title": title, "url": reverse("proposals:detail", args=[pk]), "state": state}
    place = {"type": "Point", "coordinates": [round(east, 6), round(north, 6)]}
    return {"type": "Feature", "geometry": place, "properties": told}
