"""The outlines of districts in a GeoJSON file (RFC 7946), read without a word of the database."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from portal.proposals.models.polygons import Ring

# A closed line ends where it began, so a triangle has four positions.
LEAST_POSITIONS = 4
MOST_NAME = 120


class Unusable(ValueError):  # noqa: N818  a state of the file, told in a sentence
    """A file that is not taken, with a sentence that names the feature at fault."""


@dataclass
class Outline:
    """A district as a file tells it: each part is its edge followed by the holes in it."""

    code: str
    name_ko: str
    name_en: str = ""
    parts: list[list[Ring]] = field(default_factory=list)


def read(path: Path, *, code: str, name_ko: str, name_en: str = "") -> list[Outline]:
    """Read a collection of polygons; ``code`` and the names are those of its properties.

    Features with the same code are parts of one district. Words that begin the name of every
    district, such as the city's own, are left out. Raises ``Unusable`` with the number of the
    feature that cannot be read, counted from one.
    """
    found: dict[str, Outline] = {}
    for number, feature in enumerate(_features(path), 1):
        try:
            outline = _outline(feature, code, name_ko, name_en)
            _join(found, outline)
        except (Unusable, TypeError, KeyError, AttributeError, ValueError) as error:
            why = str(error) if isinstance(error, Unusable) else _("it is not as GeoJSON says")
            raise Unusable(
                _("Feature {number}: {why}. Nothing was loaded.").format(number=number, why=why)
            ) from error
    return _without_common_words(list(found.values()))


def _features(path: Path) -> list[Any]:
    try:
        features = json.loads(path.read_text(encoding="utf-8-sig"))["features"]
    except OSError as error:
        raise Unusable(_("The file cannot be opened: {why}").format(why=error.strerror)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise Unusable(_("The file is no GeoJSON collection of features.")) from error
    if not isinstance(features, list) or not features:
        raise Unusable(_("The file holds no features."))
    return features


def _outline(feature: Any, code: str, name_ko: str, name_en: str) -> Outline:
    properties = feature["properties"]
    outline = Outline(_code(properties, code), _word(properties, name_ko))
    if name_en:
        outline.name_en = _word(properties, name_en)
    outline.parts = [[_ring(ring) for ring in part] for part in _polygons(feature["geometry"])]
    return outline


def _code(properties: dict[str, Any], name: str) -> str:
    code = _word(properties, name)
    if slugify(code) != code.lower():
        raise Unusable(
            _("“{code}” cannot be a code: take letters, digits and hyphens").format(code=code)
        )
    return code


def _word(properties: dict[str, Any], name: str) -> str:
    value = " ".join(str(properties.get(name) or "").split())
    if not value or len(value) > MOST_NAME:
        raise Unusable(_("its property “{name}” is missing or too long").format(name=name))
    return value


def _polygons(geometry: dict[str, Any]) -> list[Any]:
    kind, positions = geometry["type"], geometry["coordinates"]
    if kind not in {"Polygon", "MultiPolygon"}:
        raise Unusable(_("it is no polygon but “{kind}”").format(kind=kind))
    parts = [positions] if kind == "Polygon" else positions
    if not parts or not all(parts):
        raise Unusable(_("it has no outline"))
    return list(parts)


def _ring(positions: list[list[float]]) -> Ring:
    ring = [(float(position[0]), float(position[1])) for position in positions]
    if len(ring) < LEAST_POSITIONS or ring[0] != ring[-1]:
        raise Unusable(_("one of its lines is not closed"))
    if not all(_is_on_the_globe(east, north) for east, north in ring):
        raise Unusable(_("its numbers are not degrees east and north (WGS 84)"))
    return ring[:-1]


def _is_on_the_globe(east: float, north: float) -> bool:
    return math.isfinite(east + north) and abs(east) <= 180 and abs(north) <= 90  # noqa: PLR2004  degrees


def _join(found: dict[str, Outline], outline: Outline) -> None:
    """Take a district in, or its parts where the code was there before."""
    known = found.setdefault(outline.code, outline)
    if known is outline:
        return
    if known.name_ko != outline.name_ko:
        raise Unusable(
            _("its code {code} was called “{before}” before, and is “{now}” here").format(
                code=outline.code, before=known.name_ko, now=outline.name_ko
            )
        )
    known.parts += outline.parts


def _without_common_words(outlines: list[Outline]) -> list[Outline]:
    names = [outline.name_ko.split() for outline in outlines]
    common = sum(1 for _same in _same_words(names))
    for outline, words in zip(outlines, names, strict=True):
        outline.name_ko = " ".join(words[common:])
    return outlines


def _same_words(names: list[list[str]]) -> Iterator[str]:
    """The words that begin every name, each of which has another one after them."""
    for words in zip(*(name[:-1] for name in names), strict=False):
        if len(set(words)) > 1:
            return
        yield words[0]
