"""The two numbers of a point: pressed on a map, or typed; and the district in which it lies."""

from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.proposals.domain import boundaries, points
from portal.proposals.models import District


def degrees(label: Any, *, most: int) -> forms.FloatField:
    """A field for degrees north (90 at most) or east (180 at most)."""
    return forms.FloatField(
        label=label,
        required=False,
        min_value=-most,
        max_value=most,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )


# The name of the answer to the question below, without the prefix of its form.
MEANT = "district_meant"


@dataclass(frozen=True)
class DistrictQuestion:
    """Whether a thing lies in the district of its point or in the one that was chosen.

    The answer is sent by ``name``. It tells what it is about, so that an answer given before the
    point or the choice was changed answers nothing.
    """

    found: District
    chosen: District
    name: str
    answer: str

    @property
    def title(self) -> str:
        return gettext("Which district is it?")

    @property
    def text(self) -> str:
        names = {"found": self.found.name, "chosen": self.chosen.name}
        return gettext("The point lies in %(found)s, but %(chosen)s is chosen.") % names

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Each answer as it is sent, and in words: the district of the point comes first."""
        found = gettext("%(name)s, where the point lies") % {"name": self.found.name}
        chosen = gettext("%(name)s, as chosen") % {"name": self.chosen.name}
        return [(self._of("found"), found), (self._of("chosen"), chosen)]

    @property
    def says_found(self) -> bool:
        return self.answer == self._of("found")

    @property
    def is_answered(self) -> bool:
        return self.answer in {self._of("found"), self._of("chosen")}

    def _of(self, which: str) -> str:
        return f"{self.chosen.pk}-{self.found.pk}-{which}"


class PointFields(forms.Form):
    """Both numbers of a point within the city, or neither. The map of a page fills them in.

    A form that asks for a district too has it filled in from the point where none was chosen.
    Where another one was chosen, the form does not pass before ``which_district`` is answered,
    which is no error: ``components/_question.html`` asks it.
    """

    asks_back = True
    which_district: DistrictQuestion | None = None

    latitude = degrees(_("Latitude (degrees north)"), most=90)
    longitude = degrees(_("Longitude (degrees east)"), most=180)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["latitude"].widget.attrs |= {
            "data-point": "latitude",
            "data-home": settings.CITY_POINT,
            "data-bounds": settings.CITY_BOUNDS,
        }
        self.fields["longitude"].widget.attrs["data-point"] = "longitude"

    def is_valid(self) -> bool:
        is_right, asked = super().is_valid(), self.which_district
        return is_right and (asked is None or asked.is_answered)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"latitude", "longitude"} & set(self.errors):
            return cleaned
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if (latitude is None) != (longitude is None):
            self.add_error("latitude", _("A point needs both numbers, or neither."))
        elif latitude is not None and longitude is not None:
            self._clean_point(latitude, longitude)
        return cleaned

    def _clean_point(self, latitude: float, longitude: float) -> None:
        if not points.within_city(latitude, longitude):
            self.add_error(
                "latitude",
                _("This point lies outside the city. Choose one within it, or leave both empty."),
            )
        elif "district" in self.fields and "district" not in self.errors:
            self._clean_district(boundaries.only_one_at(latitude, longitude))

    def _clean_district(self, found: District | None) -> None:
        """Fill the district in, or ask about one that is not that of the point."""
        chosen = self.cleaned_data.get("district")
        if found is None or chosen == found:
            return
        if chosen is None:
            self.cleaned_data["district"] = found
        elif self.asks_back:
            self._ask_which(found, chosen)

    def _ask_which(self, found: District, chosen: District) -> None:
        name = self.add_prefix(MEANT)
        question = DistrictQuestion(found, chosen, name, str(self.data.get(name, "")))
        if not question.says_found:
            self.which_district = question
            return
        self.cleaned_data["district"] = found
        # What was sent cannot be changed, a copy of it can: the form may come back for all else.
        data: Any = copy(self.data)
        data[self.add_prefix("district")] = str(found.pk)
        self.data = data
