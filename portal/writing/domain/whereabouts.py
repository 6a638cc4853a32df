"""Where a version of a text is about, in words, and how that differs from the version before."""

from dataclasses import dataclass
from math import cos, hypot, radians

from django.utils.translation import gettext as _

from portal.writing.models import ProposalVersion

METRES_PER_DEGREE = 111_320
COLUMNS = ("district_id", "place", "latitude", "longitude")


@dataclass(frozen=True)
class Whereabouts:
    """Two places in words; ``metres`` lie between their points where both have one."""

    before: str
    after: str
    has_changed: bool
    metres: int | None


def between(before: ProposalVersion, after: ProposalVersion) -> Whereabouts:
    """What two versions say of the place, and whether it is another one."""
    has_changed = any(getattr(before, name) != getattr(after, name) for name in COLUMNS)
    metres = apart(point_of(before), point_of(after)) if has_changed else None
    return Whereabouts(in_words(before), in_words(after), has_changed, metres)


def in_words(version: ProposalVersion) -> str:
    """District, address and point of a version, as far as they are known; empty for none."""
    words = [version.district.name if version.district else "", version.place]
    if point := point_of(version):
        north, east = point
        words.append(
            _("point {north} north, {east} east").format(north=f"{north:.5f}", east=f"{east:.5f}")
        )
    return ", ".join(word for word in words if word)


def point_of(version: ProposalVersion) -> tuple[float, float] | None:
    """Degrees north and east, or nothing."""
    if version.latitude is None or version.longitude is None:
        return None
    return version.latitude, version.longitude


def apart(one: tuple[float, float] | None, other: tuple[float, float] | None) -> int | None:
    """Whole metres between two points of one city, as on a flat map."""
    if one is None or other is None:
        return None
    north = other[0] - one[0]
    east = (other[1] - one[1]) * cos(radians(one[0]))
    return round(hypot(north, east) * METRES_PER_DEGREE)
