"""Where districts lie: taking their outlines over, and telling the district of a point."""

from dataclasses import dataclass

from django.db import transaction

from portal.proposals.domain.outlines import Outline
from portal.proposals.models import BoundaryRing, District
from portal.proposals.models.polygons import in_units

# Within the edge of a part and in none of the holes of that part. A border belongs to both sides.
AT = """
SELECT district.*
  FROM proposals_district district
 WHERE district.id IN (
   SELECT edge.district_id
     FROM proposals_boundaryring edge
    WHERE NOT edge.is_hole
      AND box(edge.ring) @> box(point(%(east)s, %(north)s), point(%(east)s, %(north)s))
      AND edge.ring @> point(%(east)s, %(north)s)
      AND NOT EXISTS (
        SELECT FROM proposals_boundaryring hole
         WHERE hole.is_hole AND hole.district_id = edge.district_id AND hole.part = edge.part
           AND hole.ring @> point(%(east)s, %(north)s)))
 ORDER BY district.code
"""


@dataclass
class Loaded:
    """How many districts were new, how many were known, and how many rings they have."""

    new: int = 0
    known: int = 0
    rings: int = 0


def at(latitude: float, longitude: float) -> list[District]:
    """The districts of a point in degrees: one, none outside of all, two where they meet."""
    place = {"north": in_units(latitude), "east": in_units(longitude)}
    return list(District.objects.raw(AT, place))


def only_one_at(latitude: float | None, longitude: float | None) -> District | None:
    """The district of a point, where there is no doubt about it."""
    if latitude is None or longitude is None:
        return None
    found = at(latitude, longitude)
    return found[0] if len(found) == 1 else None


@transaction.atomic
def load(outlines: list[Outline], *, source: str) -> Loaded:
    """Give districts the outlines of a file; loading it again changes nothing.

    A district is known by its code, else by its Korean name where exactly one has it: then it
    keeps its own code, and all that names it stays. The rest are new. Districts of which the
    file says nothing stay as they are.
    """
    loaded = Loaded()
    named = {outline.code for outline in outlines}
    for outline in outlines:
        district = _known(outline, named)
        loaded.known += district is not None
        loaded.new += district is None
        district = _told(district, outline)
        loaded.rings += _draw(district, outline, source)
    return loaded


def _known(outline: Outline, codes: set[str]) -> District | None:
    by_code = District.objects.filter(code=outline.code).first()
    if by_code:
        return by_code
    alike = list(District.objects.filter(name_ko=outline.name_ko).exclude(code__in=codes)[:2])
    return alike[0] if len(alike) == 1 else None


def _told(district: District | None, outline: Outline) -> District:
    """The district with the names of the file; an English name is not made up."""
    if district is None:
        name_en = outline.name_en or outline.name_ko
        return District.objects.create(code=outline.code, name_ko=outline.name_ko, name_en=name_en)
    district.name_ko = outline.name_ko
    district.name_en = outline.name_en or district.name_en
    district.save(update_fields=["name_ko", "name_en"])
    return district


def _draw(district: District, outline: Outline, source: str) -> int:
    """Put the outline of the file in place of the one before; return the number of rings."""
    district.rings.all().delete()
    rings = [
        BoundaryRing(
            district=district, part=part, is_hole=place > 0, ring=ring, source=source[:120]
        )
        for part, lines in enumerate(outline.parts, 1)
        for place, ring in enumerate(lines)
    ]
    BoundaryRing.objects.bulk_create(rings)
    return len(rings)
