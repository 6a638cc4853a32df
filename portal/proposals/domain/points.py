"""Which points lie in the city, and the well-known ones that give a map its bearings."""

from django.conf import settings

from portal import registry
from portal.keeping import kept
from portal.registry import Landmark

LANDMARK_SECONDS = 60


def within_city(latitude: float, longitude: float) -> bool:
    """Whether a point in degrees lies within ``CITY_BOUNDS``."""
    south, west, north, east = (float(side) for side in settings.CITY_BOUNDS.split(","))
    return south <= latitude <= north and west <= longitude <= east


@kept(LANDMARK_SECONDS, by=lambda: "landmarks")
def landmarks() -> list[Landmark]:
    """The well-known points of the city, in the order in which the rooms tell them."""
    return [landmark for source in registry.landmark_sources for landmark in source()]
