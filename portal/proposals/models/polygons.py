"""Closed lines in degrees, kept in PostgreSQL's own type: no library of geography is needed."""

import re
from typing import Any

from django.db import models

Ring = list[tuple[float, float]]
NUMBER = re.compile(r"[^(),]+")
# PostgreSQL takes a point for one of the line where an area is below 1e-6 of its units squared
# (EPSILON in geo_decls.h). In degrees that would be metres; in millionths of them it is nothing.
UNITS_PER_DEGREE = 1_000_000


def in_units(degrees: float) -> float:
    """A number of degrees as the database holds it."""
    return degrees * UNITS_PER_DEGREE


class PolygonField(models.Field):
    """A ring as ``[(east, north), …]`` in degrees; the last point need not repeat the first."""

    description = "PostgreSQL's polygon, in millionths of a degree"

    def db_type(self, connection: Any) -> str:
        """The geometric type of every PostgreSQL, without extensions."""
        return "polygon"

    def from_db_value(self, value: str | None, *_args: Any) -> Ring | None:
        """Read ``((x,y),(x,y),…)``."""
        if value is None:
            return None
        numbers = [float(number) / UNITS_PER_DEGREE for number in NUMBER.findall(value)]
        return list(zip(numbers[::2], numbers[1::2], strict=True))

    def get_prep_value(self, value: Any) -> Any:
        """Write ``((x,y),(x,y),…)``."""
        if value is None:
            return None
        pairs = [f"({in_units(east)!r},{in_units(north)!r})" for east, north in value]
        return f"({','.join(pairs)})"
